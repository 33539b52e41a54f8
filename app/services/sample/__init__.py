"""The sample inventory, made through the same use cases that people use."""
