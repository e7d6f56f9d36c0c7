"""Every change to bodies, obligations, coordination meetings and inspections."""
