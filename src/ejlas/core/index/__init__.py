"""The index: how things are found in any script, in which order they stand, and the state of each wording."""
