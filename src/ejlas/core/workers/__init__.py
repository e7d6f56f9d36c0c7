"""The workers of the background: their signs of life, what a dead one left behind, and the duties that come round."""
