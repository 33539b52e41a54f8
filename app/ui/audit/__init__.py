"""The audit page: who changed what, when and why, and whether that still stands."""
