"""What is shown of a part across all features: lists and the whole of one part."""
