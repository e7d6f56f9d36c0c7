"""Languages: each text speaks those of the edition, and each can be shown to the host."""

from __future__ import annotations

from collections.abc import Iterator

from ejlas.core.errors import marked
from ejlas.core.formats.problem import Problem
from ejlas.core.text import UNSURE
from ejlas.journeys.summit_file.schema import SummitFile
from ejlas.journeys.summit_file.schema.base import Kind, text_flaws
from ejlas.journeys.summit_file.shapes import Leaf, leaves
from ejlas.journeys.summit_file.sheet import Sheet
from ejlas.journeys.summit_file.wording import choice_remedy


def problems(sheet: Sheet) -> Iterator[Problem]:
    """Check the languages of the edition among themselves, and those of every text against them."""
    if sheet.edition is None or not sheet.languages:
        return
    for index, code in enumerate(sheet.edition.get("fallback_languages") or ()):
        if code not in sheet.languages:
            path, wrong = (
                sheet.edition.at("fallback_languages", index),
                marked("%(code)s is not a language of the edition"),
            )
            yield sheet.problem(path, wrong, choice_remedy(sheet.languages, code), code=code)
    shown_first = _shown_first(sheet)
    for leaf in leaves(SummitFile, sheet.document.value):
        if leaf.value.kind == Kind.TEXT:
            yield from _text(sheet, leaf, shown_first)


def _shown_first(sheet: Sheet) -> tuple[str, ...]:
    """Return the languages of which each text needs one; none where the fallback languages are broken."""
    fallbacks = sheet.edition.get("fallback_languages") if sheet.edition else None
    if fallbacks is None or not set(fallbacks) <= set(sheet.languages):
        return ()
    return tuple(dict.fromkeys((sheet.languages[0], *fallbacks)))


def _text(sheet: Sheet, leaf: Leaf, shown_first: tuple[str, ...]) -> Iterator[Problem]:
    broken = {str((flaw.context or {}).get("code", "")) for flaw in text_flaws(leaf.raw)}
    if "" in broken:
        return
    written = [code for code in leaf.raw if code != UNSURE]
    foreign = [code for code in written if code not in sheet.languages and code not in broken]
    for code in foreign:
        wrong = marked("%(code)s is not a language of the edition")
        remedy = marked("take the wording out, or add %(code)s to edition.languages")
        yield sheet.problem((*leaf.path, code), wrong, remedy, code=code)
    if shown_first and not foreign and not (broken - {UNSURE}) and not set(written) & set(shown_first):
        wrong = marked("the text has no wording in the host's language, and none that could stand in for it")
        remedy = marked("add a wording in one of: %(languages)s")
        yield sheet.problem(leaf.path, wrong, remedy, languages=", ".join(shown_first))
