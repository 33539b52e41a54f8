"""The dialogs that lead to a certificate."""
