"""Questions about passes, their categories and what each may enter."""
