"""What the pages of a supervisor of gates show."""
