"""Views of the public site: pages, feeds, errors, and what robots read."""
