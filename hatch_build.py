"""Builds what the package needs beside its Python: the site's scripts and styles, fonts, the land, message catalogues.

Runs as a hatch build hook on every install, and by hand as `python hatch_build.py`. A step whose outputs are newer
than its sources is skipped, so a second run takes a moment.
"""

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ModuleNotFoundError:  # by hand, in an environment without hatchling
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
PACKAGES = FRONTEND / "node_modules"
GENERATED = FRONTEND / "generated"
BUILT = ROOT / "src/ejlas/web/ui/static/built"
PAPER_FONTS = ROOT / "src/ejlas/exports/fonts"
LAND = ROOT / "src/ejlas/exports/land/land.bin"
LOCALE = ROOT / "src/ejlas/locale"

WEIGHTS = {"400": "400Regular", "700": "700Bold"}
NOTO, VAZIRMATN = "noto-sans", "vazirmatn"
PUNCTUATION = "U+2010-2015,U+2018-201E,U+2022,U+2026,U+202F,U+2030,U+2032,U+2033,U+2039,U+203A,U+20AC,U+2116,U+2212"
# Letters of the six languages, cut by script; Latin keeps what other working languages of Europe need.
CUTS = {
    "latin": (NOTO, f"U+20-7E,U+A0-FF,U+100-17F,U+18F,U+192,U+259,U+2BC,{PUNCTUATION},U+2190-2193"),
    "cyrillic": (NOTO, "U+400-45F,U+490-493,U+49A,U+49B,U+4A2,U+4A3,U+4AE-4B1,U+4BA,U+4BB,U+4D8,U+4D9,U+4E8,U+4E9"),
    "arabic": (
        VAZIRMATN,
        "U+20-40,U+5B-60,U+7B-7E,U+A0,U+AB,U+BB,U+D7,U+60C,U+61B,U+61F,U+621-63A,U+640-655,U+660-66C,U+670,"
        f"U+67E,U+686,U+698,U+6A9,U+6AF,U+6C0,U+6C1,U+6CC,U+6D5,U+6F0-6F9,U+200C-200F,{PUNCTUATION}",
    ),
}
WEB_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "rlig", "calt", "init", "medi", "fina", "isol", "tnum"]


@dataclass(frozen=True)
class Step:
    """One thing to build: from which sources, into which outputs, by what."""

    name: str
    sources: Callable[[], Iterable[Path]]
    outputs: Callable[[], Iterable[Path]]
    run: Callable[[], None]

    @property
    def stamp(self) -> Path:
        return GENERATED / "stamps" / self.name

    def digest(self) -> str:
        """Return a digest of the sources: times of files do not survive a checkout or a copy."""
        digest = hashlib.sha256(Path(__file__).read_bytes())
        for path in sorted(set(self.sources())):
            digest.update(str(path.relative_to(ROOT)).encode())
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def is_done(self, digest: str) -> bool:
        outputs = list(self.outputs())
        fresh = bool(outputs) and all(path.exists() for path in outputs)
        return fresh and self.stamp.exists() and self.stamp.read_text() == digest

    def make(self) -> bool:
        """Build unless nothing changed; tell whether anything was built."""
        digest = self.digest()
        if self.is_done(digest):
            return False
        self.run()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(digest)
        return True


def files(folder: Path, *patterns: str) -> list[Path]:
    """List the files below a folder that match one of the patterns."""
    return [path for pattern in patterns for path in folder.rglob(pattern) if path.is_file()]


def call(*command: str) -> None:
    """Run a command of the Node world in `frontend/`, with a plain word where it is missing or fails."""
    program = shutil.which(command[0])
    if program is None:
        raise SystemExit(
            f"Ejlas needs {command[0]} to build its pages: install Node.js 20 with npm, then run this again."
        )
    done = subprocess.run([program, *command[1:]], cwd=FRONTEND, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"`{' '.join(command)}` failed in {FRONTEND}:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")


def install_packages() -> None:
    """Fetch the packages that the lock names, and run none of their scripts."""
    call("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")


def draw_land() -> None:
    """Turn the atlas into the rings that `exports.summit_map` reads."""
    LAND.parent.mkdir(parents=True, exist_ok=True)
    call("node", "build/land.mjs", str(LAND))


def draw_contours() -> None:
    """Draw the lines of the sea that stand behind headings."""
    call("node", "build/contours.mjs", str(GENERATED / "contours.svg"))


LARGE = 500_000


def bundle() -> None:
    """Build scripts and styles, and lay a compressed copy beside each for the server to choose."""
    import brotli

    call("npm", "run", "--silent", "build")
    for path in files(BUILT, "*.js", "*.css", "*.svg", "*.wasm"):
        plain = path.read_bytes()
        # The readers of letters and codes come as megabytes: the last percent would cost half a minute of each build.
        quality = 11 if len(plain) < LARGE else 9
        path.with_name(f"{path.name}.br").write_bytes(brotli.compress(plain, quality=quality))
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(plain, mtime=0))


def font_source(family: str, weight: str) -> Path:
    """Return where npm has put a font."""
    stem = {NOTO: "NotoSans", VAZIRMATN: "Vazirmatn"}[family]
    folder = WEIGHTS[weight]
    return PACKAGES / "@expo-google-fonts" / family / folder / f"{stem}_{folder}.ttf"


def web_fonts() -> dict[Path, tuple[Path, str]]:
    """Name each cut font of the pages, with its source and the letters it keeps."""
    return {
        GENERATED / "fonts" / f"{script}-{weight}.woff2": (font_source(family, weight), letters)
        for script, (family, letters) in CUTS.items()
        for weight in WEIGHTS
    }


def paper_fonts() -> dict[Path, Path]:
    """Name each font of the printed documents, with its source."""
    sources = [font_source(family, weight) for family in (NOTO, VAZIRMATN) for weight in WEIGHTS]
    return {PAPER_FONTS / source.name.replace("_400", "-").replace("_700", "-"): source for source in sources}


def cut_fonts() -> None:
    """Cut the fonts: narrowly for pages, without hints; generously for paper, where size costs nothing on the way."""
    from fontTools import subset

    for target, (source, letters) in web_fonts().items():
        target.parent.mkdir(parents=True, exist_ok=True)
        features = ",".join(WEB_FEATURES)
        options = ["--flavor=woff2", "--no-hinting", "--desubroutinize", f"--layout-features={features}"]
        subset.main([str(source), f"--unicodes={letters}", f"--output-file={target}", *options])
    PAPER_FONTS.mkdir(parents=True, exist_ok=True)
    generous = (
        "U+20-24F,U+250-2FF,U+300-36F,U+400-52F,U+600-6FF,U+1E00-1EFF,U+2000-206F,U+20A0-20BF,U+2100-22FF,U+25A0-25FF"
    )
    for target, source in paper_fonts().items():
        subset.main([str(source), f"--unicodes={generous}", f"--output-file={target}", "--layout-features=*"])
    for family in (NOTO, VAZIRMATN):
        licence = PACKAGES / "@expo-google-fonts" / family / "LICENSE_FONT"
        shutil.copyfile(licence, PAPER_FONTS / f"LICENSE-{family}")


def catalogues() -> list[Path]:
    """List the message catalogues."""
    return files(LOCALE, "*.po")


def compile_catalogues() -> None:
    """Write each catalogue as Django reads it; no gettext is needed on the machine."""
    from babel.messages import mofile, pofile

    for source in catalogues():
        with source.open("rb") as opened:
            catalogue = pofile.read_po(opened, locale=source.parent.parent.name)
        with source.with_suffix(".mo").open("wb") as written:
            mofile.write_mo(written, catalogue)


def bundle_sources() -> Iterator[Path]:
    """Yield all that the scripts and styles are made of."""
    yield from files(FRONTEND / "src", "*.ts")
    yield from files(FRONTEND / "styles", "*.css", "*.svg")
    yield from (FRONTEND / name for name in ("package-lock.json", "vite.config.ts", "tsconfig.json"))
    yield from [GENERATED / "contours.svg", *web_fonts()]


LOCK = FRONTEND / "package-lock.json"
LAND_SCRIPT, CONTOURS_SCRIPT = FRONTEND / "build/land.mjs", FRONTEND / "build/contours.mjs"
STEPS = (
    Step("packages", lambda: [LOCK], lambda: [PACKAGES / ".package-lock.json"], install_packages),
    Step("land", lambda: [LOCK, LAND_SCRIPT], lambda: [LAND], draw_land),
    Step(
        "contours",
        lambda: [LOCK, LAND_SCRIPT, CONTOURS_SCRIPT],
        lambda: [GENERATED / "contours.svg"],
        draw_contours,
    ),
    Step("fonts", lambda: [LOCK], lambda: [*web_fonts(), *paper_fonts()], cut_fonts),
    Step("pages", bundle_sources, lambda: [BUILT / "manifest.json"], bundle),
    Step("catalogues", catalogues, lambda: [path.with_suffix(".mo") for path in catalogues()], compile_catalogues),
)


def build(report: Callable[[str], object]) -> None:
    """Run every step that has something to do, in order."""
    for step in STEPS:
        if step.make():
            report(f"built: {step.name}")


class EjlasBuildHook(BuildHookInterface):  # type: ignore[type-arg,misc]
    """Builds before the package is packed or installed for work."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        build(self.app.display_info)
        artifacts = build_data.setdefault("artifacts", [])
        artifacts += ["src/ejlas/web/ui/static/built/", "src/ejlas/exports/fonts/", "src/ejlas/exports/land/", "*.mo"]


if __name__ == "__main__":
    build(print)
    sys.stdout.write(json.dumps({"built": str(BUILT.relative_to(ROOT))}) + "\n")
