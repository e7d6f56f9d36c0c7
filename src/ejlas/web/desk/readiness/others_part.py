"""The rest of the summit on the page “Are we ready?”: what of it is late or open, what is ready, and where to act."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from ejlas.exports.ready_parts import LEVELS, PARTS, sentence
from ejlas.planning.queries.ready.others import other_parts
from ejlas.planning.rules.ready.others import Level, OtherKind, OtherPart
from ejlas.web.ui.reading import Reader

# Of each part the page that answers it, and what it is asked.
_PAGES: Mapping[OtherKind, tuple[str, str]] = {
    OtherKind.INVITATIONS_UNSENT: ("letter-list", "kind=invitation"),
    OtherKind.INVITATIONS_UNANSWERED: ("letter-list", "kind=invitation&state=sent"),
    OtherKind.HEADS_UNKNOWN: ("party-list", "head_attendance=unknown"),
    OtherKind.LETTERS_WAITING: ("letter-list", ""),
    OtherKind.LISTS_MISSING: ("delegation-list", "kind=party"),
    OtherKind.LISTS_UNCONFIRMED: ("delegation-list", "kind=party"),
    OtherKind.PEOPLE_UNDECIDED: ("person-list", ""),
    OtherKind.PEOPLE_LACKING: ("person-list", "state=approved&is_lacking=1"),
    OtherKind.PEOPLE_WITHOUT_PASS: ("person-list", "state=approved"),
    OtherKind.CARDS_UNPRINTED: ("badge-list", "state=approved"),
    OtherKind.ROOMS_WITHOUT_SEATS: ("room-list", "sort=seats"),
    OtherKind.HALLS_UNSAID: ("room-list", "kind=hall"),
    OtherKind.HALLS_FULL: ("room-list", "kind=hall"),
    OtherKind.SESSIONS_UNSPOKEN: ("session-list", ""),
    OtherKind.BILATERALS_UNPLACED: ("bilateral-list", ""),
    OtherKind.BILATERALS_WITHOUT_PLAN: ("plan", ""),
    OtherKind.BILATERALS_UNSPOKEN: ("bilateral-list", "state=placed"),
    OtherKind.WORDINGS: ("translations", ""),
    OtherKind.PUBLICATION: ("publish", ""),
    OtherKind.GATES_WITHOUT_DEVICE: ("gates-now", ""),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One part that is late or open, in words."""

    name: str
    level: str
    level_words: str
    sentence: str
    address: str
    due: tuple[str, ...]


def prepare(user: Any, edition: Any, at: datetime, reader: Reader) -> dict[str, Any] | None:
    """Return what `desk/readiness/parts/others.html` shows, as `others`; None where there is nothing to show."""
    parts = other_parts(edition, user, at=at)
    if not parts:
        return None
    ready = [str(PARTS[part.kind]) for part in parts if part.is_ready]
    return {
        "rows": [_row(part, edition, reader) for part in parts if not part.is_ready],
        "ready": ready,
        "n_ready": reader.number(len(ready)),
        "n_late": reader.number(sum(part.level is Level.LATE for part in parts)),
        "n_parts": reader.number(len(parts)),
    }


def address_of(kind: OtherKind, edition: Any) -> str:
    """Return the address of the page of the desk at which a part is brought nearer."""
    name, query = _PAGES[kind]
    page = reverse(f"desk:{name}", args=[edition.slug])
    return f"{page}?{query}" if query else page


def _row(part: OtherPart, edition: Any, reader: Reader) -> Row:
    return Row(
        name=str(PARTS[part.kind]),
        level=part.level.value,
        level_words=str(LEVELS[part.level]),
        sentence=sentence(part, reader.around),
        address=address_of(part.kind, edition),
        due=reader.dates(part.due_on, "short"),
    )
