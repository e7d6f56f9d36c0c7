"""Instances as text in, problems out; who calls it opens the file."""
