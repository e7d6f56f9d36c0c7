"""What the pages of delegations and their people show at the desk."""
