"""A plan that was sent, understood: its good rows as values, its faults each with row and field."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from ejlas.core.errors import RuleBroken, marked
from ejlas.delegations.rules import days
from ejlas.delegations.rules.folding import ascii_digits, folded, tidy
from ejlas.readiness.rules.circles import circle
from ejlas.readiness.rules.plan.headings import PlanField
from ejlas.readiness.rules.plan.values import Sent
from ejlas.readiness.rules.states import EvidenceKind
from ejlas.readiness.rules.template.values import Estimate

MOST_DAYS = 3_000
LONGEST_NAME, LONGEST_PERSON = 500, 200

NAME_MISSING = marked("Say what is owed.")
TOO_LONG = marked("This is too long: at most %(most)d letters.")
NO_NUMBER = marked("“%(typed)s” cannot be read as a number of working days.")
OUT_OF_BOUNDS = marked("%(typed)s working days are too many: at most %(most)d.")
OUT_OF_ORDER = marked("The estimate rises from the least to the most.")
DUE_BEFORE_START = marked("It is due before it may begin.")
UNKNOWN_BEFORE = marked("There is no row “%(typed)s” in this plan.")
AFTER_ITSELF = marked("“%(name)s” would wait for itself.")
UNREADABLE_BEFORE = marked("“%(typed)s” cannot be read: write the numbers of rows, as in 3, 5+2.")
OTHER_KIND = marked(
    "“%(name)s” hangs on %(before)s by a link of the kind %(kind)s: only links from an end to a beginning are taken. "
    "Change it here or in the plan."
)
SHARE_OF_LENGTH = marked("“%(name)s” waits for a share of the length of %(before)s: write working days instead.")
IN_CIRCLE = marked("These would wait for one another for ever: %(way)s.")
SAME_NUMBER = marked("Another row has the number %(typed)s too.")
UNKNOWN_EVIDENCE = marked("“%(typed)s” is no kind of evidence: write photo, document or inspection.")

_LENGTH = re.compile(r"(\d+(?:[.,٫]\d+)?)\s*([^\d\s?]*)[^\d]*")
_WEEK = ("w", "нед", "هفته", "həftə", "hefte", "hepde", "апта", "sem")
_HOUR = ("h", "ч", "ساعت", "saat", "sagat", "сағ")
_HOURS_A_DAY, _DAYS_A_WEEK = 8, 5
_PARTED = re.compile(r"[;,،؛\n]+")
_BEFORE = re.compile(r"(?P<key>.+?)\s*(?P<kind>FS|SS|FF|SF|ОН|НН|ОО|НО)?\s*(?:(?P<lag>[+-]\s*\d+)\s*(?P<unit>\D*))?")
_FS = frozenset({"", "FS", "ОН"})
_AMOUNT = re.compile(r"(.+?)\s*(?:[x×*]\s*(\d+)|\[(\d+)\s*%\])")
_EVIDENCE = {
    EvidenceKind.PHOTO: ("photo", "foto", "фото", "عکس", "surat", "сурет", "şəkil"),
    EvidenceKind.DOCUMENT: ("doc", "док", "سند", "مدرک", "sənəd", "resmi", "құжат"),
    EvidenceKind.INSPECTION: ("insp", "провер", "осмотр", "بازرسی", "بازدید", "yoxla", "baxış", "barlag", "тексер"),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a field of a row: a sentence marked for translation, and its values."""

    row: int
    column: PlanField
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Return the sentence in the language of `translate`."""
        return translate(self.message) % self.values


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A row of a plan as values; `after` and `uses` name rows by their number in the file, and resources by name."""

    number: int
    name: str
    estimate: Estimate
    detail: str = ""
    workstream: str = ""
    body: str = ""
    responsible: str = ""
    start: date | None = None
    due: date | None = None
    after: Mapping[int, int] = field(default_factory=dict)
    uses: Mapping[str, int] = field(default_factory=dict)
    evidence: tuple[EvidenceKind, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """The rows of a plan that are not left out, and what is wrong in them."""

    rows: tuple[PlanRow, ...]
    faults: tuple[Fault, ...]

    def named(self, what: Callable[[PlanRow], str]) -> tuple[str, ...]:
        """Return the names that rows give to something, each once, in the order of the rows."""
        return tuple(dict.fromkeys(filter(None, map(what, self.rows))))


def understand(sent: Sent) -> Understood:
    """Read every row of a plan; nothing in it raises."""
    return _Reading(sent).run()


@dataclass(slots=True)
class _Reading:
    sent: Sent
    faults: list[Fault] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    row: int = 0

    def run(self) -> Understood:
        numbers = [number for number in self.sent.rows if number not in self.sent.left_out]
        self._index(numbers)
        rows = tuple(map(self._row, numbers))
        self._refuse_circle(rows)
        return Understood(rows, tuple(sorted(self.faults, key=lambda fault: fault.row)))

    def _index(self, numbers: Iterable[int]) -> None:
        """Note by which words rows may be named: their own number, else their place; and their name."""
        for place, self.row in enumerate(numbers, start=1):
            own = self._words(PlanField.NUMBER)
            key = folded(own) or (str(place) if PlanField.NUMBER not in self.sent.columns.values() else "")
            if key and key in self.keys:
                self._refuse(PlanField.NUMBER, SAME_NUMBER, typed=own)
            elif key:
                self.keys[key] = self.row
            self.names.setdefault(folded(self._words(PlanField.NAME)), self.row)

    def _words(self, wanted: PlanField) -> str:
        return tidy(self.sent.value(self.row, wanted))

    def _refuse(self, at: PlanField, message: str, **values: object) -> None:
        self.faults.append(Fault(self.row, at, message, values))

    def _row(self, number: int) -> PlanRow:
        self.row = number
        start, due = self._day(PlanField.START), self._day(PlanField.DUE)
        if start and due and due < start:
            self._refuse(PlanField.DUE, DUE_BEFORE_START)
        name = self._short(PlanField.NAME, LONGEST_NAME)
        if not name:
            self._refuse(PlanField.NAME, NAME_MISSING)
        return PlanRow(
            number=number,
            name=name,
            estimate=self._estimate(),
            detail=self.sent.value(number, PlanField.DETAIL).strip(),
            workstream=self._short(PlanField.WORKSTREAM, LONGEST_NAME),
            body=self._short(PlanField.BODY, LONGEST_NAME),
            responsible=self._short(PlanField.RESPONSIBLE, LONGEST_PERSON),
            start=start,
            due=due,
            after=self._after(),
            uses=self._uses(),
            evidence=self._evidence(),
            note=self.sent.value(number, PlanField.NOTE).strip(),
        )

    def _short(self, wanted: PlanField, most: int) -> str:
        words = self._words(wanted)
        if len(words) > most:
            self._refuse(wanted, TOO_LONG, most=most)
        return words[:most]

    def _day(self, wanted: PlanField) -> date | None:
        words = self._words(wanted)
        if not words:
            return None
        try:
            return days.parse(words)
        except RuleBroken as broken:
            self._refuse(wanted, broken.message, **broken.values)
            return None

    def _length(self, wanted: PlanField) -> int | None:
        words = self._words(wanted)
        if not words:
            return None
        found = _LENGTH.fullmatch(ascii_digits(words))
        if found is None:
            self._refuse(wanted, NO_NUMBER, typed=words)
            return None
        number, unit = float(found[1].replace(",", ".").replace("٫", ".")), found[2].casefold()
        if unit.startswith(_WEEK):
            number *= _DAYS_A_WEEK
        elif unit.startswith(_HOUR):
            number /= _HOURS_A_DAY
        if number > MOST_DAYS:
            self._refuse(wanted, OUT_OF_BOUNDS, typed=words, most=MOST_DAYS)
            return None
        return math.ceil(number - 1e-6)

    def _estimate(self) -> Estimate:
        least, likely, most = map(self._length, (PlanField.LEAST, PlanField.LIKELY, PlanField.MOST))
        given = [each for each in (likely, least, most) if each is not None]
        middle = given[0] if given else 1
        if likely is None and least is not None and most is not None:
            middle = (least + most) // 2
        found = (middle if least is None else least, middle, middle if most is None else most)
        if list(found) != sorted(found):
            self._refuse(PlanField.LIKELY, OUT_OF_ORDER)
            return Estimate(*sorted(found))
        return Estimate(*found)

    def _after(self) -> dict[int, int]:
        found: dict[int, int] = {}
        for part in filter(None, map(str.strip, _PARTED.split(ascii_digits(self._words(PlanField.AFTER))))):
            pair = self._before(part)
            if pair is not None:
                found[pair[0]] = pair[1]
        return found

    def _before(self, part: str) -> tuple[int, int] | None:
        """Return the row that comes before, and the working days between; None where that cannot be taken."""
        whole = self._known(part)
        if whole is not None:
            return self._other_than_itself(whole, 0)
        found, name = _BEFORE.fullmatch(part), self._words(PlanField.NAME)
        row = self._known(found["key"]) if found else None
        if found is None or row is None:
            is_number = part.isdecimal() or (found is not None and found["key"].isdecimal())
            message = UNKNOWN_BEFORE if is_number or found is None else UNREADABLE_BEFORE
            self._refuse(PlanField.AFTER, message, typed=part)
            return None
        before = self._called(row)
        if (found["kind"] or "") not in _FS:
            self._refuse(PlanField.AFTER, OTHER_KIND, name=name, before=before, kind=found["kind"])
            return None
        unit = (found["unit"] or "").strip().casefold()
        if unit.startswith("%"):
            self._refuse(PlanField.AFTER, SHARE_OF_LENGTH, name=name, before=before)
            return None
        lag = int((found["lag"] or "0").replace(" ", ""))
        lag = lag * _DAYS_A_WEEK if unit.startswith(_WEEK) else lag
        if abs(lag) > MOST_DAYS:
            self._refuse(PlanField.AFTER, OUT_OF_BOUNDS, typed=lag, most=MOST_DAYS)
            return None
        return self._other_than_itself(row, lag)

    def _known(self, words: str) -> int | None:
        key = folded(words)
        return self.keys.get(key, self.names.get(key) if key else None)

    def _called(self, row: int) -> str:
        return tidy(self.sent.value(row, PlanField.NAME)) or str(row)

    def _other_than_itself(self, row: int, lag: int) -> tuple[int, int] | None:
        if row == self.row:
            self._refuse(PlanField.AFTER, AFTER_ITSELF, name=self._called(row))
            return None
        return row, lag

    def _uses(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for part in filter(None, map(str.strip, _PARTED.split(ascii_digits(self._words(PlanField.USES))))):
            told = _AMOUNT.fullmatch(part)
            amount = int(told[2] or math.ceil(int(told[3]) / 100)) if told else 1
            found[(told[1] if told else part)[:LONGEST_NAME]] = min(max(amount, 1), 10_000)
        return found

    def _evidence(self) -> tuple[EvidenceKind, ...]:
        found = []
        for part in filter(None, map(str.strip, _PARTED.split(self._words(PlanField.EVIDENCE)))):
            kind = next((kind for kind, stems in _EVIDENCE.items() if part.casefold().startswith(stems)), None)
            if kind is None:
                self._refuse(PlanField.EVIDENCE, UNKNOWN_EVIDENCE, typed=part)
            else:
                found.append(kind)
        return tuple(dict.fromkeys(found))

    def _refuse_circle(self, rows: Iterable[PlanRow]) -> None:
        followers: dict[int, list[int]] = {}
        for row in rows:
            for before in row.after:
                followers.setdefault(before, []).append(row.number)
        way = circle(followers)
        if way:
            self.row = way[0]
            self._refuse(PlanField.AFTER, IN_CIRCLE, way=f"\u2068{' › '.join(map(self._called, way))}\u2069")
