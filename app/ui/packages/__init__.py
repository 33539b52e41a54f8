"""The dialogs that lead to a print package."""
