"""A plan that stands elsewhere: its columns, its rows, what is wrong in them; no framework."""
