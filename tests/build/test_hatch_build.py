from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
LETTERS = {
    "arabic": "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیءآأؤئةۀ۰۱۲۳۴۵۶۷۸۹،؛؟«»\u200c",
    "latin": "AZazƏəĞğIıİiÖöŞşÜüÇçÄäŇňÝýŽž0123456789«»–—…№“”‘’",
    "cyrillic": "АЯаяЁёӘәҒғҚқҢңӨөҰұҮүҺһІі",
}


@pytest.fixture(scope="module")
def hatch_build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hatch_build"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("script", list(LETTERS))
@pytest.mark.parametrize("weight", ["400", "700"])
def test_the_fonts_of_the_pages_hold_every_letter_of_their_languages(script: str, weight: str) -> None:
    font = TTFont(ROOT / f"frontend/generated/fonts/{script}-{weight}.woff2")

    assert {letter for letter in LETTERS[script] if ord(letter) not in font.getBestCmap()} == set()


@pytest.mark.parametrize("scripts", [("arabic", "latin"), ("latin",), ("cyrillic", "latin")])
def test_the_fonts_of_one_language_stay_small(scripts: tuple[str, ...]) -> None:
    folder = ROOT / "frontend/generated/fonts"

    sizes = [(folder / f"{script}-{weight}.woff2").stat().st_size for script in scripts for weight in ("400", "700")]

    assert sum(sizes) <= 70_000


def test_the_fonts_of_paper_are_named_as_documents_call_them(hatch_build: ModuleType) -> None:
    names = {path.name: str(TTFont(path)["name"].getBestFamilyName()) for path in hatch_build.paper_fonts()}

    assert names == {
        "NotoSans-Regular.ttf": "Noto Sans",
        "NotoSans-Bold.ttf": "Noto Sans",
        "Vazirmatn-Regular.ttf": "Vazirmatn",
        "Vazirmatn-Bold.ttf": "Vazirmatn",
    }


def test_a_second_build_finds_nothing_to_do(hatch_build: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    done = [step.name for step in hatch_build.STEPS if list(step.outputs()) and step.is_done(step.digest())]

    assert {"packages", "land", "contours", "fonts", "pages"} <= set(done)


def test_a_step_runs_again_when_a_source_changes(
    hatch_build: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hatch_build, "ROOT", tmp_path)
    monkeypatch.setattr(hatch_build, "GENERATED", tmp_path / "generated")
    source, output = tmp_path / "source.txt", tmp_path / "output.txt"
    source.write_text("one")
    step = hatch_build.Step("copy", lambda: [source], lambda: [output], lambda: output.write_text(source.read_text()))

    made = [step.make(), step.make()]
    source.write_text("two")
    made.append(step.make())

    assert (made, output.read_text()) == ([True, False, True], "two")


def test_a_machine_without_npm_is_told_what_is_missing(
    hatch_build: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(SystemExit, match=r"needs npm .* install Node\.js 20"):
        hatch_build.call("npm", "ci")


def test_the_lock_of_the_scripts_names_no_registry() -> None:
    lock = (ROOT / "frontend/package-lock.json").read_text(encoding="utf-8")

    assert not re.search(r'"resolved"|https?://[^"]*registry', lock)


def test_styles_use_logical_directions_only() -> None:
    physical = re.compile(
        r"\b(margin|padding|border)-(left|right)\b|\b(left|right):|text-align:\s*(left|right)|float:\s*(left|right)"
    )

    found = [path.name for path in (ROOT / "frontend/styles").glob("*.css") if physical.search(path.read_text())]

    assert found == []
