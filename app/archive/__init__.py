"""The archive: one SQLite file, how it is built, published, opened and read; its words are parsed elsewhere."""
