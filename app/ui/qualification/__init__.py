"""The dialogs that define a print and prove it."""
