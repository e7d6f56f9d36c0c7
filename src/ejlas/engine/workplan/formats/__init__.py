"""Plans of work as files: text in, problem out, and back; a fault names the line, or the key and the place in it."""
