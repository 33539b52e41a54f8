"""The worklist: which part needs what next."""
