"""Tables and queries of the packages feature."""
