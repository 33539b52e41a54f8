"""Print packages: the file that leaves the house, and its check."""
