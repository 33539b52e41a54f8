"""What the first page tells: what needs attention, and whether spares could be printed today."""
