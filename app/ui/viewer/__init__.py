"""The interactive view of a part, and the pictures that stand in for it."""
