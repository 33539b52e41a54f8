"""The audit trail as a signed file."""
