"""The library on disk: tables, files by hash, change sets, opening and checking."""
