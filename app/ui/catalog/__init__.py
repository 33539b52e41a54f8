"""The pages on parts."""
