"""Ejlas runs a multilateral summit, from the day the hosting is agreed to the day its last promise is kept."""

__version__ = "0.1.0"
