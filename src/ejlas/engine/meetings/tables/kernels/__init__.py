"""The loops that are compiled: they change the arrays of one state, and give the same on every machine."""
