"""What the designer shows of a working copy: both sides as they print, its elements, the open one, what is wrong."""

from __future__ import annotations

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext

from ejlas.core import languages
from ejlas.delegations.queries.passes import designs as queries
from ejlas.delegations.queries.passes.designs import CategoryOpened
from ejlas.delegations.rules.passes import cards
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.card_faults import CardFault
from ejlas.delegations.rules.passes.cards import Design, ElementKind, Side
from ejlas.exports.cards.badge_values import card_edition
from ejlas.exports.cards.looking import flaws_of
from ejlas.exports.cards.printing import preview
from ejlas.exports.cards.samples import Sample, samples_for, values_of
from ejlas.web.desk.designs import words
from ejlas.web.desk.designs.working import OWN_COLOUR, Working
from ejlas.web.ui.badge_labels import BADGE_KINDS

if TYPE_CHECKING:
    from django.http import QueryDict

    from ejlas.exports.cards.values import CardEdition, CardValues
    from ejlas.forum.models import Edition
    from ejlas.web.ui.reading import Reader

PPI = 110
_LINED = frozenset({*cards.WORDED, ElementKind.ZONE_LIST})
_COLOURED = frozenset(
    {*cards.WORDED, ElementKind.ZONES, ElementKind.ZONE_LIST, ElementKind.MARK, ElementKind.CONTOUR}
    | {ElementKind.LINE, ElementKind.BLOCK}
)
_ALIGNED = frozenset({*cards.WORDED, ElementKind.ZONES})
_SPOKEN = _LINED - {ElementKind.NUMBER, ElementKind.LETTER, ElementKind.PASSPORT_NAME}
Choice = tuple[str, Any, bool]


@dataclass(frozen=True, slots=True)
class Look:
    """By what a design is looked at: a sample card, in a language, of a category."""

    sample: Sample
    language: str
    category: str

    def choices(
        self, working: Working, edition: Edition, reader: Reader, opened: list[CategoryOpened]
    ) -> dict[str, Any]:
        """Return what may be looked at instead."""
        of_kind = [each.category for each in opened if each.category.kind == self.sample.kind]
        return {
            "samples": [(each.value, words.SAMPLES[each], each is self.sample) for each in samples_for(working.kinds)],
            "spoken": [
                (code, languages.name_of(code, reader.language), code == self.language) for code in edition.languages
            ],
            "categories": [
                (each.slug, reader.plain(each.name.to_stored()), each.slug == self.category) for each in of_kind
            ],
        }


def look_of(sent: QueryDict, working: Working, edition: Edition) -> Look:
    """Return by what a form or an address asks to look; the first of each where it asks for nothing that is there."""
    samples = samples_for(working.kinds)
    asked = sent.get("sample", "")
    sample = next((each for each in samples if each.value == asked), samples[0])
    language = sent.get("language", "")
    return Look(
        sample, language if language in edition.languages else edition.languages[0], sent.get("category", "")[:60]
    )


def context_of(working: Working, look: Look, *, edition: Edition, reader: Reader, at: datetime) -> dict[str, Any]:
    """Return what the template of the designer shows."""
    faults = working.faults()
    opened = queries.categories_opened(edition)
    shared = card_edition(edition)
    values = values_of(look.sample, edition, opened, category=look.category)
    found = working.drawn(faults)
    return {
        "working": working,
        "look": look,
        **look.choices(working, edition, reader, opened),
        "names": [
            (code, languages.name_of(code, reader.language), working.name.get(code, "")) for code in edition.languages
        ],
        "kinds": [(kind.value, BADGE_KINDS[kind], kind.value in working.kinds) for kind in BadgeKind],
        "card_width": _typed(working.width),
        "card_height": _typed(working.height),
        "folds": _choices(words.FOLDS, working.fold),
        "sizes": [(f"{size.width:g}", f"{size.height:g}", words.SIZES[name]) for name, size in cards.SIZES.items()],
        "element_kinds": _choices(words.ELEMENTS, ElementKind.TEXT),
        "new_sides": _choices(words.SIDES, Side.FRONT),
        "faults": [_fault(fault, working) for fault in faults],
        "faulty": {fault.element for fault in faults if fault.element is not None},
        "warnings": _warnings(found, values, shared, look),
        "sides": _sides(found, working, values, shared, look, at),
        "rows": _rows(working, faults, reader),
        "chosen": _open(working, edition, reader, opened),
        "is_rtl": languages.direction(look.language) == "rtl",
    }


def _choices(labels: Any, here: object) -> list[Choice]:
    return [(str(getattr(value, "value", value)), label, value == here) for value, label in labels.items()]


# --- What is wrong, and what does not look right ---


def _fault(fault: CardFault, working: Working) -> tuple[int | None, str, str]:
    label = str(words.FIELDS.get(fault.field, fault.field))
    sentence = fault.sentence(gettext)
    if fault.element is None:
        return None, label, sentence
    return fault.element, f"{_title(working.elements[fault.element])}, {label}", sentence


Found = tuple[Design, tuple[int, ...]] | None


def _warnings(found: Found, values: CardValues, shared: CardEdition, look: Look) -> list[tuple[int, str, str]]:
    if found is None:
        return []
    design, places = found
    return [
        (
            places[each.element],
            str(words.ELEMENTS[design.elements[each.element].kind]),
            str(words.FLAWS[each.flaw])
            % {
                "value": languages.number(each.value, look.language),
                "least": languages.number(each.least, look.language),
            },
        )
        for each in flaws_of(design, values, edition=shared, language=look.language)
        if each.flaw != "outside"
    ]


# --- The two sides ---


def _sides(
    found: Found, working: Working, values: CardValues, shared: CardEdition, look: Look, at: datetime
) -> list[dict[str, Any]]:
    if found is None:
        return []
    design, places = found
    wanted = [side for side in Side if side is Side.FRONT or design.on(side)]
    draw = partial(preview, design, values, edition=shared, language=look.language, at=at, ppi=PPI)
    # Each side is set by a process of its own: both at once take as long as one.
    with ThreadPoolExecutor(len(wanted)) as pool:
        pictures = list(pool.map(lambda side: draw(side=side), wanted))
    is_rtl = languages.direction(look.language) == "rtl"
    return [
        {
            "side": side.value,
            "words": words.SIDES[side],
            "picture": f"data:image/png;base64,{b64encode(picture).decode()}",
            "width": f"{design.width:g}",
            "height": f"{design.height:g}",
            "boxes": _boxes(design, places, side, working, is_rtl=is_rtl),
        }
        for side, picture in zip(wanted, pictures, strict=True)
    ]


def _boxes(
    design: Design, places: tuple[int, ...], side: Side, working: Working, *, is_rtl: bool
) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "x": f"{design.width - each.x - each.width if is_rtl else each.x:g}",
            "y": f"{each.y:g}",
            "w": f"{each.width:g}",
            "h": f"{each.height:g}",
            "label": _title(working.elements[place]),
            "is_chosen": place == working.chosen,
            "grip_x": f"{(design.width - each.x - each.width if is_rtl else each.x + each.width) - 1.5:g}",
            "grip_y": f"{each.y + each.height - 1.5:g}",
        }
        for place, each in zip(places, design.elements, strict=True)
        if each.side is side
    ]


# --- The list of elements, and the open one ---


def _title(element: Any) -> str:
    """Return what an element is, in words; of fixed words their beginning."""
    kind = str(element.get("kind", ""))
    title = str(words.ELEMENTS[ElementKind(kind)]) if kind in set(ElementKind) else kind[:40] or "?"
    text = element.get("text")
    said = next((str(each) for each in text.values() if each), "") if isinstance(text, dict) else ""
    return f"{title}: {said[:30]}{'…' if len(said) > 30 else ''}" if said and kind == ElementKind.TEXT else title


def _rows(working: Working, faults: list[CardFault], reader: Reader) -> list[dict[str, Any]]:
    wrong = {fault.element for fault in faults}
    return [
        {
            "place": place,
            "title": _title(element),
            "side": words.SIDES.get(element.get("side", Side.FRONT), element.get("side", "")),
            "where": " × ".join(_shown(element.get(name), reader) for name in ("w", "h")),
            "has_condition": bool(element.get("when")),
            "is_wrong": place in wrong,
            "is_chosen": place == working.chosen,
        }
        for place, element in enumerate(working.elements)
    ]


def _shown(value: Any, reader: Reader) -> str:
    return reader.number(value) if isinstance(value, int | float) and abs(value) < 1e6 else str(value or "?")


def _open(working: Working, edition: Edition, reader: Reader, opened: list[CategoryOpened]) -> dict[str, Any] | None:
    """Return the fields of the open element, as they were typed."""
    if working.chosen is None:
        return None
    element = working.elements[working.chosen]
    kind = element.get("kind", "")
    return {
        "place": working.chosen,
        "title": _title(element),
        "kind_choices": _choices(words.ELEMENTS, kind),
        "side_choices": _choices(words.SIDES, element.get("side", Side.FRONT)),
        "numbers": [(name, words.FIELDS[name], _typed(element.get(name, ""))) for name in ("x", "y", "w", "h")],
        "is_worded": kind in cards.WORDED or kind == ElementKind.ZONE_LIST,
        "is_aligned": kind in _ALIGNED,
        "is_coloured": kind in _COLOURED,
        "size": _typed(element.get("size", 9)),
        "lines": _typed(element.get("lines", 2)),
        "weight_choices": _choices(words.WEIGHTS, element.get("weight", 400)),
        "align_choices": _choices(words.ALIGNS, element.get("align", "start")),
        "rise_choices": _choices(words.RISES, element.get("rise", "top")),
        **_colour(element),
        **_spoken(element, kind, edition, reader),
        **_conditions(element, reader, opened),
        "is_first": working.chosen == 0,
        "is_last": working.chosen == len(working.elements) - 1,
    }


def _typed(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)[:30]


def _colour(element: Any) -> dict[str, Any]:
    colour = str(element.get("colour", cards.INK))
    is_named = colour in cards.COLOURS
    return {
        "colour_choices": [
            *_choices(words.COLOURS, colour),
            (OWN_COLOUR, gettext("One of its own"), not is_named),
        ],
        "hex": "" if is_named else colour[:20],
    }


def _spoken(element: Any, kind: str, edition: Edition, reader: Reader) -> dict[str, Any]:
    asked, text = element.get("languages") or [], element.get("text")
    held = text if isinstance(text, dict) else {}
    named = [(code, languages.name_of(code, reader.language)) for code in edition.languages]
    return {
        "is_spoken": kind in _SPOKEN,
        "language_choices": [(code, name, code in asked) for code, name in named],
        "has_text": kind == ElementKind.TEXT,
        "texts": [(code, name, str(held.get(code, "")), languages.direction(code)) for code, name in named],
    }


def _conditions(element: Any, reader: Reader, opened: list[CategoryOpened]) -> dict[str, Any]:
    when = element.get("when")
    held = when if isinstance(when, dict) else {}
    photo = held.get("has_photo")
    return {
        "has_condition": bool(held),
        "when_kinds": [(kind.value, BADGE_KINDS[kind], kind.value in (held.get("kinds") or ())) for kind in BadgeKind],
        "when_delegations": [
            (kind.value, label, kind.value in (held.get("delegations") or ()))
            for kind, label in words.DELEGATIONS.items()
        ],
        "when_categories": [
            (
                each.category.slug,
                reader.plain(each.category.name.to_stored()),
                each.category.slug in (held.get("categories") or ()),
            )
            for each in opened
        ],
        "photo_choices": [
            ("", gettext("With or without a photo"), photo is None),
            ("yes", gettext("With a photo"), photo is True),
            ("no", gettext("Without a photo"), photo is False),
        ],
    }
