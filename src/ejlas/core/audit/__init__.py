"""The audit trail: append-only lines chained by hash; values stand apart so that a purge may empty them."""
