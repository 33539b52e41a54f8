"""Spreadsheets: reading, dialects, heading and column guesses."""
