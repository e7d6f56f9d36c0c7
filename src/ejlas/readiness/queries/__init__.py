"""Questions about bodies, obligations, coordination meetings and inspections."""
