"""The summit file: its schema, its check, and its load into the apps."""
