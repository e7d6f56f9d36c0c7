"""The plan of obligations: what follows what, whose hands it takes, when it can be ready, and how sure that is."""
