"""HTTP in, one call down, HTML or JSON out; cut by audience."""
