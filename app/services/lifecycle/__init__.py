"""Use cases of products, dates and the eternal-spare flag."""
