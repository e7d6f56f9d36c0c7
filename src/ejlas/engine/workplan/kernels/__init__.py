"""The loops of the population search that are compiled; they give the same on every machine."""
