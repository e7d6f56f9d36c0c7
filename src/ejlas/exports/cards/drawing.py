"""What a design draws of one card: boxes with their content, words already in their language and direction.

The template of the cards only lays them out; nothing of what they say is read as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from ejlas.core import languages
from ejlas.delegations.rules.passes.cards import Align, Design, Element, ElementKind, Side
from ejlas.exports.cards.colours import hex_of, on
from ejlas.exports.cards.values import CardEdition, CardValues, Texts
from ejlas.exports.directions import words
from ejlas.exports.reading import line

# The second and third spelling of a name, and other second wordings, are smaller than the first.
_LATER_NAMES, _LATER = 0.74, 0.88
_NAMES = frozenset({ElementKind.NAME, ElementKind.PASSPORT_NAME})
_K = ElementKind
Box = dict[str, Any]


class Drawing:
    """Draws the cards of one design, printed in one language."""

    def __init__(self, design: Design, edition: CardEdition, language: str) -> None:
        self.design, self.edition, self.language = design, edition, language
        self.is_rtl = languages.direction(language) == "rtl"
        self._places = {id(element): self._place_of(element) for element in design.elements}

    def sides(self) -> list[Side]:
        """Return the sides that are printed."""
        return [Side.FRONT, Side.BACK] if self.design.is_double_sided else [Side.FRONT]

    def card(self, values: CardValues) -> list[list[Box]]:
        """Return the boxes of each side, in the order in which they are drawn."""
        return [self.side(values, side) for side in self.sides()]

    def side(self, values: CardValues, side: Side) -> list[Box]:
        """Return the boxes of one side."""
        return [
            self._place(element, values) | content
            for element in self.design.on(side)
            if self._stands(element, values)
            for content in [_DRAW.get(element.kind, _words_of)(self, element, values)]
            if content
        ]

    def _stands(self, element: Element, values: CardValues) -> bool:
        return element.when.holds(
            kind=values.kind,
            category=values.category,
            delegation=values.delegation_kind,
            has_photo=bool(values.photo),
        )

    def _place(self, element: Element, values: CardValues) -> Box:
        return self._places[id(element)] | {"fill": hex_of(element.colour, values, self.edition)}

    def _place_of(self, element: Element) -> Box:
        sides = {Align.CENTER: "center", Align.START: "left", Align.END: "right"}
        if self.is_rtl:
            sides |= {Align.START: "right", Align.END: "left"}
        return {
            "x": round(self.design.width - element.x - element.width, 3) if self.is_rtl else element.x,
            "y": element.y,
            "w": element.width,
            "h": element.height,
            "align": sides[element.align],
            "rise": element.rise.value,
            "size": element.size,
            "weight": int(element.weight),
            "lines": element.lines,
        }

    def lines(self, element: Element, texts: Texts) -> list[dict[str, Any]]:
        """Return the wordings of a text that an element asks for, each once."""
        found: dict[str, str] = {}
        for code in element.languages or (self.language,):
            wording, spoken = self._wording(texts, code)
            found.setdefault(wording, spoken)
        return self._lines(((text, code) for text, code in found.items() if text), _LATER)

    def names(self, element: Element, values: CardValues) -> list[dict[str, Any]]:
        """Return the spellings of a name, one for each script that is asked for; that of the passport in Latin."""
        found: dict[str, tuple[str, str]] = {}
        for code in element.languages or (self.language, *self.edition.languages):
            script = languages.script(code)
            spelled = values.name.get(code, "") or self._in_script(values.name, script)
            if not spelled and script == "Latn":
                spelled = values.passport_name
            if spelled:
                found.setdefault(script, (spelled, code))
        if not found and values.passport_name:
            found["Latn"] = (values.passport_name, "en")
        return self._lines(found.values(), _LATER_NAMES)

    def _in_script(self, texts: Texts, script: str) -> str:
        return next((words for code, words in texts.items() if words and languages.script(code) == script), "")

    def _wording(self, texts: Texts, code: str) -> tuple[str, str]:
        for candidate in (code, *self.edition.languages, *texts):
            if texts.get(candidate):
                return texts[candidate], candidate
        return "", code

    @staticmethod
    def _lines(wordings: Iterable[tuple[str, str]], later: float) -> list[dict[str, Any]]:
        return [_line(text, code, later if place else 1) for place, (text, code) in enumerate(wordings)]


@lru_cache(maxsize=4096)
def _line(text: str, code: str, part: float) -> dict[str, Any]:
    plain = line(text)
    return {
        "words": words(plain, code),
        "plain": plain,
        "lang": languages.plain(code).partition("-")[0],
        "dir": languages.direction(code),
        "part": part,
    }


Draw = Callable[[Drawing, Element, CardValues], Box | None]


def _worded(lines: list[dict[str, Any]]) -> Box | None:
    return {"draw": "words", "words": lines} if lines else None


def _words_of(drawing: Drawing, element: Element, values: CardValues) -> Box | None:
    return _worded(drawing.lines(element, _texts(drawing, element, values)))


def _texts(drawing: Drawing, element: Element, values: CardValues) -> Texts:
    if element.kind is _K.TEXT:
        return element.text
    if element.kind in _OF_EDITION:
        return _OF_EDITION[element.kind](drawing.edition)
    return _OF_CARD[element.kind](values)


_OF_EDITION: dict[ElementKind, Callable[[CardEdition], Texts]] = {
    _K.EDITION: lambda edition: edition.name,
    _K.DATES: lambda edition: edition.dates,
    _K.PLACE: lambda edition: edition.place,
    _K.HOST: lambda edition: edition.host,
}
_OF_CARD: dict[ElementKind, Callable[[CardValues], Texts]] = {
    _K.OFFICE: lambda values: values.office,
    _K.DELEGATION: lambda values: values.delegation,
    _K.CAPACITY: lambda values: values.capacity,
    _K.CATEGORY: lambda values: values.category_name,
    _K.LETTER: lambda values: {"en": values.letter},
    _K.TOKEN: lambda values: values.token,
    _K.NUMBER: lambda values: {"en": values.number},
    _K.PASSPORT_NAME: lambda values: {"en": values.passport_name},
    _K.VALID_FROM: lambda values: values.valid_from,
    _K.VALID_UNTIL: lambda values: values.valid_until,
    _K.DAYS: lambda values: values.days,
}


def _names(drawing: Drawing, element: Element, values: CardValues) -> Box | None:
    return _worded(drawing.names(element, values))


def _photo(drawing: Drawing, element: Element, values: CardValues) -> Box:
    return {"draw": "photo" if values.photo else "no-photo"}


def _code(drawing: Drawing, element: Element, values: CardValues) -> Box | None:
    return {"draw": "code"} if values.code else None


def _flag(drawing: Drawing, element: Element, values: CardValues) -> Box:
    if values.flag and values.flag.colours:
        return {"draw": "bars", "bars": list(values.flag.colours), "upright": values.flag.is_upright}
    return {"draw": "band", "band": values.colour, "ink": on(values.colour), "code": values.party_code}


def _zones(drawing: Drawing, element: Element, values: CardValues) -> Box | None:
    letters = [zone.letter for zone in values.zones]
    colour = hex_of(element.colour, values, drawing.edition)
    return {"draw": "letters", "letters": letters, "ink": on(colour)} if letters else None


def _zone_list(drawing: Drawing, element: Element, values: CardValues) -> Box | None:
    rows = list(_zone_rows(drawing, element, values))
    return {"draw": "zone-list", "rows": rows, "band": values.colour, "on": on(values.colour)} if rows else None


def _zone_rows(drawing: Drawing, element: Element, values: CardValues) -> Iterator[dict[str, Any]]:
    first = Element(element.kind, 0, 0, 1, 1, languages=element.languages[:1])
    for zone in values.zones:
        yield {
            "letter": zone.letter,
            "names": drawing.lines(element, zone.name),
            "when": drawing.lines(first, zone.when),
        }


def _simple(name: str) -> Draw:
    def draw(drawing: Drawing, element: Element, values: CardValues) -> Box:
        return {"draw": name}

    return draw


_DRAW: dict[ElementKind, Draw] = {
    _K.NAME: _names,
    _K.PHOTO: _photo,
    _K.CODE: _code,
    _K.FLAG: _flag,
    _K.ZONES: _zones,
    _K.ZONE_LIST: _zone_list,
    _K.MARK: _simple("mark"),
    _K.CONTOUR: _simple("contour"),
    _K.LINE: _simple("line"),
    _K.BLOCK: _simple("block"),
}
