"""Short names from titles in any script."""

from __future__ import annotations

import pytest

from ejlas.core.naming import free_slug, slug_from
from ejlas.core.text import Text
from ejlas.forum.rules import SLUG


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        (Text.of(en="Opening ceremony", fa="افتتاحیه"), "opening-ceremony"),
        (Text.of(ru="Открытие"), "otkrytie"),
        (Text.of(en="2nd round"), "session-2nd-round"),
        (Text.of(en="!!!"), "session"),
        (Text(), "session"),
        (Text.of(pt="Sessão número 3"), "sessao-numero-3"),
        (Text.of(en="word " * 40), "word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_a_title_becomes_a_short_name(title, slug):
    assert slug_from(title, otherwise="session") == slug
    assert SLUG.fullmatch(slug)


def test_a_persian_title_becomes_latin():
    assert SLUG.fullmatch(slug_from(Text.of(fa="نشست عمومی"), otherwise="session"))


def test_a_taken_name_gets_the_first_free_number():
    taken = {"gala", "gala-2"}

    assert free_slug("gala", taken.__contains__) == "gala-3"
    assert free_slug("ball", taken.__contains__) == "ball"
