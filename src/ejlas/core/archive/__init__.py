"""All that is stored, as one file or in another database: backup, restore, move; row by row, and proven."""
