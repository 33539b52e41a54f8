"""Certificates and print packages: from plain values to bytes."""
