"""Settings and addresses: the only place that sees everything."""
