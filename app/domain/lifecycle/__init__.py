"""Products, supply, demand and the eternal-spare rule."""
