"""Use cases of lots and certificates."""
