"""Pages of passes at the desk."""
