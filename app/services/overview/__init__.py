"""Use cases of the first page."""
