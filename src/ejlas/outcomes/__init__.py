"""Texts, points, and what they lack to be commitments."""
