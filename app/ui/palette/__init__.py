"""Ctrl+K: one field that finds pages, commands and records."""
