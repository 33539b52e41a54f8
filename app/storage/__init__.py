"""The library on disk: SQLite tables, stored originals, change sets, migrations."""
