"""Everspare: a digital inventory that keeps spare parts available for ever."""

__version__ = "0.1.0"
