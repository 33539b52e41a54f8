"""Tables and queries of the audit feature."""
