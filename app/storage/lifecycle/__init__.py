"""Tables and queries of the lifecycle feature."""
