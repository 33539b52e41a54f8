"""Lots and the documents issued for them."""
