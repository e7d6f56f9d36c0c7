"""The desk: where the secretariat and the bodies of the host work."""
