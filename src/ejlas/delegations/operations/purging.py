"""Removing what is personal once its last day has passed, in batches, with the proof of what was removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.files import operations as files
from ejlas.core.files.models import StoredFile
from ejlas.delegations.models import Badge, GateRequest, Person, Presence, Request, Scan, Upload
from ejlas.delegations.operations.gate import photos
from ejlas.delegations.operations.passes import lists
from ejlas.delegations.queries import privacy as held
from ejlas.delegations.rules import privacy
from ejlas.forum.models import Edition

EVENT, KIND = "delegations.personal.purged", "personal"
BATCH = 500
_NEEDS = frozenset({"diet", "health"})


@dataclass(frozen=True, slots=True)
class Purged:
    """What became of one part of what is personal at an edition.

    Parameters
    ----------
    part : a field of the house's retention, requests, uploads, or a part of what gates keep
    kept_until : its last day; is_due : whether that has passed
    n_removed : of how many people, or how many files and rows; in a dry run, of how many it would be
    n_left : what was still there when it was read again, which proves the removal; what stands, where it is not due
    """

    edition: str
    part: str
    kept_until: date
    is_due: bool
    n_removed: int
    n_left: int

    @property
    def is_proven(self) -> bool:
        """Whether nothing is left of what had to go."""
        return not self.is_due or self.n_left == 0


class _Part(Protocol):
    """A part of what is personal: where it stands, and how a few of it are removed."""

    def standing(self) -> list[int]:
        """Return the keys of the rows in which something stands."""

    def empty(self, keys: Sequence[int], *, at: datetime) -> list[str]:
        """Remove what stands in these rows; return the names of the files that went."""


@dataclass(frozen=True, slots=True)
class _Columns:
    edition: Edition
    names: tuple[str, ...]

    def standing(self) -> list[int]:
        return held.people_holding(self.edition, self.names)

    def empty(self, keys: Sequence[int], *, at: datetime) -> list[str]:
        # A form that was opened before would write the old values back: its revision is no longer the one that stands.
        emptied: dict[str, Any] = dict.fromkeys(self.names, "")
        people = Person.objects.filter(pk__in=keys)
        people.update(**emptied, revision=F("revision") + 1)
        for name in _NEEDS.intersection(self.names):
            # That anything was said of somebody's needs goes with the last of what was said.
            (other,) = _NEEDS - {name}
            still = [person.pk for person in people.only(other) if getattr(person, other)]
            people.exclude(pk__in=still).update(has_needs=False)
        return []


@dataclass(frozen=True, slots=True)
class _Files:
    edition: Edition
    part: str

    def standing(self) -> list[int]:
        return list(held.files_kept(self.edition, self.part).order_by("pk").values_list("pk", flat=True))

    def empty(self, keys: Sequence[int], *, at: datetime) -> list[str]:
        names = [files.forget(file, at=at).key for file in StoredFile.objects.filter(pk__in=keys).order_by("pk")]
        if self.part == privacy.PHOTO:
            # The gates learn with their next list that these faces are no longer shown.
            shown = photos.forget_kept(files_gone=keys)
            if shown:
                lists.note_badges(self.edition, shown)
            with_photo = Person.objects.filter(photo__in=keys)
            with_photo.update(photo=None, photo_taken_on=None, revision=F("revision") + 1)
        return names


@dataclass(frozen=True, slots=True)
class _Requests:
    edition: Edition

    def standing(self) -> list[int]:
        return held.requests_holding(self.edition)

    def empty(self, keys: Sequence[int], *, at: datetime) -> list[str]:
        Request.objects.filter(pk__in=keys).update(wanted="")
        return []


@dataclass(frozen=True, slots=True)
class _Uploads:
    edition: Edition

    def standing(self) -> list[int]:
        return held.uploads_of(self.edition)

    def empty(self, keys: Sequence[int], *, at: datetime) -> list[str]:
        Upload.objects.filter(pk__in=keys).delete()
        return []


@dataclass(frozen=True, slots=True)
class _Scans:
    edition: Edition

    def standing(self) -> list[int]:
        return held.scans_of(self.edition)

    def empty(self, keys: Sequence[int], *, at: datetime) -> list[str]:
        Scan.objects.filter(pk__in=keys).delete()
        still = Scan.objects.filter(badge=OuterRef("badge"), zone=OuterRef("zone"))
        Presence.objects.filter(~Exists(still), zone__edition=self.edition).delete()
        return []


@dataclass(frozen=True, slots=True)
class _WalkIns:
    edition: Edition

    def standing(self) -> list[int]:
        return held.walk_ins_holding(self.edition)

    def empty(self, keys: Sequence[int], *, at: datetime) -> list[str]:
        GateRequest.objects.filter(pk__in=keys).update(name="", office="", why="", answer="")
        return []


@dataclass(frozen=True, slots=True)
class _Holders:
    edition: Edition

    def standing(self) -> list[int]:
        return held.badges_holding(self.edition)

    def empty(self, keys: Sequence[int], *, at: datetime) -> list[str]:
        Badge.objects.filter(pk__in=keys).update(holder="", issued_to="", revision=F("revision") + 1)
        lists.note_badges(self.edition, keys)
        return []


_OF_GATES: Mapping[str, Callable[[Edition], _Part]] = {
    privacy.SCANS: _Scans,
    privacy.WALK_INS: _WalkIns,
    privacy.HOLDERS: _Holders,
}


def _part_of(edition: Edition, name: str) -> _Part:
    if name in privacy.COLUMNS:
        return _Columns(edition, privacy.COLUMNS[name])
    if name in _OF_GATES:
        return _OF_GATES[name](edition)
    if name == privacy.REQUESTS:
        return _Requests(edition)
    return _Uploads(edition) if name == privacy.UPLOADS else _Files(edition, name)


def purge(*, editions: Iterable[Edition], by: User, at: datetime, dry_run: bool = False) -> Iterator[Purged]:
    """Remove what may no longer be kept, part by part, and yield what became of each.

    Every batch is a transaction of its own with a line of the trail, which holds counts and the names of files and
    nothing of a person: a purge that was killed goes on when it is called again, and what it had done stands written.
    """
    for edition in editions:
        for name, last_day in privacy.last_days(edition.settings, edition.ends_on).items():
            part = _part_of(edition, name)
            standing = part.standing()
            is_due = privacy.is_over(last_day, at.astimezone(edition.zone))
            if not is_due or dry_run:
                n_due = len(standing) if is_due else 0
                yield Purged(edition.slug, name, last_day, is_due, n_due, len(standing))
                continue
            for first in range(0, len(standing), BATCH):
                keys = standing[first : first + BATCH]
                _purge(part, keys, edition=edition, name=name, last_day=last_day, by=by, at=at)
            n_left = len(part.standing()) if standing else 0
            yield Purged(edition.slug, name, last_day, is_due, len(standing) - n_left, n_left)


@transaction.atomic
def _purge(
    part: _Part, keys: Sequence[int], *, edition: Edition, name: str, last_day: date, by: User, at: datetime
) -> None:
    gone = part.empty(keys, at=at)
    values = {"kept_until": last_day.isoformat(), "n_removed": len(keys), "files": gone}
    audit.record([Entry(EVENT, KIND, name, values)], scope=edition.slug, by=by.name, at=at)
