"""Readiness: what every body of the host owes, and whether the host will be ready."""
