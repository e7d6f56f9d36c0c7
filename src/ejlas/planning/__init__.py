"""Builds engine problems from the apps, keeps runs, applies an accepted plan."""
