"""The built scripts, styles and fonts: which hashed file stands for which source, as Vite's manifest says."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

MANIFEST = Path(__file__).parent / "static" / "built" / "manifest.json"

_NAMED = re.compile(r"[\w.-]+-[\w-]{8}\.(?:js|css|wasm|woff2|svg|gz)\b")

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
    there = {each.name for each in path.parent.iterdir()}
    waiting = [built_file(name, path=path).removeprefix("built/") for name in names]
    listed = {str(entry["file"]): _listed(entry, manifest(path)) for entry in manifest(path).values()}
    found: dict[str, None] = {}
    for name in waiting:  # grows while it is walked
        if name not in found:
            found[name] = None
            waiting += [*listed.get(name, []), *sorted(_named(path.parent / name) & there)]
    return [f"built/{name}" for name in found]


def _listed(entry: dict[str, object], entries: Manifest) -> list[str]:
    """Return the files that the manifest knows a file to load."""

    def of(key: str) -> list[str]:
        held = entry.get(key, [])
        return [str(each) for each in held] if isinstance(held, list) else []

    return [*of("css"), *of("assets"), *(str(entries[key]["file"]) for key in (*of("imports"), *of("dynamicImports")))]


def _named(path: Path) -> set[str]:
    """Return what look like names of files in a script or style: the manifest says nothing of what a worker loads."""
    text = path.read_text(encoding="utf-8") if path.suffix in {".js", ".css"} else ""
    return set(_NAMED.findall(text))


SCRIPT_FONTS = {"Arab": ("arabic",), "Cyrl": ("cyrillic", "latin")}


@lru_cache(maxsize=16)
def fonts_of(script: str) -> tuple[str, ...]:
    """Return the paths below static/ of the fonts in which a page of this script starts."""
    cuts = SCRIPT_FONTS.get(script, ("latin",))
    return tuple(built_file(f"fonts/{cut}-{weight}.woff2") for cut in cuts for weight in ("400", "700"))
