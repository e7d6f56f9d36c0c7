"""The working copy of a design: it travels with the form, and is kept only when it is saved."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from ejlas.core.text import Text
from ejlas.delegations.rules.passes import card_faults, cards
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.card_faults import CardFault, CodeTooSmall, OutsideCard
from ejlas.delegations.rules.passes.cards import Design, ElementKind, Fold, design_of

# The name of the fields of the element that is open, and the place in the list to which they belong.
E, E_PLACE = "e-", "e-place"
OWN_COLOUR = "own"
MOST_LETTERS = 200_000
_NUMBERS = ("x", "y", "w", "h", "size")
_CHOICES = ("kind", "side", "align", "rise")
_WHEN = ("kinds", "categories", "delegations")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫,", "01234567890123456789..")
# Such an element is drawn all the same, so that one sees what is wrong with it.
_DRAWN = (OutsideCard, CodeTooSmall)
# Where and how large a new element stands, in millimetres.
_NEW = {"x": 5, "y": 5, "w": 40, "h": 8}
_NEW_SIZES = {
    ElementKind.PHOTO: (30, 40),
    ElementKind.CODE: (30, 30),
    ElementKind.MARK: (15, 15),
    ElementKind.FLAG: (40, 4),
    ElementKind.LINE: (40, 0.3),
    ElementKind.ZONE_LIST: (60, 40),
}


@dataclass(frozen=True, slots=True)
class Working:
    """A design as an officer has it before the eyes: `elements` may hold anything that was typed."""

    name: Mapping[str, str]
    kinds: tuple[str, ...]
    width: Any
    height: Any
    fold: str
    elements: tuple[dict[str, Any], ...]
    chosen: int | None = None
    revision: str = ""
    is_broken: bool = field(default=False)

    @property
    def stored(self) -> dict[str, Any]:
        """The design as it would be kept."""
        made: dict[str, Any] = {
            "version": cards.VERSION,
            "width": self.width,
            "height": self.height,
            "elements": list(self.elements),
        }
        return made if self.fold == Fold.NONE else made | {"fold": self.fold}

    @property
    def as_json(self) -> str:
        """The elements for the form."""
        return json.dumps(list(self.elements), ensure_ascii=False, separators=(",", ":"))

    def faults(self) -> list[CardFault]:
        """Return all that is wrong in it."""
        if self.is_broken:
            return [card_faults.NotADesign(None, "elements")]
        return card_faults.check(self.stored)

    def drawn(self, faults: list[CardFault]) -> tuple[Design, tuple[int, ...]] | None:
        """Return what can be drawn of it, with the place of each element drawn; nothing when the card has no size."""
        grave = [fault for fault in faults if not isinstance(fault, _DRAWN)]
        if any(fault.element is None and fault.field != "fold" for fault in grave):
            return None
        left = {fault.element for fault in grave}
        places = tuple(place for place in range(len(self.elements)) if place not in left)
        fold = self.fold if self.fold in set(Fold) else Fold.NONE
        kept = {**self.stored, "fold": fold, "elements": [self.elements[place] for place in places]}
        return design_of(kept), places


def of_design(design: Any, chosen: int | None = None) -> Working:
    """Return the working copy of a design as it is kept."""
    stored = design.design
    return Working(
        name=dict(design.name.values),
        kinds=tuple(design.kinds),
        width=stored.get("width", ""),
        height=stored.get("height", ""),
        fold=stored.get("fold", Fold.NONE.value),
        elements=tuple(stored.get("elements", ())),
        chosen=chosen,
        revision=str(design.revision),
    )


def of_form(sent: QueryDict, spoken: list[str]) -> Working:
    """Return the working copy that a form sent, with what was typed about the element that is open."""
    elements, is_broken = _elements(sent.get("elements", ""))
    place = _place(sent.get(E_PLACE, ""), len(elements))
    if place is not None:
        elements[place] = _element(sent, elements[place], spoken)
    return Working(
        name={code: words for code in spoken if (words := sent.get(f"name-{code}", "").strip()[:200])},
        kinds=tuple(kind.value for kind in BadgeKind if kind.value in sent.getlist("kinds")),
        width=number(sent.get("width", "")),
        height=number(sent.get("height", "")),
        fold=sent.get("fold", Fold.NONE.value)[:20],
        elements=tuple(elements),
        chosen=place,
        revision=sent.get("revision", "")[:12],
        is_broken=is_broken,
    )


def text_of(working: Working) -> Text:
    """Return the name of a working copy as it is kept."""
    return Text(dict(working.name))


def _elements(sent: str) -> tuple[list[dict[str, Any]], bool]:
    try:
        found = json.loads(sent[:MOST_LETTERS]) if sent else []
    except (ValueError, RecursionError):
        return [], True
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return [], True
    return found[: card_faults.MOST_ELEMENTS + 1], False


def _place(sent: str, n_elements: int) -> int | None:
    return int(sent) if sent.isascii() and sent.isdigit() and int(sent) < n_elements else None


def number(typed: str) -> Any:
    """Return a number in whichever digits it was typed; what is none stays as it was, to be named as a fault."""
    plain = typed.strip()[:30].translate(_DIGITS)
    try:
        value = float(plain)
    except ValueError:
        return typed.strip()[:30]
    if not abs(value) < 1e6:
        return typed.strip()[:30]
    return int(value) if value == int(value) else round(value, 2)


def _element(sent: QueryDict, before: Mapping[str, Any], spoken: list[str]) -> dict[str, Any]:
    """Return the element that is open, as its fields say; what is at its default is left out."""
    made: dict[str, Any] = {name: number(sent.get(E + name, "")) for name in _NUMBERS if E + name in sent}
    made |= {name: sent.get(E + name, "")[:40] for name in _CHOICES if E + name in sent}
    for name in ("weight", "lines"):
        if E + name in sent:
            made[name] = number(sent.get(E + name, ""))
    if E + "colour" in sent:
        colour = sent.get(E + "colour", "")
        made["colour"] = sent.get(E + "hex", "").strip().lower()[:20] if colour == OWN_COLOUR else colour[:40]
    if E + "languages-asked" in sent:
        made["languages"] = [code[:20] for code in sent.getlist(E + "languages")[:20]]
    typed = {code: sent.get(f"{E}text-{code}", "").strip() for code in spoken if f"{E}text-{code}" in sent}
    if typed:
        held = before.get("text")
        kept = {code: words for code, words in held.items() if code not in spoken} if isinstance(held, dict) else {}
        made["text"] = {**kept, **{code: words for code, words in typed.items() if words}}
    made["when"] = _when(sent) if E + "when-asked" in sent else before.get("when", {})
    return _tidy({**before, **made})


def _when(sent: QueryDict) -> dict[str, Any]:
    made: dict[str, Any] = {name: sent.getlist(E + name)[:60] for name in _WHEN if sent.getlist(E + name)}
    photo = sent.get(E + "photo", "")
    return made | ({"has_photo": photo == "yes"} if photo in ("yes", "no") else {})


_DEFAULTS: dict[str, Any] = {
    "side": "front", "size": 9, "weight": 400, "align": "start", "rise": "top", "colour": cards.INK, "lines": 2,
    "languages": [], "text": {}, "when": {},
}  # fmt: skip


def _tidy(element: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in element.items() if name not in _DEFAULTS or value != _DEFAULTS[name]}


# --- What is done with the list of elements ---


def added(working: Working, kind: str, side: str) -> Working:
    """Return the copy with one more element, which is open."""
    if kind not in set(ElementKind) or len(working.elements) >= card_faults.MOST_ELEMENTS:
        return working
    element: dict[str, Any] = {"kind": kind, **_NEW}
    if kind in _NEW_SIZES:
        element["w"], element["h"] = _NEW_SIZES[ElementKind(kind)]
    if side == cards.Side.BACK:
        element["side"] = side
    if kind == ElementKind.TEXT:
        element["text"] = {next(iter(working.name), "en"): "…"}
    return replace(working, elements=(*working.elements, element), chosen=len(working.elements))


def removed(working: Working) -> Working:
    """Return the copy without the element that is open."""
    if working.chosen is None:
        return working
    left = tuple(each for place, each in enumerate(working.elements) if place != working.chosen)
    return replace(working, elements=left, chosen=None)


def moved(working: Working, by: int) -> Working:
    """Return the copy with the open element drawn earlier or later; what comes later covers what came before."""
    place = working.chosen
    if place is None or not 0 <= place + by < len(working.elements):
        return working
    elements = list(working.elements)
    elements[place], elements[place + by] = elements[place + by], elements[place]
    return replace(working, elements=tuple(elements), chosen=place + by)


def opened(working: Working, place: str) -> Working:
    """Return the copy with another element open."""
    return replace(working, chosen=_place(place, len(working.elements)))


def acted(working: Working, act: str, sent: Mapping[str, Any]) -> Working:
    """Return the copy after what a button asks for; the others of the form do not change it."""
    name, _, rest = act.partition(":")
    if name == "open":
        return opened(working, rest)
    if name == "add":
        return added(working, str(sent.get("new", "")), str(sent.get("new-side", "")))
    if name == "remove":
        return removed(working)
    if name in ("earlier", "later"):
        return moved(working, -1 if name == "earlier" else 1)
    return working
