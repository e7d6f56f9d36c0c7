"""Whether a host will be ready: what it owes as a problem of the engine, and what comes out in days of its calendar."""
