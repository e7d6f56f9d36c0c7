"""What pages of passes show: shapes for templates, made of what the queries return."""
