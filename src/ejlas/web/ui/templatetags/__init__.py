"""Tags of the shared interface."""
