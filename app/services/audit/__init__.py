"""Use cases of the audit trail: undo, redo, history."""
