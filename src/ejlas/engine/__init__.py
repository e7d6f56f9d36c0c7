"""Pure planning: arrays in, result out; no framework, clock, file or network."""
