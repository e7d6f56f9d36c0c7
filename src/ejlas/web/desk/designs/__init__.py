"""The designer of cards: a working copy that travels with the form, its previews, and what does not look right."""
