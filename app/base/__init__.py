"""What every layer leans on: errors, progress, words, paths, settings, logging."""
