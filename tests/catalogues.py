"""Gathers the sentences of the interface into the catalogues, or says how the catalogues differ from the code.

`python -m tests.catalogues --update` needs gettext; `--check` needs it too, and changes nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.commands.makemessages import Command as MakeMessages

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "ejlas"
LANGUAGES = ("en", "fa", "ru", "az", "tk", "kk")
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "fa": "nplurals=2; plural=(n > 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "az": "nplurals=2; plural=(n != 1);",
    "tk": "nplurals=2; plural=(n != 1);",
    "kk": "nplurals=2; plural=(n != 1);",
}
HEADER = (
    'msgid ""\nmsgstr ""\n"Project-Id-Version: ejlas\\n"\n"Language: {code}\\n"\n"MIME-Version: 1.0\\n"\n'
    '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {plurals}\\n"\n'
)


class Gather(MakeMessages):
    """Django's gathering, with our own mark for sentences that are translated later."""

    xgettext_options = [*MakeMessages.xgettext_options, "--keyword=marked", "--keyword=_in:1c,2", "--keyword=lazy"]


def gather(package: Path) -> None:
    """Bring the catalogues of a package folder into agreement with its sentences."""
    for code in LANGUAGES:
        folder = package / "locale" / code / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "django.po").exists():
            (folder / "django.po").write_text(HEADER.format(code=code, plurals=PLURALS[code]), encoding="utf-8")
    before = Path.cwd()
    os.chdir(package)
    try:
        Gather().run_from_argv(
            [
                "ejlas",
                "makemessages",
                *(f"--locale={code}" for code in LANGUAGES),
                "--no-location",
                "--no-obsolete",
                "--no-wrap",
                "--ignore=static/*",
            ]
        )
    finally:
        os.chdir(before)
    for code in LANGUAGES:
        _tidy(package / "locale" / code / "LC_MESSAGES" / "django.po", code)


def _tidy(path: Path, code: str) -> None:
    catalogue = read(path)
    if code == "en":
        for message in catalogue:
            if message.id:
                message.string = message.id
                message.flags.discard("fuzzy")
    ordered = Catalog(locale=code, project="ejlas")
    # Babel would otherwise go by its own count of plural forms, which is not Django's in every language.
    ordered.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), ("Plural-Forms", PLURALS[code])]
    for message in sorted((m for m in catalogue if m.id), key=_key):
        flags = set(message.flags) - {"fuzzy"}
        string = "" if message.fuzzy else message.string
        if message.fuzzy and isinstance(message.id, tuple):
            string = ("",) * len(message.string)
        ordered.add(message.id, string, flags=flags, context=message.context, auto_comments=message.auto_comments)
    with tempfile.TemporaryFile() as body:
        write_po(body, ordered, width=0, omit_header=True)
        body.seek(0)
        text = body.read().decode()
    path.write_text(HEADER.format(code=code, plurals=PLURALS[code]) + "\n" + text, encoding="utf-8")


def _key(message) -> tuple[str, str]:
    first = message.id[0] if isinstance(message.id, tuple) else message.id
    return first, message.context or ""


def read(path: Path) -> Catalog:
    """Return the catalogue of a file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def unfinished(package: Path) -> Iterator[str]:
    """Yield each sentence that a catalogue lacks, or holds as uncertain, or whose placeholders differ."""
    for code in LANGUAGES:
        path = package / "locale" / code / "LC_MESSAGES" / "django.po"
        for message in read(path):
            if not message.id:
                continue
            strings = message.string if isinstance(message.string, tuple | list) else [message.string]
            if message.fuzzy or not all(strings):
                yield f"{code}: not translated: {message.id!r}"
            yield from (f"{code}: {fault}: {message.id!r}" for fault in _placeholder_faults(message))


def _placeholder_faults(message) -> Iterator[str]:
    if "python-format" in message.flags and message.string:
        for fault in message.check():
            yield str(fault)


def differences() -> Iterator[str]:
    """Yield how the catalogues differ from what the code would give."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "ejlas"
        shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "static", "*.mo", "fonts", "land"))
        gather(copy)
        for code in LANGUAGES:
            inside = Path("locale") / code / "LC_MESSAGES" / "django.po"
            kept = PACKAGE / inside
            if not kept.exists() or kept.read_text(encoding="utf-8") != (copy / inside).read_text(encoding="utf-8"):
                yield f"{code}: the catalogue differs from the code; run “make messages”"


def main() -> None:
    """Update or check the catalogues."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--update", action="store_true")
    arguments.add_argument("--check", action="store_true")
    options = arguments.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
    os.environ.setdefault("EJLAS_SECRET_KEY", "only for gathering sentences, long enough")
    django.setup()
    settings.LOCALE_PATHS = []
    if options.update:
        gather(PACKAGE)
    faults = [*(differences() if options.check else ()), *unfinished(PACKAGE)]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} faults in the catalogues.")
    sys.exit(1 if faults and options.check else 0)


if __name__ == "__main__":
    main()
