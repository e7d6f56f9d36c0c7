"""The forum, its editions, parties and languages."""
