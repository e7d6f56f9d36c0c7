"""Uploaded files: typed by their content, each encrypted under a key of its own, in the storage of the installation."""
