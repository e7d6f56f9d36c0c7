"""Rooms, sessions, bilaterals, interpreters: what happens when and where."""
