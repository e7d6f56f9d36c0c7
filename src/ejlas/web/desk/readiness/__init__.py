"""What the pages of readiness show, shaped for their templates."""
