"""Every change to gates: their devices, what they deliver, and who asks to come in."""
