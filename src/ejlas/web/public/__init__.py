"""The public and press site."""
