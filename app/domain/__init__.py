"""Values and rules of the trade; standard library and numpy only."""
