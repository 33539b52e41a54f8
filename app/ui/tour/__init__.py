"""Plays the guided tour in the real window."""
