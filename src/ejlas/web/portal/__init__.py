"""What a delegation and those who serve it see: their own part, and no more."""
