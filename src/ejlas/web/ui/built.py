"""The built scripts, styles and fonts: which hashed file stands for which source, as Vite's manifest says."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

MANIFEST = Path(__file__).parent / "static" / "built" / "manifest.json"

Manifest = dict[str, dict[str, object]]


class NotBuilt(RuntimeError):
    """The manifest lacks a file: the site was not built, or the name is wrong."""


@lru_cache(maxsize=4)
def manifest(path: Path = MANIFEST) -> Manifest:
    """Return the manifest, read once."""
    try:
        read: Manifest = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise NotBuilt("The site's scripts and styles are not built; run `python hatch_build.py`.") from missing
    return read


def built_file(name: str, *, path: Path = MANIFEST) -> str:
    """Return the path below static/ of what was built from a source: `src/site.ts`, `styles/site.css`, or its end."""
    for source, entry in manifest(path).items():
        if source == name or source.endswith(f"/{name}"):
            return f"built/{entry['file']}"
    raise NotBuilt(f"Nothing was built from {name}.")


def loaded_with(*names: str, path: Path = MANIFEST) -> list[str]:
    """Return the paths below static/ of all that these sources load, at once or later, themselves first."""
    entries = manifest(path)
    waiting = [source for name in names for source in entries if source == name or source.endswith(f"/{name}")]
    files: dict[str, None] = {}
    seen: set[str] = set()
    for source in waiting:  # grows while it is walked
        if source in seen:
            continue
        seen.add(source)
        entry = entries[source]
        files |= dict.fromkeys([str(entry["file"]), *_listed(entry, "css"), *_listed(entry, "assets")])
        waiting += [*_listed(entry, "imports"), *_listed(entry, "dynamicImports")]
    return [f"built/{file}" for file in files]


def _listed(entry: dict[str, object], key: str) -> list[str]:
    found = entry.get(key, [])
    return [str(each) for each in found] if isinstance(found, list) else []


SCRIPT_FONTS = {"Arab": ("arabic",), "Cyrl": ("cyrillic", "latin")}


@lru_cache(maxsize=16)
def fonts_of(script: str) -> tuple[str, ...]:
    """Return the paths below static/ of the fonts in which a page of this script starts."""
    cuts = SCRIPT_FONTS.get(script, ("latin",))
    return tuple(built_file(f"fonts/{cut}-{weight}.woff2") for cut in cuts for weight in ("400", "700"))
