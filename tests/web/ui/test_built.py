from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.template import Context, Template

from ejlas.web.ui import built

MANIFEST = {
    "src/site.ts": {"file": "site-abc.js"},
    "styles/site.css": {"file": "site-def.css"},
    "generated/fonts/latin-400.woff2": {"file": "latin-400-x.woff2"},
}


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps(MANIFEST), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "expected"),
    [("site.ts", "built/site-abc.js"), ("src/site.ts", "built/site-abc.js"), ("site.css", "built/site-def.css")],
)
def test_built_file_finds_what_was_built_from_a_source(manifest: Path, name: str, expected: str) -> None:
    assert built.built_file(name, path=manifest) == expected


def test_what_a_page_loads_later_is_known_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    entries = {
        "src/gate.ts": {"file": "gate-a.js", "imports": ["_shared.js"], "dynamicImports": ["src/gate/reader.ts"]},
        "src/gate/reader.ts": {"file": "reader-b.js", "imports": ["_shared.js"], "assets": ["zxing-c.wasm"]},
        "_shared.js": {"file": "shared-d.js", "dynamicImports": ["src/gate.ts"]},
        "styles/gate.css": {"file": "gate-e.css", "assets": ["latin-f.woff2"]},
        "src/desk.ts": {"file": "desk-g.js"},
    }
    path.write_text(json.dumps(entries), encoding="utf-8")

    files = ["gate-a.js", "gate-e.css", "latin-f.woff2", "shared-d.js", "reader-b.js", "zxing-c.wasm"]
    assert built.loaded_with("src/gate.ts", "styles/gate.css", path=path) == [f"built/{name}" for name in files]


def test_built_file_names_what_is_missing(manifest: Path) -> None:
    with pytest.raises(built.NotBuilt, match=r"other\.ts"):
        built.built_file("other.ts", path=manifest)


def test_a_site_that_was_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(built.NotBuilt, match=r"hatch_build\.py"):
        built.built_file("site.ts", path=tmp_path / "none.json")


def test_the_tag_gives_the_address_of_a_built_file() -> None:
    made = Template("{% load ui %}{% built 'site.css' %}").render(Context())

    assert made.startswith("/static/built/site-")
    assert made.endswith(".css")


@pytest.mark.parametrize(("script", "n_fonts"), [("Arab", 2), ("Latn", 2), ("Cyrl", 4), ("Geor", 2)])
def test_a_page_loads_at_once_only_the_fonts_of_its_script(script: str, n_fonts: int) -> None:
    assert len(built.fonts_of(script)) == n_fonts
