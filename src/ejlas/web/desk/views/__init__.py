"""Views of the desk: check access, load, make one call, answer."""
