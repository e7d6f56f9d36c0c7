"""Official letters on paper, for a word processor, and a list of 5,000 rows; seconds, scaled."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from benchmarks.machine import Yardstick

if TYPE_CHECKING:
    from ejlas.exports.letters import LetterPaper

N_LETTERS = 200
N_DOCUMENTS = 20
N_ROWS = 5_000
AT = datetime(2025, 10, 7, 8, 30, tzinfo=UTC)
LANGUAGES = ("fa", "ru", "en", "az", "tk", "kk")


def run(yardstick: Yardstick) -> None:
    """Measure and print one table; CPU is that of this process and of the one that sets the papers."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ejlas.config.settings")
    django.setup()
    from ejlas.exports import letter_docx, letter_pdf

    letters = [_letter(LANGUAGES[number % len(LANGUAGES)], number) for number in range(N_LETTERS)]
    print(f"\nInvitations of one page in {len(LANGUAGES)} languages; a list of {N_ROWS} rows and 8 columns.")
    print(f"{'document':28}{'s':>8}{'s of CPU':>10}{'each, kB':>10}{'MB of memory':>14}")
    _show(yardstick, f"{N_LETTERS} letters as PDF", lambda: letter_pdf.letters_pdf(letters))
    some = letters[:N_DOCUMENTS]
    _show(yardstick, f"{N_DOCUMENTS} letters as DOCX", lambda: [letter_docx.letter_docx(letter) for letter in some])
    _show(yardstick, f"list of {N_ROWS} rows as PDF", lambda: [_list()])


def _show(yardstick: Yardstick, name: str, work: Callable[[], list[bytes]]) -> None:
    yardstick.renew()
    cpu, start = _cpu(), time.perf_counter()
    made = work()
    seconds, cpu = time.perf_counter() - start, _cpu() - cpu
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    size = sum(map(len, made)) / len(made) / 1000
    print(
        f"{name:28}{yardstick.scaled(seconds):8.2f}{yardstick.scaled(cpu):10.2f}{size:10.0f}{memory:14.0f}", flush=True
    )


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _letter(language: str, number: int) -> LetterPaper:
    from ejlas.core import calendars
    from ejlas.delegations.rules.letter_texts import text_of
    from ejlas.delegations.rules.letters import PLACEHOLDERS, LetterKind, fill
    from ejlas.exports.letters import LetterPaper

    values = {name: f"{name.replace('_', ' ')} {number}" for name in PLACEHOLDERS}
    values["portal"] = f"https://summit.example.org/{language}/portal/"
    text = text_of(LetterKind.INVITATION, language)
    paper = LetterPaper(
        language=language,
        written_at=AT,
        edition="First Meeting of Governors of the Coastal Provinces",
        host=("Governor's Office", "Secretariat"),
        number=f"1404/{number:03}",
        dates=calendars.format_dates(AT.date(), language, ["solar_hijri"]),
        subject=fill(text.subject, values),
        body=fill(text.body, values),
        closing=text.closing,
        signatory_office="Governor",
        signatory_name="Arash Nemuneh",
    )
    return replace(paper, addressee=(f"Office {number}", f"Name {number}"), place="Rasht")


def _list() -> bytes:
    from ejlas.exports import table_pdf

    heads = ("No.", "Name", "Preferred", "Office", "Party", "E-mail", "State", "Date")
    row = ("VOLGIN IGOR", "ولگین ایگور", "Adviser", "Astrakhan Region", "igor@delegation.example.org", "approved")
    rows = [(str(number), *row, "2025-10-07") for number in range(N_ROWS)]
    return table_pdf.render(title="Delegations", heads=heads, rows=rows, language="fa", printed_at=AT)
