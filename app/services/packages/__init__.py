"""Use cases of print packages, keys and verification."""
