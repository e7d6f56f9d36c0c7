"""The problem of meetings: rationed wishes, placed in slots, rooms and languages."""
