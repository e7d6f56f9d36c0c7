"""The designs with which an edition begins: badges in several sizes, tokens, the card of a pin, one-day spares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ejlas.core import languages
from ejlas.delegations.rules.passes import card_words, cards
from ejlas.delegations.rules.passes.badges import TOKENS, BadgeKind
from ejlas.delegations.rules.passes.cards import Align, CardSize, Design, Element, ElementKind, Rise, Side, Weight

BADGE, BADGE_SMALL, TOKEN, PIN, SPARE = "badge", "badge-small", "token", "pin", "spare"

# Badges are drawn for this size; letters follow it on others.
_DRAWN_FOR = cards.SIZES["a6"]
_LEAST_LETTERS = 6.0
# Below this width a badge leaves out the dates, and names people in two scripts.
_SMALL = 70
_BACK, _BOLD, _CENTER, _END = Side.BACK, Weight.BOLD, Align.CENTER, Align.END
_K = ElementKind


@dataclass(frozen=True, slots=True)
class StandardDesign:
    """A design under its slug, with its name by language and the kinds of badges for which it is meant."""

    slug: str
    name: Mapping[str, str]
    kinds: tuple[BadgeKind, ...]
    design: Design


def standard_designs(edition_languages: Sequence[str]) -> tuple[StandardDesign, ...]:
    """Return the standard designs for an edition in these languages, the host's first."""
    codes = tuple(edition_languages) or ("en",)
    spoken = pair(codes)
    tokens = tuple(kind for kind in BadgeKind if kind in TOKENS and kind is not BadgeKind.PIN)
    small = cards.SIZES["cr80-upright"]
    return (
        _named(BADGE, card_words.A_BADGE, (BadgeKind.BADGE,), badge(cards.SIZES["a6"], codes)),
        _named(BADGE_SMALL, card_words.A_SMALL_BADGE, (BadgeKind.BADGE,), badge(small, codes)),
        _named(TOKEN, card_words.A_TOKEN, tokens, token(spoken, card_words.TRANSFERABLE)),
        _named(PIN, card_words.A_PIN, (BadgeKind.PIN,), token(spoken, card_words.WITH_BEARER)),
        _named(SPARE, card_words.A_SPARE, (BadgeKind.SPARE,), spare(cards.SIZES["a6"], spoken)),
    )


def _named(slug: str, name: str, kinds: tuple[BadgeKind, ...], design: Design) -> StandardDesign:
    return StandardDesign(slug, card_words.all_words(name), kinds, design)


def pair(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the two languages in which a card says most: the first, and one of another script, English if it may."""
    first = codes[0]
    others = [code for code in codes if languages.script(code) != languages.script(first)]
    second = "en" if "en" in others else next(iter(others), next((code for code in codes if code != first), ""))
    return tuple(filter(None, (first, second)))


def badge(size: CardSize, codes: Sequence[str]) -> Design:
    """Return the nominative badge of a size that stands upright: photo and code, name, office, category, zones."""
    spoken, is_small = pair(codes), size.width < _SMALL
    person = _person(spoken, spoken if is_small else codes)
    return _drawn(size, [*_head(spoken, is_small=is_small), *person, *_foot(spoken), *_badge_back(spoken)])


def _head(spoken: tuple[str, ...], *, is_small: bool = False) -> Iterator[Element]:
    """The deep band with the name of the summit, and the flag under it; drawn for A6 (105 × 148 mm)."""
    yield Element(_K.BLOCK, 0, 0, 105, 31, colour=cards.DEEP)
    yield Element(_K.CONTOUR, 0, 0, 105, 31, colour="#2f5c66")
    name = Element(
        _K.EDITION, 29, 4, 68, 18, size=10.5, weight=_BOLD, colour=cards.PAPER, lines=2, rise=Rise.MIDDLE,
        languages=spoken,
    )  # fmt: skip
    if is_small:
        yield Element(_K.MARK, 6, 8.5, 17, 14, colour=cards.PAPER)
        yield replace(name, x=25, width=74, y=2, height=27, lines=3)
    else:
        yield Element(_K.MARK, 8, 7, 17, 17, colour=cards.PAPER)
        yield name
        yield Element(_K.DATES, 29, 23, 68, 4.6, size=7.5, colour="#b4cdd0", lines=1)
    yield Element(_K.FLAG, 0, 31, 105, 4)


def _person(spoken: tuple[str, ...], codes: Sequence[str]) -> Iterator[Element]:
    yield Element(_K.PHOTO, 8, 39.5, 31.5, 42)
    yield Element(_K.CODE, 55, 36.5, 44, 44)
    yield Element(_K.NUMBER, 59, 79.6, 36, 5, size=9, weight=_BOLD, align=_CENTER, lines=1)
    yield Element(
        _K.NAME, 8, 84, 89, 22.5, size=20, weight=_BOLD, rise=Rise.MIDDLE, languages=_one_of_each_script(codes)
    )
    yield Element(_K.OFFICE, 8, 106.5, 89, 11, size=9.5, colour=cards.SOFT, rise=Rise.MIDDLE, languages=spoken)
    yield Element(_K.DELEGATION, 8, 117.5, 89, 9.3, size=11, weight=_BOLD, rise=Rise.MIDDLE, languages=spoken)


def _one_of_each_script(codes: Sequence[str]) -> tuple[str, ...]:
    """Return the first language of each script, three at most: more would be read by nobody."""
    found: dict[str, str] = {}
    for code in (*pair(codes), *codes):
        found.setdefault(languages.script(code), code)
    return tuple(found.values())[:3]


def _foot(spoken: tuple[str, ...]) -> Iterator[Element]:
    """The band of the category, with its letter and the letters of the zones."""
    yield Element(_K.BLOCK, 0, 127.5, 105, 20.5, colour=cards.CATEGORY)
    yield Element(
        _K.CATEGORY, 8, 129, 68, 11, size=14, weight=_BOLD, colour=cards.ON_CATEGORY, rise=Rise.MIDDLE,
        languages=spoken,
    )  # fmt: skip
    yield Element(_K.ZONES, 8, 140.2, 68, 5.6, colour=cards.ON_CATEGORY)
    yield Element(
        _K.LETTER, 78, 128, 19, 19.5, size=40, weight=_BOLD, align=_END, colour=cards.ON_CATEGORY, lines=1,
        rise=Rise.MIDDLE,
    )  # fmt: skip


def _badge_back(spoken: tuple[str, ...]) -> Iterator[Element]:
    yield Element(_K.BLOCK, 0, 0, 105, 16, side=_BACK, colour=cards.CATEGORY)
    yield Element(
        _K.CATEGORY, 8, 2, 68, 12, side=_BACK, size=13, weight=_BOLD, colour=cards.ON_CATEGORY, rise=Rise.MIDDLE,
        languages=spoken,
    )  # fmt: skip
    yield Element(
        _K.NUMBER, 70, 2, 27, 12, side=_BACK, size=12, weight=_BOLD, colour=cards.ON_CATEGORY, align=_END,
        rise=Rise.MIDDLE, lines=1,
    )  # fmt: skip
    yield from _label(card_words.ZONES, spoken, 21)
    yield Element(_K.ZONE_LIST, 8, 27, 89, 54, side=_BACK, size=9, languages=spoken)
    yield Element(_K.LINE, 8, 85, 89, 0.3, side=_BACK, colour="#c3d2d3")
    yield from _label(card_words.VALID, spoken, 88)
    yield Element(_K.DAYS, 8, 94, 89, 12, side=_BACK, size=10.5, weight=_BOLD, lines=2, languages=spoken)
    yield Element(_K.BLOCK, 0, 112, 105, 36, side=_BACK, colour=cards.DEEP)
    yield Element(_K.CONTOUR, 0, 112, 105, 36, side=_BACK, colour="#2f5c66")
    yield Element(
        _K.TEXT, 8, 115, 89, 16, side=_BACK, size=7.5, colour=cards.PAPER, lines=2, languages=spoken,
        text=card_words.words_of(card_words.IF_FOUND, spoken),
    )  # fmt: skip
    yield Element(
        _K.HOST, 8, 133, 89, 10.5, side=_BACK, size=8, weight=_BOLD, colour=cards.PAPER, rise=Rise.BOTTOM,
        languages=spoken,
    )  # fmt: skip


def _label(name: str, spoken: tuple[str, ...], y: float, side: Side = _BACK) -> Iterator[Element]:
    """A small heading: in the first language where lines begin; in the second, if it says another word, at the end."""
    said: set[str] = set()
    for code, align in zip(spoken, (Align.START, Align.END), strict=False):
        text = card_words.words_of(name, (code,))
        if not said.issuperset(text.values()):
            yield Element(
                _K.TEXT, 8 if align is Align.START else 52.5, y, 44.5, 4.4, side=side, size=7.5, colour=cards.SOFT,
                lines=1, align=align, text=text, languages=(code,),
            )  # fmt: skip
        said.update(text.values())


def token(spoken: tuple[str, ...], said: str) -> Design:
    """Return the card of a token (85.6 × 54 mm): the letter large, the delegation, and nobody's name."""
    width, height = cards.SIZES["cr80"]
    return Design(width, height, (*_token_block(height, spoken), *_token_words(width, spoken, said)))


def _token_block(height: float, spoken: tuple[str, ...]) -> Iterator[Element]:
    on = cards.ON_CATEGORY
    yield Element(_K.BLOCK, 0, 0, 29, height, colour=cards.CATEGORY)
    yield Element(_K.CONTOUR, 0, 0, 29, height, colour=cards.FAINT_ON_CATEGORY)
    yield Element(_K.LETTER, 2, 6, 25, 22, size=46, weight=_BOLD, align=_CENTER, rise=Rise.MIDDLE, lines=1, colour=on)
    yield Element(
        _K.TOKEN, 2, 29.5, 25, 10, size=9.5, weight=_BOLD, align=_CENTER, rise=Rise.MIDDLE, colour=on, languages=spoken
    )
    yield Element(_K.ZONES, 3, 44, 23, 5.6, colour=on, align=_CENTER)


def _token_words(width: float, spoken: tuple[str, ...], said: str) -> Iterator[Element]:
    yield Element(_K.CATEGORY, 32, 3.6, 24, 14, size=10.5, weight=_BOLD, languages=spoken)
    yield Element(_K.DELEGATION, 32, 18.5, 24, 14, size=8.5, languages=spoken)
    yield Element(_K.NUMBER, 32, 33.5, 24, 6, size=12, weight=_BOLD, lines=1, rise=Rise.MIDDLE)
    yield Element(_K.CODE, 56.5, 1.5, 28.5, 28.5)
    yield Element(_K.EDITION, 58.5, 30, 25, 10, size=6, colour=cards.SOFT, languages=spoken[:1], lines=3)
    yield Element(_K.FLAG, 29, 41.4, width - 29, 2)
    yield Element(
        _K.TEXT, 32, 44.2, width - 34, 9, size=6.8, colour=cards.SOFT, rise=Rise.MIDDLE, languages=spoken,
        text=card_words.words_of(said, spoken),
    )  # fmt: skip


def spare(size: CardSize, spoken: tuple[str, ...]) -> Design:
    """Return the numbered one-day card that is printed beforehand: lines to write on, and the number large."""
    return _drawn(size, [*_spare_head(spoken), *_spare_lines(spoken), *_foot(spoken)])


def _spare_head(spoken: tuple[str, ...]) -> Iterator[Element]:
    yield from _head(spoken)
    one_day = card_words.words_of(card_words.ONE_DAY, spoken)
    yield Element(_K.TEXT, 8, 40, 44, 14, size=14, weight=_BOLD, text=one_day, languages=spoken)
    yield Element(_K.NUMBER, 8, 56, 44, 20, size=34, weight=_BOLD, rise=Rise.MIDDLE, lines=1)
    yield Element(_K.CODE, 55, 38, 44, 44)


def _spare_lines(spoken: tuple[str, ...]) -> Iterator[Element]:
    names = (card_words.NAME, card_words.OFFICE, card_words.DELEGATION, card_words.GIVEN_BY)
    for row, name in enumerate(names):
        y = 90 + row * 10.7
        yield Element(_K.LINE, 8, y, 89, 0.25, colour=cards.SOFT)
        yield from _label(name, spoken, y + 0.8, Side.FRONT)


def _drawn(size: CardSize, elements: Sequence[Element]) -> Design:
    """Return what was drawn for A6 on another size; a code stays square, and letters are never too small to read."""
    across, down = size.width / _DRAWN_FOR.width, size.height / _DRAWN_FOR.height
    return Design(size.width, size.height, tuple(_scaled(each, across, down) for each in elements))


def _scaled(element: Element, across: float, down: float) -> Element:
    return replace(
        element,
        x=round(element.x * across, 2),
        y=round(element.y * down, 2),
        width=round(element.width * across, 2),
        height=round(element.height * down, 2),
        size=max(_LEAST_LETTERS, round(element.size * min(across, down), 1)),
    )


def by_slug(edition_languages: Sequence[str]) -> Mapping[str, StandardDesign]:
    """Return the standard designs by their slugs."""
    return {each.slug: each for each in standard_designs(edition_languages)}
