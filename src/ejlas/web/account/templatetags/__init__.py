"""Tags of the pages of the account."""
