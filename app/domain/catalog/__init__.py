"""Parts, their revisions and their geometry."""
