"""Meetings of two, one slot each, at tables that are all alike: hundreds to tens of thousands of them."""
