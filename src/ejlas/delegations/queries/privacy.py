"""All that is held of one person, why, who may read it and until when; and what of an edition still stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from ejlas.accounts.rules import STAFF, Role
from ejlas.core import secrets
from ejlas.core.audit import queries as audit
from ejlas.core.audit.models import Line
from ejlas.core.changes import plain
from ejlas.core.errors import RuleBroken
from ejlas.core.files.models import StoredFile
from ejlas.delegations.models import SEALED, Badge, GateRequest, Letter, Paper, Person, Request, Scan, Upload
from ejlas.delegations.permissions import READS
from ejlas.delegations.rules import privacy
from ejlas.delegations.rules.privacy import Purpose
from ejlas.forum.models import Edition, Publication

_PLAIN = ("family_name", "given_name", "name", "office", "sex", "nationality", "languages", "note")
# Who reads what is not sealed: all who work at the desk, and vetting.
EVERYONE = tuple(role for role in Role if role in STAFF or role is Role.VETTING)
_MOMENTS = ("submitted_at", "decided_at")


@dataclass(frozen=True, slots=True)
class HeldField:
    """One thing that is known of a person.

    Parameters
    ----------
    value : as JSON can hold it
    readers : the roles of the host that may read it; who files the list reads it too
    kept_until : None for what stays until it is erased
    """

    name: str
    value: Any
    purpose: Purpose
    readers: tuple[Role, ...]
    kept_until: date | None


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file that was sent of a person; `slug` names a paper."""

    name: str
    kind: str
    media_type: str
    n_bytes: int
    added_at: datetime
    added_by: str
    readers: tuple[Role, ...]
    kept_until: date | None
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that is held of a person.

    Parameters
    ----------
    standing : where the person stands: edition, delegation, capacity, state, moments, what was said
    requests : what was asked for about the person after the lock
    letters : the register numbers of letters that name the person
    published : the numbers of the versions of the public site that name the person
    merged : the short names of other entries that were found to be the same person
    lines : the trail about the person, the newest first
    passes, scans : the cards of the person, and what gates answered to them, the newest first
    """

    person: Person
    standing: dict[str, Any]
    fields: tuple[HeldField, ...]
    photo: HeldFile | None
    papers: tuple[HeldFile, ...]
    requests: tuple[dict[str, Any], ...]
    letters: tuple[dict[str, Any], ...]
    published: tuple[int, ...]
    merged: tuple[str, ...]
    lines: tuple[Line, ...]
    passes: tuple[dict[str, Any], ...] = ()
    scans: tuple[dict[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return all of it as JSON can hold it, without the bytes of files."""
        return {
            "person": self.person.slug,
            "standing": self.standing,
            "fields": [_field_json(each) for each in self.fields],
            "photo": _file_json(self.photo) if self.photo else None,
            "papers": [_file_json(each) for each in self.papers],
            "requests": list(self.requests),
            "letters": list(self.letters),
            "published_versions": list(self.published),
            "other_entries": list(self.merged),
            "passes": [_plain(each) for each in self.passes],
            "scans": [_plain(each) for each in self.scans],
            "trail": [
                {
                    "number": line.number,
                    "at": line.at.isoformat(),
                    "by": line.actor,
                    "event": line.event,
                    "values": line.held.values,
                }
                for line in self.lines
            ],
        }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in row.items()}


def _field_json(held: HeldField) -> dict[str, Any]:
    return {
        "field": held.name,
        "value": held.value,
        "purpose": held.purpose.value,
        "read_by": [role.value for role in held.readers],
        "kept_until": held.kept_until.isoformat() if held.kept_until else None,
    }


def _file_json(held: HeldFile) -> dict[str, Any]:
    return {
        "name": held.name,
        "kind": held.kind,
        "media_type": held.media_type,
        "bytes": held.n_bytes,
        "added_at": held.added_at.isoformat(),
        "added_by": held.added_by,
        "read_by": [role.value for role in held.readers],
        "kept_until": held.kept_until.isoformat() if held.kept_until else None,
    }


def all_held(person: Person) -> Held:
    """Return everything that is held of a person. Ten SQL queries at most.

    Who asks has to be allowed to read all of it, and the reading is to be written down: `operations.note_all_read`.
    """
    edition: Edition = person.edition
    days = privacy.last_days(edition.settings, edition.ends_on)
    fields = tuple(_field(person, name, days) for name in (*_PLAIN, *SEALED))
    return Held(
        person=person,
        standing=_standing(person),
        fields=tuple(each for each in fields if each.value),
        photo=_photo(person, days),
        papers=tuple(_paper(each, days) for each in person.papers.select_related("file")),
        requests=tuple(_request(each) for each in person.requests.all()),
        letters=tuple(_letters_naming(person)),
        published=tuple(_versions_naming(person)),
        merged=tuple(each.slug for each in entries_of(person) if each.pk != person.pk),
        lines=tuple(trail_of(person)),
        passes=_passes(person, days[privacy.HOLDERS]),
        scans=_scans(person, days[privacy.SCANS]),
    )


def _field(person: Person, name: str, days: dict[str, date]) -> HeldField:
    value, readers = plain(getattr(person, name)), readers_of(name)
    return HeldField(name, value, privacy.PURPOSES[name], readers, privacy.last_day_of(name, days))


def readers_of(name: str) -> tuple[Role, ...]:
    """Return the roles of the host that may read a field, a photo or papers; what is not sealed, its whole staff."""
    if name in _PLAIN:
        return EVERYONE
    return tuple(role for role in Role if name in READS.get(role, ()))


def _standing(person: Person) -> dict[str, Any]:
    held = {
        "edition": person.edition.slug,
        "delegation": person.delegation.slug,
        "capacity": person.capacity.slug,
        "state": person.state,
        "was_named_late": person.is_late,
        "is_walk_in": person.is_walk_in,
        "approved_by": person.approver,
        "said_to_the_person": person.reason,
        **{name: plain(getattr(person, name)) for name in _MOMENTS},
    }
    return {name: value for name, value in held.items() if value not in ("", None)}


def _photo(person: Person, days: dict[str, date]) -> HeldFile | None:
    file = person.photo
    return _file(file, "photo", privacy.PHOTO, days) if file is not None and file.is_kept else None


def _paper(paper: Paper, days: dict[str, date]) -> HeldFile:
    return _file(paper.file, paper.kind, privacy.PAPERS, days, slug=paper.slug)


def _file(file: StoredFile, kind: str, part: str, days: dict[str, date], slug: str = "") -> HeldFile:
    n_bytes = file.n_bytes if file.is_kept else 0
    return HeldFile(
        file.name or "",
        kind,
        file.media_type,
        n_bytes,
        file.stored_at,
        file.stored_by,
        readers_of(part),
        days[part],
        slug,
    )


def _request(request: Request) -> dict[str, Any]:
    return {
        "kind": request.kind,
        "state": request.state,
        "wanted": json.loads(request.wanted) if request.wanted else {},
        "reason": request.reason,
        "asked_by": request.asked_by,
        "asked_at": request.asked_at.isoformat(),
        "answer": request.answer,
    }


_OF_PASS = ("number", "state", "printed_at", "issued_at", "issued_to", "returned_at", "reason", "mark", "note")


def _passes(person: Person, last_day: date) -> tuple[dict[str, Any], ...]:
    badges = Badge.objects.filter(person=person).order_by("-number").values(*_OF_PASS)
    return tuple({**each, "kept_until": last_day} for each in badges)


def _scans(person: Person, last_day: date) -> tuple[dict[str, Any], ...]:
    scans = Scan.objects.filter(badge__person=person).order_by("-at", "-pk")
    told = scans.values("number", "at", "way", "verdict", "reason", "answer", "note", at_gate=F("gate__slug"))
    return tuple({**each, "kept_until": last_day} for each in told)


def _letters_naming(person: Person) -> Iterator[dict[str, Any]]:
    # A list of slugs in JSON is not looked into alike on all databases; a delegation has few letters.
    letters = Letter.objects.filter(delegation=person.delegation_id).order_by("position", "pk")
    for letter in letters.only("people", "register", "kind", "dated_on"):
        if person.slug in letter.people:
            yield {"number": letter.register, "kind": letter.kind, "dated_on": plain(letter.dated_on)}


def _versions_naming(person: Person) -> Iterator[int]:
    name, party = person.title.to_stored(), person.delegation.slug
    versions = Publication.objects.filter(edition=person.edition_id).order_by("number")
    for number, told in versions.values_list("number", "content__delegations").iterator(chunk_size=20):
        lists = told["delegations"] if told else ()
        if any(each["name"] == name for listed in lists if listed["party"] == party for each in listed["people"]):
            yield number


def entries_of(person: Person) -> list[Person]:
    """Return the entries that were found to be one person, the one that was kept first. One SQL query."""
    root = person.merged_into_id or person.pk
    same = Person.objects.filter(Q(pk=root) | Q(merged_into=root) | Q(pk=person.pk))
    found = same.select_related("edition", "delegation__edition", "capacity", "photo")
    return sorted(found, key=lambda each: (each.pk != root, each.pk))


def trail_of(person: Person) -> QuerySet[Line]:
    """Return the lines of the trail about a person, the newest first."""
    return audit.history_of(scope=person.edition.slug, kind="person", subject=person.slug)


# --- What still stands ---


@lru_cache(maxsize=4096)
def _is_filled(sealed: str) -> bool:
    """Whether something stands in a sealed column. What cannot be opened any more stands there all the same."""
    try:
        return bool(secrets.decrypt(sealed))
    except RuleBroken:
        return True


def _sealed(name: str) -> Cast:
    return Cast(name, TextField())


def people_holding(edition: Edition, columns: tuple[str, ...]) -> list[int]:
    """Return the keys of the people of an edition in whom one of these columns is filled. One SQL query."""
    sealed = {f"raw_{name}": _sealed(name) for name in columns if name in SEALED}
    hashes = [name for name in columns if name not in SEALED]
    people = Person.objects.filter(edition=edition).order_by("pk").annotate(**sealed)
    rows = people.values_list("pk", *hashes, *sealed).iterator(chunk_size=2000)
    first = 1 + len(hashes)
    return [row[0] for row in rows if any(row[1:first]) or any(map(_is_filled, row[first:]))]


def requests_holding(edition: Edition) -> list[int]:
    """Return the keys of the requests of an edition that say what is wanted. One SQL query."""
    rows = Request.objects.filter(delegation__edition=edition).order_by("pk").annotate(raw=_sealed("wanted"))
    return [pk for pk, raw in rows.values_list("pk", "raw").iterator(chunk_size=2000) if _is_filled(raw)]


def scans_of(edition: Edition) -> list[int]:
    """Return the keys of the scans at the gates of an edition. One SQL query."""
    return list(Scan.objects.filter(edition=edition).order_by("pk").values_list("pk", flat=True))


def walk_ins_holding(edition: Edition) -> list[int]:
    """Return the keys of those who asked at gates to come in and whose names are kept. One SQL query."""
    return _holding(GateRequest.objects.filter(edition=edition), "name")


def badges_holding(edition: Edition) -> list[int]:
    """Return the keys of the passes that tell who holds or collected them. One SQL query."""
    return _holding(Badge.objects.filter(edition=edition), "holder", "issued_to")


def _holding(rows: QuerySet[Any], *columns: str) -> list[int]:
    found = rows.order_by("pk").annotate(**{f"raw_{name}": _sealed(name) for name in columns})
    told = found.values_list("pk", *(f"raw_{name}" for name in columns)).iterator(chunk_size=2000)
    return [pk for pk, *sealed in told if any(map(_is_filled, sealed))]


def uploads_of(edition: Edition) -> list[int]:
    """Return the keys of the uploads of an edition that are not taken over. One SQL query."""
    return list(Upload.objects.filter(delegation__edition=edition).order_by("pk").values_list("pk", flat=True))


def files_kept(edition: Edition, part: str) -> QuerySet[StoredFile]:
    """Return the photos or the papers of the people of an edition whose bytes are there."""
    badges = Badge.objects.filter(edition=edition)
    if part == privacy.PHOTO:
        photos = Person.objects.filter(edition=edition, photo__isnull=False).values("photo")
        wanted = Q(pk__in=photos) | Q(pk__in=badges.filter(gate_photo__isnull=False).values("gate_photo"))
    else:
        papers = Paper.objects.filter(delegation__edition=edition).values("file")
        wanted = Q(pk__in=papers) | Q(pk__in=badges.filter(authority__isnull=False).values("authority"))
        wanted |= Q(pk__in=badges.filter(signature__isnull=False).values("signature"))
    return StoredFile.objects.kept().without_secrets().filter(wanted)


def editions(slug: str = "") -> list[Edition]:
    """Return the editions, the oldest first, or the one of this slug. One SQL query."""
    found = Edition.objects.select_related("forum").order_by("starts_on", "pk")
    return list(found.filter(slug=slug) if slug else found)
