"""Files, parts and revisions: checking, importing, finding."""
