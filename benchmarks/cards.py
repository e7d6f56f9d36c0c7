"""Five thousand badges with photo and code as files of 500: seconds, and the memory of all processes together."""

from __future__ import annotations

import io
import os
import resource
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.machine import Yardstick

if TYPE_CHECKING:
    from ejlas.exports.cards.values import CardValues

N_CARDS = 5_000
N_PHOTOS = 500
MUST_SECONDS, AIM_SECONDS, MUST_MEGABYTES = 30, 15, 800
_EVERY_SECONDS = 0.1


def run(yardstick: Yardstick) -> None:
    """Measure the badges set by two processes in files of 500, beside all of them set by one in a single file."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
    django.setup()

    photos = [_photo(number) for number in range(N_PHOTOS)]
    print(f"\n{N_CARDS} badges of A6, printed on both sides in Persian, with photo, code and names in three scripts.")
    print(f"{'way':34}{'files':>7}{'s':>8}{'unscaled':>10}{'s of CPU':>10}{'kB a card':>11}{'MB, all processes':>19}")
    _show(yardstick, "two processes, files of 500", photos, n_children=2, most=500)
    _show(yardstick, "one process, one file", photos, n_children=1, most=N_CARDS)
    print(f"At most {MUST_SECONDS} s (aim {AIM_SECONDS} s) and {MUST_MEGABYTES} MB on two cores.")


def _show(yardstick: Yardstick, name: str, photos: list[bytes], *, n_children: int, most: int) -> None:
    from ejlas.delegations.rules.passes import card_standards
    from ejlas.exports.cards import printing
    from tests.factories.cards import AT, CASPIAN

    design = card_standards.by_slug(CASPIAN.languages)[card_standards.BADGE].design
    yardstick.renew()
    cpu, start = _cpu(), time.perf_counter()
    with _memory_watched() as peak:
        made = [
            len(body)
            for body in printing.render(
                _cards(photos),
                design,
                edition=CASPIAN,
                language="fa",
                at=AT,
                n_children=n_children,
                most_in_file=most,
            )
        ]
    seconds, cpu = time.perf_counter() - start, _cpu() - cpu
    print(
        f"{name:34}{len(made):7}{yardstick.scaled(seconds * 1000) / 1000:8.1f}{seconds:10.1f}"
        f"{yardstick.scaled(cpu * 1000) / 1000:10.1f}{sum(made) / N_CARDS / 1000:11.1f}{max(peak):19.0f}",
        flush=True,
    )


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _cards(photos: list[bytes]) -> Iterator[CardValues]:
    from tests.factories.cards import head, long_words

    usual, long = head(with_photo=False), long_words()
    for number in range(N_CARDS):
        # Every tenth has a name and an office as long as they come.
        person = usual if number % 10 else long
        yield replace(
            person,
            number=f"{number:05}",
            passport_name=f"{person.passport_name} {number}",
            photo=photos[number % N_PHOTOS],
            code=f"{number:05}{person.code[5:]}",
        )


def _photo(number: int) -> bytes:
    """Return a portrait of 600 by 800 that no other card has: a drawn head in a light of its own."""
    from PIL import Image, ImageEnhance

    from tests.factories import faces

    drawn = faces.portrait(faces.Face(seed=number % 8, beard=bool(number % 2)), width=600, height=800)
    lit = ImageEnhance.Brightness(Image.open(io.BytesIO(drawn))).enhance(0.75 + number / N_PHOTOS / 2)
    return faces.saved(lit, "JPEG", quality=88)


@contextmanager
def _memory_watched() -> Iterator[list[float]]:
    """Note again and again how many MB this process and its children hold together; what they share counts once."""
    seen, is_over = [0.0], threading.Event()

    def watch() -> None:
        while not is_over.wait(_EVERY_SECONDS):
            seen.append(sum(map(_megabytes, _family(os.getpid()))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        is_over.set()
        watcher.join()


def _family(parent: int) -> list[int]:
    found = [parent]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # It has just ended.
        if int(fields[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def _megabytes(process: int) -> float:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0.0)
