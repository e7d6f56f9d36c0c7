"""Measures what the docs quote. Run as `python -m benchmarks`."""
