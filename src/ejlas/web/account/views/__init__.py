"""Views of the account."""
