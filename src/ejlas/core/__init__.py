"""What every app stands on: text, calendars, spans, errors, the audit trail, background work. Knows no app."""
