"""Tables and queries of the catalog feature."""
