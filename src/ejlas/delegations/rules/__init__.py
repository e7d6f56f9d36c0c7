"""The rules of delegations: enums, values and pure functions; no Django."""
