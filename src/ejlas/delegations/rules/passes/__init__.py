"""Rules of passes: what their code carries, their life, and what a gate decides."""
