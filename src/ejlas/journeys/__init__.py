"""One file per act that changes several apps at once."""
