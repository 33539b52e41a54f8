"""The manual in the window: pages by F1, found by words."""
