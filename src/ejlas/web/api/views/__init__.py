"""The answers of the API, by subject."""
