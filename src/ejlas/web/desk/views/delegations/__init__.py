"""Delegations at the desk: their lists, their people, the queues, vetting, twins, requests and places."""
