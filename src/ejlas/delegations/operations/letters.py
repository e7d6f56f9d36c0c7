"""Templates of letters, writing letters from them, and clearing them into the register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from ejlas.accounts.models import User
from ejlas.core import calendars, changes
from ejlas.core.audit import operations as audit
from ejlas.core.changes import Changes, plain
from ejlas.core.text import Text
from ejlas.delegations.models import Delegation, Letter, Template
from ejlas.delegations.operations import keeping
from ejlas.delegations.operations import letter_errors as errors
from ejlas.delegations.queries import letters as queries
from ejlas.delegations.rules import house
from ejlas.delegations.rules.letter_people import names_people
from ejlas.delegations.rules.letter_texts import has_texts, text_of
from ejlas.delegations.rules.letters import (
    LetterDirection,
    LetterKind,
    LetterState,
    first_state,
    next_states,
    placeholders,
    register_number,
    text_is_open,
)
from ejlas.forum import operations as forum
from ejlas.forum.models import Edition

EVENT = "delegations.letter"
# What is written by hand; what is not here, an operation gives.
WRITTEN = frozenset(
    {
        "kind",
        "delegation",
        "language",
        "correspondent",
        "subject",
        "body",
        "closing",
        "signatory",
        "signatory_office",
        "their_number",
        "dated_on",
        "answers",
        "people",
        "note",
    }
)
# What may still be written into a letter whose text is fixed.
_ALWAYS = frozenset({"note"})
# Columns by which a thing is named and put in order.
_NAMING = frozenset({"slug", "position"})


# --- Templates ---


@transaction.atomic
def add_standard_templates(*, edition: Edition, by: User, at: datetime) -> list[Template]:
    """Give an edition, for each kind of letter that has no template, the standard text in the edition's languages."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    held = set(Template.objects.filter(edition=edition).values_list("kind", flat=True))
    return [
        forum.add_thing(Template, edition=edition, fields=_standard(kind, edition), by=by, at=at)
        for kind in LetterKind
        if kind.value not in held
    ]


def _standard(kind: LetterKind, edition: Edition) -> dict[str, Any]:
    texts = {language: text_of(kind, language) for language in edition.languages if has_texts(language)}
    texts = texts or {"en": text_of(kind, "en")}
    named = {
        name: Text({language: getattr(text, name) for language, text in texts.items()})
        for name in ("subject", "body", "closing")
    }
    return {"kind": kind, "slug": kind.value, "signatory_office": edition.host_office, **named}


# --- Writing ---


@dataclass(slots=True)
class Written:
    """What was written: the drafts, and by delegation what stands in another language than its letter."""

    letters: list[Letter] = field(default_factory=list)
    borrowed: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    left: dict[str, tuple[str, ...]] = field(default_factory=dict)


@transaction.atomic
def write_letters(
    *,
    template: Template,
    delegations: Iterable[Delegation],
    portal: str,
    by: User,
    at: datetime,
    language: str = "",
    chosen: Iterable[str] | None = None,
) -> Written:
    """Write a draft to each delegation from a template: all of them or none.

    Raises NobodyChosen, NobodyApproved, TemplateEmpty.

    Parameters
    ----------
    portal : address of the portal, for the text
    language : of the letters; "" each in that of its delegation
    chosen : the people whom letters name, by slug, of those who are approved; None: all of them
    """
    to = list(delegations)
    if not to:
        raise errors.NobodyChosen
    people = _people(template, to, chosen)
    counts = {key: len(named) for key, named in people.items()} or queries.counts_of(to)
    spoken = [language or queries.language_for(each) for each in to]
    made = [
        _filled(template, each, language=asked, portal=portal, n_people=counts.get(each.pk, 0))
        for each, asked in zip(to, spoken, strict=True)
    ]
    drafts = [_drafted(template, each, text, people.get(each.pk, [])) for each, text in zip(to, made, strict=True)]
    done = Written(_added(to[0].edition, drafts, by=by, at=at))
    for letter, text, asked in zip(done.letters, made, spoken, strict=True):
        if text.borrowed or text.language != asked:
            done.borrowed[letter.slug] = text.borrowed
        if text.left:
            done.left[letter.slug] = text.left
    return done


def _filled(template: Template, delegation: Delegation, **values: Any) -> queries.Filled:
    made = queries.filled(template, delegation, **values)
    if made is None:
        raise errors.TemplateEmpty
    return made


def _people(template: Template, delegations: list[Delegation], chosen: Iterable[str] | None) -> dict[int, list[str]]:
    """Return whom the letters name, by delegation; nobody where letters of the kind name none."""
    if not names_people(template.kind):
        return {}
    wanted = None if chosen is None else set(chosen)
    found: dict[int, list[str]] = {each.pk: [] for each in delegations}
    for delegation, slug in queries.approved_of(delegations).values_list("delegation_id", "slug"):
        if wanted is None or slug in wanted:
            found[delegation].append(slug)
    empty = [each for each in delegations if not found[each.pk]]
    if empty:
        raise errors.NobodyApproved(names=names_of(empty))
    return found


def names_of(delegations: Iterable[Delegation]) -> str:
    """Name delegations in a sentence, in the words of each."""
    names = [each.title.wording("en", each.edition.fallback_languages).text or each.slug for each in delegations]
    return ", ".join(names[:10])


def _drafted(template: Template, delegation: Delegation, made: queries.Filled, named: list[str]) -> dict[str, Any]:
    return {
        "kind": template.kind,
        "direction": LetterDirection.OUT,
        "delegation": delegation,
        "language": made.language,
        # A letter of visas goes to a consulate, which whoever writes the letter names.
        "correspondent": "" if template.kind == LetterKind.VISA else made.addressee[:300],
        "subject": made.subject[:300],
        "body": made.body,
        "closing": made.closing,
        "signatory": made.signatory[:200],
        "signatory_office": made.signatory_office[:300],
        "people": named,
    }


def _added(edition: Edition, rows: Iterable[Mapping[str, Any]], *, by: User, at: datetime) -> list[Letter]:
    """Add letters behind all others, in one go: each by itself would cost the index forty queries."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    last = Letter.objects.filter(edition=edition).aggregate(last=Max("position"))["last"] or 0
    wanted = [
        {"slug": f"letter-{keeping.new_slug()[1:]}", "position": last + place, **fields}
        for place, fields in enumerate(rows, 1)
    ]
    for fields in wanted:
        fields["state"] = first_state(LetterDirection(fields["direction"]))
    none = Letter.objects.none()
    done = changes.synchronise(none, wanted, event=EVENT, common={"edition": edition}, keep_missing=True, at=at)
    audit.record(done.entries, scope=edition.slug, by=by.name, at=at)
    return [row for row in done.written if isinstance(row, Letter)]


@transaction.atomic
def add_letter(*, edition: Edition, fields: Mapping[str, Any], by: User, at: datetime) -> Letter:
    """Enter a letter: one that came in gets its number at once, and the moment as that of its receipt; else a draft."""
    kept = {name: value for name, value in fields.items() if name in WRITTEN | _NAMING}
    direction = LetterDirection(fields.get("direction") or LetterDirection.OUT)
    if direction is LetterDirection.OUT:
        # The day of a letter that goes out is the day on which it is cleared.
        kept.pop("dated_on", None)
    else:
        kept |= {**next(_numbers(edition, direction, at)), "sent_at": at}
    return _added(edition, [{**kept, "direction": direction}], by=by, at=at)[0]


@transaction.atomic
def change_letter(
    *, thing: Letter, fields: Mapping[str, Any], by: User, at: datetime, revision: int | None = None
) -> Changes:
    """Bring a letter to these fields. Raises ChangedMeanwhile, TextFixed, NothingToPutBack for what is not written."""
    row = Letter.objects.select_for_update(of=("self",)).select_related("edition").get(pk=thing.pk)
    differing = {name for name, value in fields.items() if plain(getattr(row, name)) != plain(value)}
    if differing - WRITTEN:
        raise forum.NothingToPutBack
    is_fixed = row.direction == LetterDirection.OUT and not text_is_open(LetterState(row.state))
    if is_fixed and differing - _ALWAYS:
        raise errors.TextFixed
    return forum.change_thing(thing=thing, fields=fields, by=by, at=at, revision=revision)


def remove_letter(*, thing: Letter, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a draft that never had a number; return the line by which it can be put back. Raises LetterNumbered."""
    if thing.number is not None:
        raise errors.LetterNumbered(number=thing.register)
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)


# --- Clearing ---


@transaction.atomic
def clear(*, letters: Iterable[Letter], by: User, at: datetime) -> list[Letter]:
    """Fix the text of drafts and give each its number and its day, in their order: all of them or none.

    A number is given once: a letter that was taken back keeps its number and its day, and no other ever gets them.
    Raises LetterMovedOn, PlacesUnfilled, AddresseeMissing.
    """
    rows = _locked(letters)
    if not rows:
        return rows
    numbers = _numbers(rows[0].edition, LetterDirection.OUT, at)
    wanted = []
    for row in rows:
        if row.state != LetterState.DRAFT:
            raise errors.LetterMovedOn(subject=row.subject)
        _check_whole(row)
        given = {} if row.number is not None else next(numbers)
        wanted.append({"slug": row.slug, "state": LetterState.CLEARED, **given})
    return _brought(rows, wanted, by=by, at=at)


def _check_whole(letter: Letter) -> None:
    parts = (letter.subject, letter.body, letter.closing, letter.signatory, letter.signatory_office)
    places = dict.fromkeys(name for words in parts for name in placeholders(words))
    if places:
        raise errors.PlacesUnfilled(subject=letter.subject, places=", ".join(f"{{{name}}}" for name in places))
    if letter.delegation_id is None and not letter.correspondent:
        raise errors.AddresseeMissing(subject=letter.subject)


def _numbers(edition: Edition, direction: LetterDirection, at: datetime) -> Iterator[dict[str, Any]]:
    """Yield year, number and register number of the next letters; who asks at the same time waits for the edition."""
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    day = at.astimezone(held.zone).date()
    calendar: calendars.Calendar = next(
        (each for each in held.calendars if each in (calendars.GREGORIAN, calendars.SOLAR_HIJRI)), calendars.GREGORIAN
    )
    year = calendars.to_solar_hijri(day).year if calendar == calendars.SOLAR_HIJRI else day.year
    of_year = Letter.objects.filter(edition=held, direction=direction, year=year)
    pattern = house.stored(held.settings)["number_pattern"]
    # The day of a letter that came in is the sender's.
    dated = {"dated_on": day} if direction is LetterDirection.OUT else {}
    for number in count((of_year.aggregate(last=Max("number"))["last"] or 0) + 1):
        register = register_number(pattern, number=number, day=day, calendar=calendar)
        yield {"year": year, "number": number, "register": register, **dated}


def take_back(*, letter: Letter, by: User, at: datetime) -> Letter:
    """Open the text of a cleared letter that was not sent; its number stays with it. Raises LetterMovedOn."""
    return move(letter=letter, state=LetterState.DRAFT, by=by, at=at)


@transaction.atomic
def move(*, letter: Letter, state: LetterState, by: User, at: datetime, **more: Any) -> Letter:
    """Take a letter to a state that may follow. Raises LetterMovedOn."""
    rows = bring([letter], state, more, by=by, at=at)
    letter.refresh_from_db()
    return rows[0]


@transaction.atomic
def bring(
    letters: Iterable[Letter], state: LetterState, fields: Mapping[str, Any], *, by: User, at: datetime
) -> list[Letter]:
    """Take letters to a state that may follow, with these fields: all of them or none. Raises LetterMovedOn."""
    rows = _locked(letters)
    for row in rows:
        if state not in next_states(LetterState(row.state), LetterDirection(row.direction)):
            raise errors.LetterMovedOn(subject=row.subject)
    return _brought(rows, [{"slug": row.slug, "state": state, **fields} for row in rows], by=by, at=at)


def _locked(letters: Iterable[Letter]) -> list[Letter]:
    """Return letters under a lock, in the order of the register; those who take steps at once wait for each other."""
    return list(_read([each.pk for each in letters]).select_for_update(of=("self",)))


def _read(keys: Iterable[int]) -> QuerySet[Letter]:
    found = Letter.objects.filter(pk__in=list(keys)).order_by("position", "pk")
    return found.select_related("edition__forum", "delegation__edition", "delegation__party", "answers")


def _brought(rows: list[Letter], wanted: list[dict[str, Any]], *, by: User, at: datetime) -> list[Letter]:
    """Bring letters of one edition to these fields, by slug; return them as they stand then."""
    keys = [row.pk for row in rows]
    done = changes.synchronise(Letter.objects.filter(pk__in=keys), wanted, event=EVENT, keep_missing=True, at=at)
    if rows:
        audit.record(done.entries, scope=rows[0].edition.slug, by=by.name, at=at)
    return list(_read(keys))
