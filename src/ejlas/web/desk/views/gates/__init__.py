"""The pages of a supervisor of gates: what goes on now, scans, devices, and who asks to come in."""
