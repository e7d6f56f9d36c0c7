"""Rules of readiness: pure values and functions."""
