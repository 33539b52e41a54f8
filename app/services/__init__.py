"""Use cases in feature folders: one module per use case, one public function each."""
