"""Products: when their supply ends, as a table and a timeline that share their rows."""
