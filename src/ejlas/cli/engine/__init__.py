"""`ejlas engine …`: the planner on files, without the framework, the database or the settings."""
