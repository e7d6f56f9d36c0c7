"""What the audiences share: base templates, components, tags, shared css and js."""
