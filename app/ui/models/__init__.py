"""Item models over rows that live in the library."""
