"""Tables and queries of the certificates feature."""
