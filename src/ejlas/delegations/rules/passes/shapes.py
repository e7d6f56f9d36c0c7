"""What a device sends: scans and requests in JSON, read field by field; a fault names the field in which it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NoReturn, TypeVar
from uuid import UUID

from ejlas.delegations.rules.passes.scans import MOST_IN_BATCH, MOST_SKEW_MS, MOST_TEXT, Answer, By, Way
from ejlas.delegations.rules.passes.verdicts import Reason, Verdict

MOST_NUMBER, MOST_PRINT, MOST_SEQ = 2**24 - 1, 127, 2**31 - 1
MOST_GUESTS, MOST_NOTE, MOST_NAME, MOST_WHY, MOST_SLUG = 1000, 300, 200, 1000, 60
E = TypeVar("E", bound=StrEnum)


class Misshapen(ValueError):
    """What came is not what a device sends; `at` names the field."""

    def __init__(self, at: str) -> None:
        super().__init__(at)
        self.at = at


@dataclass(frozen=True, slots=True)
class Delivered:
    """A scan as a device delivers it; gate and zone by their slugs."""

    scan_id: UUID
    seq: int
    gate: str
    zone: str
    way: Way
    number: int | None
    print_number: int | None
    text: str
    verdict: Verdict
    reason: Reason
    answer: Answer
    by: By
    at: datetime
    skew_ms: int
    is_offline: bool
    group: UUID | None
    n_guests: int
    note: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody at a gate who is on no list, as a device asks for them."""

    request_id: UUID
    name: str
    office: str
    why: str


def read_batch(value: Any) -> tuple[UUID, list[Delivered]]:
    """Return the queue to which scans belong, and these. Raises Misshapen."""
    fields = _Fields(value, "")
    scans = fields.value("scans")
    if not isinstance(scans, list) or not 0 < len(scans) <= MOST_IN_BATCH:
        raise Misshapen("scans")
    read = [_scan(_Fields(each, f"scans[{place}]")) for place, each in enumerate(scans)]
    seen: set[UUID] = set()
    for place, each in enumerate(read):
        if each.scan_id in seen:
            raise Misshapen(f"scans[{place}].id")
        seen.add(each.scan_id)
    return fields.uuid("run"), read


def read_request(value: Any) -> Asked:
    """Return a request of somebody on no list. Raises Misshapen."""
    fields = _Fields(value, "")
    name = fields.text("name", MOST_NAME).strip()
    if not name:
        raise Misshapen("name")
    why = fields.text("reason", MOST_WHY).strip()
    return Asked(fields.uuid("id"), name, fields.text("office", MOST_NAME).strip(), why)


def read_enrolment(value: Any) -> tuple[str, str]:
    """Return the name of a device, and the slug of its gate. Raises Misshapen."""
    fields = _Fields(value, "")
    name = fields.text("name", 100).strip()
    if not name:
        raise Misshapen("name")
    return name, fields.text("gate", MOST_SLUG)


def moment(said: str, at: str) -> datetime:
    """Return the moment that a device wrote. Raises Misshapen, which names `at`."""
    try:
        found = datetime.fromisoformat(said)
    except ValueError:
        raise Misshapen(at) from None
    if found.tzinfo is None or not 1970 <= found.year < 3000:
        raise Misshapen(at)
    return found.astimezone(UTC)


def _scan(fields: _Fields) -> Delivered:
    return Delivered(
        scan_id=fields.uuid("id"),
        seq=fields.number("seq", 1, MOST_SEQ),
        gate=fields.text("gate", MOST_SLUG),
        zone=fields.text("zone", MOST_SLUG),
        way=fields.word("way", Way),
        number=fields.maybe("n", lambda name: fields.number(name, 0, MOST_NUMBER)),
        print_number=fields.maybe("p", lambda name: fields.number(name, 0, MOST_PRINT)),
        text=fields.text("text", MOST_TEXT),
        verdict=fields.word("verdict", Verdict),
        reason=fields.word("reason", Reason),
        answer=fields.word("answer", Answer),
        by=fields.word("by", By),
        at=fields.moment("at"),
        skew_ms=fields.number("skew_ms", -MOST_SKEW_MS, MOST_SKEW_MS, is_cut=True),
        is_offline=fields.flag("offline"),
        group=fields.maybe("group", fields.uuid),
        n_guests=fields.number("guests", 0, MOST_GUESTS),
        note=fields.text("note", MOST_NOTE),
    )


class _Fields:
    """The fields of an object, each read as what it must be."""

    def __init__(self, value: Any, path: str) -> None:
        if not isinstance(value, Mapping):
            raise Misshapen(path)
        self._value, self._path = value, path

    def wrong(self, name: str) -> NoReturn:
        raise Misshapen(f"{self._path}.{name}" if self._path else name)

    def value(self, name: str) -> Any:
        if name not in self._value:
            self.wrong(name)
        return self._value[name]

    def maybe(self, name: str, read: Callable[[str], Any]) -> Any:
        return None if self.value(name) is None else read(name)

    def text(self, name: str, most: int) -> str:
        value = self.value(name)
        if not isinstance(value, str) or len(value) > most:
            self.wrong(name)
        return _storable(value)

    def number(self, name: str, least: int, most: int, *, is_cut: bool = False) -> int:
        value = self.value(name)
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(name)
        if not least <= value <= most and not is_cut:
            self.wrong(name)
        return min(max(value, least), most)

    def flag(self, name: str) -> bool:
        value = self.value(name)
        if not isinstance(value, bool):
            self.wrong(name)
        return value

    def word(self, name: str, words: type[E]) -> E:
        value = self.value(name)
        try:
            return words(value)
        except ValueError:
            self.wrong(name)

    def uuid(self, name: str) -> UUID:
        value = self.value(name)
        if not isinstance(value, str) or len(value) != 36:
            self.wrong(name)
        try:
            return UUID(value)
        except ValueError:
            self.wrong(name)

    def moment(self, name: str) -> datetime:
        value = self.value(name)
        if not isinstance(value, str):
            self.wrong(name)
        return moment(value, f"{self._path}.{name}" if self._path else name)


def _storable(text: str) -> str:
    """Return a text as any database keeps it: a code of somebody else's may hold signs that none does."""
    return text.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")
