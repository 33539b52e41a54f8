"""Scenes and off-screen pictures of parts, without Qt."""
