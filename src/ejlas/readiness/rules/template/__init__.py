"""Templates of what a whole summit asks of its host: values, reading, writing, timing, and learning from what was."""
