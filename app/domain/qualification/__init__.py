"""Print definitions and the proof that they are good."""
