"""Questions of the first page, over all features at once."""
