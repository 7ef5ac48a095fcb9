"""The search: its index, its query language and what it finds; nothing here knows pages or files of the disk."""
