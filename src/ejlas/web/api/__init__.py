"""The API: versioned JSON over the same queries, operations and permissions as the pages."""
