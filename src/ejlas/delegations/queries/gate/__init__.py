"""Questions about gates, the lists they keep, and what they decided."""
