"""Tables and queries of the qualification feature."""
