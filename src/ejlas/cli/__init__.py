"""The ejlas command: arguments in, one call down, words or JSON out."""
