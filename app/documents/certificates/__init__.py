"""Certificates: from plain values to a signed PDF, and its check."""
