"""How the name of a person sounds, so that its spellings in several scripts meet."""

from __future__ import annotations

from ejlas.core.index.rules.sounds import bones, spellings


def spoken(name: str) -> str:
    """Return the key by which spellings of a name meet, whatever their script and the order of the words."""
    return " ".join(sorted(bones(spellings(word)[0]) for word in name.split()))
