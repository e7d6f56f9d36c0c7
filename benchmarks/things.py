"""100,000 invented things in the index of the database of `DATABASE_URL`, and what asking for them takes."""

from __future__ import annotations

import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.machine import REFERENCE_MS  # noqa: E402
from ejlas.core.index import operations, queries  # noqa: E402
from ejlas.core.index.rules import Item, WordingState  # noqa: E402
from ejlas.core.text import Text  # noqa: E402

AT = datetime(2027, 1, 1, tzinfo=UTC)
N_THINGS, ROUNDS, PAGE = 100_000, 9, 50
SCOPES = ("large2025", "large2026", "large2027")
KINDS = ("speaker", "session", "party", "interpreter", "room")
SYLLABLES = [
    ("ba", "با", "ба"), ("gil", "گیل", "гил"), ("ra", "را", "ра"), ("shi", "شی", "ши"), ("man", "مان", "ман"),
    ("do", "دو", "до"), ("kha", "خا", "ха"), ("tur", "تور", "тур"), ("lan", "لان", "лан"), ("vi", "وی", "ви"),
    ("sar", "سار", "сар"), ("mi", "می", "ми"), ("zan", "زان", "зан"), ("pu", "پو", "пу"), ("chal", "چال", "чал"),
    ("ne", "نه", "не"), ("far", "فار", "фар"), ("jo", "جو", "джо"), ("go", "گو", "го"), ("tai", "تای", "тай"),
]  # fmt: skip
COMMON = (("Region", "استان", "область"), ("Hall", "تالار", "зал"), ("Office", "دفتر", "бюро"))
LANGUAGES = ("en", "fa", "ru")


def _name(chance: random.Random) -> list[str]:
    parts = [chance.choice(SYLLABLES) for _ in range(chance.randint(2, 4))]
    return ["".join(part[number] for part in parts) for number in range(3)]


def items() -> Iterator[Item]:
    """Yield the things; half bear a common word, a third lack their Russian wording."""
    chance = random.Random(1)
    for number in range(N_THINGS):
        words = [_name(chance), _name(chance)]
        if number % 2:
            words.insert(0, list(chance.choice(COMMON)))
        title = {code: " ".join(word[place].capitalize() for word in words) for place, code in enumerate(LANGUAGES)}
        if number % 3 == 0:
            del title["ru"]
        kind = KINDS[number % len(KINDS)]
        text = Text(title)
        yield Item(SCOPES[number % len(SCOPES)], kind, f"{kind}-{number}", text, {"name": text})


def _measured(name: str, act: Callable[[], object], loop: float) -> None:
    spans = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act()
        spans.append((time.perf_counter() - start) * 1000 * REFERENCE_MS / loop)
    with CaptureQueriesContext(connection) as captured:
        found = act()
    print(f"{name:58}{median(spans):9.2f}{max(spans):9.2f}{len(captured):9d}   {found}", flush=True)


def _fill(loop: float) -> None:
    for scope in SCOPES:
        operations.set_languages(scope=scope, languages=LANGUAGES, fallbacks=["en"], at=AT)
    start = time.process_time()
    operations.note(items(), at=AT)
    taken = (time.process_time() - start) * 1000 * REFERENCE_MS / loop
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"Noting all of them: {taken / 1000:.0f} s of CPU, scaled, and at most {peak} MB.")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def measure(loop: float) -> None:
    """Print how long each question takes, the worst ones among them."""
    print(f"{'question':58}{'median':>9}{'worst':>9}{'queries':>9}   found")
    searches = {
        "a name": "Gilman Bara",
        "a name in another script": "گیلمان بارا",
        "a beginning": "gilm",
        "one letter": "g",
        "one letter, another script": "گ",
        "a very common word": "region",
        "a very common word, another script": "область",
        "two common beginnings": "re b",
        "many words": "region gilmanba ramando khaturlan visarmi zanpuchal nefarjo gotai",
        "nothing": "qwwxzt",
        "sounds only": "Gylmān Barah",
    }
    for name, words in searches.items():
        _measured(f"search: {name}", lambda words=words: len(queries.search(words)), loop)
    _measured("search: one letter, of one kind", lambda: len(queries.search("g", kinds=["room"])), loop)
    _measured("search: common word, one edition", lambda: len(queries.search("region", scopes=SCOPES[:1])), loop)
    scope, kind = SCOPES[0], KINDS[0]
    for name, language, descending, start in (
        ("first page in Persian", "fa", False, 0),
        ("last page in Russian, from the end", "ru", True, 0),
        ("page 100 in English", "en", False, 100 * PAGE),
    ):
        _measured(
            name,
            lambda language=language, descending=descending, start=start: len(
                queries.in_order(scope, kind, language, descending=descending)[start : start + PAGE]
            ),
            loop,
        )
    for name, words in (("rare", "gilmanb"), ("common", "region"), ("one letter", "g")):
        among = queries.matching(scope, kind, words)
        _measured(f"count of what matches: {name}", lambda among=among: among.count(), loop)
        _measured(
            f"first page of what matches: {name}",
            lambda among=among: len(queries.in_order(scope, kind, "fa", slugs=among)[:PAGE]),
            loop,
        )
    work = (WordingState.MISSING, WordingState.BEHIND)
    wanting = queries.wordings(scope, language="ru", states=work)
    _measured("wordings missing or behind in Russian: count", wanting.count, loop)
    _measured("wordings missing or behind in Russian: first page", lambda: len(wanting[:PAGE]), loop)
    _measured("counts by language and state", lambda: len(queries.wording_counts(scope)), loop)


if __name__ == "__main__":
    speed = float(sys.argv[1])
    call_command("migrate", verbosity=0)
    if not queries.wordings(SCOPES[0])[:1]:
        _fill(speed)
    measure(speed)
