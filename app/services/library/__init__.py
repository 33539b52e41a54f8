"""Use cases that concern the library as a whole: check, back up, restore, owner."""
