"""Keys, signatures and whom we trust."""
