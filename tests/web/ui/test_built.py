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
    entries = {
        "src/gate.ts": {"file": "gate-aaaaaaaa.js", "imports": ["_shared.js"], "dynamicImports": ["src/finding.ts"]},
        "src/finding.ts": {"file": "finding-bbbbbbbb.js", "imports": ["_shared.js"], "assets": ["scan-cccccccc.js"]},
        "_shared.js": {"file": "shared-dddddddd.js", "dynamicImports": ["src/gate.ts"]},
        "styles/gate.css": {"file": "gate-eeeeeeee.css", "assets": ["latin-ffffffff.woff2"]},
        "src/desk.ts": {"file": "desk-gggggggg.js"},
    }
    (tmp_path / "manifest.json").write_text(json.dumps(entries), encoding="utf-8")
    for entry in entries.values():
        (tmp_path / str(entry["file"])).write_text("", encoding="utf-8")
    (tmp_path / "scan-cccccccc.js").write_text("fetch('reader-hhhhhhhh.wasm');'other-iiiiiiii.js'", encoding="utf-8")
    (tmp_path / "reader-hhhhhhhh.wasm").write_bytes(b"")

    files = built.loaded_with("src/gate.ts", "styles/gate.css", path=tmp_path / "manifest.json")

    assert [name.removeprefix("built/").split("-")[0] for name in files[:2]] == ["gate", "gate"]
    assert {name.split("-")[1] for name in files} == {
        "aaaaaaaa.js", "bbbbbbbb.js", "cccccccc.js", "dddddddd.js", "eeeeeeee.css", "ffffffff.woff2", "hhhhhhhh.wasm"
    }  # fmt: skip


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
