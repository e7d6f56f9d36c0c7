"""What is ready of the summit besides the obligations of bodies, counted for whoever may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from ejlas.accounts.permissions import may
from ejlas.core.audit import queries as audit
from ejlas.core.counting import counts
from ejlas.core.index import queries as index
from ejlas.core.index.rules import WordingState
from ejlas.delegations.models import Delegation, Device, Gate, Letter, Person
from ejlas.delegations.permissions import visible_people
from ejlas.delegations.queries.gate import watching
from ejlas.delegations.queries.letters import WAITING
from ejlas.delegations.rules import house
from ejlas.delegations.rules.letters import ANSWERS, LetterDirection, LetterKind, LetterState
from ejlas.delegations.rules.passes.badges import BadgeState
from ejlas.delegations.rules.states import COUNTED, QUEUES, DelegationKind, ListState, PersonState
from ejlas.forum.models import Edition, Party
from ejlas.forum.rules import Attendance, PartyRole
from ejlas.planning.rules import RunState
from ejlas.planning.rules.languages import NoSharedLanguage, needed_pair, ordered
from ejlas.planning.rules.ready.others import OtherKind, OtherPart, due_day, in_order, level_of
from ejlas.programme import queries as programme
from ejlas.programme.models import Interpreter, Session
from ejlas.programme.rules import PLANNABLE, BilateralState, RoomKind, SessionKind

# What is asked of the database: rows that are not ready, and all rows among which they are counted.
Asked = Mapping[OtherKind, tuple[QuerySet[Any], QuerySet[Any] | None]]

# Changes of these never reach the public.
_PRIVATE = ("planning.", "accounts.", "delegations.", "readiness.")
_SPOKEN = (
    SessionKind.CEREMONY,
    SessionKind.PLENARY,
    SessionKind.PANEL,
    SessionKind.PRESS,
    SessionKind.SIGNING,
)
_UNSENT = (LetterState.DRAFT, LetterState.CLEARED)
_LOCKED = (ListState.CONFIRMED, ListState.LOCKED)


@dataclass(frozen=True, slots=True)
class _Found:
    """How many of a kind are not ready, of how many; `of` is 0 where a share says nothing."""

    number: int
    of: int


def other_parts(edition: Edition, user: Any, *, at: datetime) -> tuple[OtherPart, ...]:
    """Return how the rest of the summit stands, as far as this user may see it; what is late first.

    Nothing is said of a part of which there is nothing at all. Eleven SQL queries at most.
    """
    today = at.astimezone(edition.zone).date()
    found = _counted(edition, user) | _halls(edition, user) | _spoken(edition, user) | _worded(edition, user)
    ends = house.windows(edition.settings, edition.starts_on, edition.zone)
    windows = house.Windows(*(each.astimezone(edition.zone) for each in (ends.nominate_by, ends.confirm_by)))
    parts = {}
    for kind, each in found.items():
        due = due_day(kind, opening=edition.starts_on, windows=windows)
        parts[kind] = _part(kind, each, due, today)
    return in_order(parts)


def unpublished(edition: Edition) -> QuerySet[Any]:
    """Return the lines of the trail that stand behind the newest publication."""
    changes = audit.lines_behind(edition.slug, "forum.publication.added")
    for private in _PRIVATE:
        changes = changes.exclude(event__startswith=private)
    return changes


def _part(kind: OtherKind, found: _Found, due: date, today: date) -> OtherPart:
    level = level_of(found.number, due_on=due, today=today)
    return OtherPart(kind=kind, number=found.number, of=found.of, level=level, due_on=due)


# --- What the database counts ---


def _counted(edition: Edition, user: Any) -> dict[OtherKind, _Found]:
    """Count what is asked of rows alone. One SQL query."""
    asked: Asked = {
        **_invited(edition, user),
        **_listed(edition, user),
        **_people(edition, user),
        **_placed(edition, user),
        **_at_gates(edition, user),
    }
    parts = {str(kind): rows for kind, (rows, _) in asked.items()}
    wholes = {f"{kind}:of": rows for kind, (_, rows) in asked.items() if rows is not None}
    numbers = counts(parts | wholes)
    return {
        kind: _Found(numbers[str(kind)], numbers.get(f"{kind}:of", 0))
        for kind, (_, whole) in asked.items()
        if whole is None or numbers[f"{kind}:of"]
    }


def _invited(edition: Edition, user: Any) -> Asked:
    """Who was not invited or has not answered, and which letters wait."""
    asked: dict[OtherKind, tuple[QuerySet[Any], QuerySet[Any] | None]] = {}
    guests = edition.party_set.exclude(role=PartyRole.HOST)
    unknown = guests.filter(head_attendance=Attendance.UNKNOWN)
    if may(user, "forum.view_parties", edition):
        asked[OtherKind.HEADS_UNKNOWN] = (unknown, guests)
    if not may(user, "delegations.view_letters", edition):
        return asked
    out = Letter.objects.filter(edition=edition, direction=LetterDirection.OUT)
    invitations = out.filter(kind=LetterKind.INVITATION)
    sent = invitations.exclude(state__in=_UNSENT)
    of_delegation = sent.filter(delegation=OuterRef("pk"))
    invited = Delegation.objects.filter(Exists(of_delegation), edition=edition)
    waits = invited.filter(Exists(of_delegation.filter(state__in=WAITING)))
    incoming = Letter.objects.filter(edition=edition, direction=LetterDirection.IN, state=LetterState.DELIVERED)
    asked[OtherKind.INVITATIONS_UNSENT] = (
        unknown.filter(~Exists(sent.filter(delegation__party=OuterRef("pk")))),
        guests,
    )
    asked[OtherKind.INVITATIONS_UNANSWERED] = (
        waits.filter(~Exists(of_delegation.filter(state__in=ANSWERS))),
        invited,
    )
    asked[OtherKind.LETTERS_WAITING] = (out.filter(state__in=_UNSENT) | incoming, None)
    return asked


def _listed(edition: Edition, user: Any) -> Asked:
    """Which delegations have named nobody yet, or not confirmed whom they named."""
    if not may(user, "delegations.view_delegations", edition):
        return {}
    people = Person.objects.filter(state__in=sorted(COUNTED)).order_by()
    parties = Party.objects.filter(edition=edition)
    named = Exists(people.filter(delegation=OuterRef("pk")))
    delegations = Delegation.objects.filter(named, edition=edition, kind=DelegationKind.PARTY)
    return {
        OtherKind.LISTS_MISSING: (parties.filter(~Exists(people.filter(delegation__party=OuterRef("pk")))), parties),
        OtherKind.LISTS_UNCONFIRMED: (delegations.exclude(list_state__in=_LOCKED), delegations),
    }


def _people(edition: Edition, user: Any) -> Asked:
    """Who waits for a decision, of whom something is missing, and who has no pass or no card."""
    people = visible_people(user, edition).counted()
    approved = people.filter(state=PersonState.APPROVED)
    asked: dict[OtherKind, tuple[QuerySet[Any], QuerySet[Any] | None]] = {}
    if may(user, "delegations.view_people", edition):
        asked[OtherKind.PEOPLE_UNDECIDED] = (people.filter(state__in=QUEUES), people)
        asked[OtherKind.PEOPLE_LACKING] = (approved.filter(is_lacking=True), approved)
    if may(user, "delegations.view_passes", edition):
        passes = edition.badge_set.filter(state__in=[BadgeState.APPROVED, BadgeState.PRINTED, BadgeState.ISSUED])
        asked[OtherKind.PEOPLE_WITHOUT_PASS] = (watching.people_without_pass(user, edition), approved)
        asked[OtherKind.CARDS_UNPRINTED] = (watching.to_print(user, edition), passes)
    return asked


def _placed(edition: Edition, user: Any) -> Asked:
    """Which rooms have no seats on record, and which bilaterals no place."""
    rooms = programme.rooms_for(user, edition).exclude(kind=RoomKind.OPEN)
    halls = rooms.filter(kind=RoomKind.HALL)
    bilaterals = programme.bilaterals_for(user, edition).filter(state__in=PLANNABLE)
    asked: dict[OtherKind, tuple[QuerySet[Any], QuerySet[Any] | None]] = {
        OtherKind.ROOMS_WITHOUT_SEATS: (rooms.filter(seats=0), rooms),
        OtherKind.HALLS_UNSAID: (halls.filter(capacities=[]), halls),
        OtherKind.BILATERALS_UNPLACED: (bilaterals.exclude(state=BilateralState.PLACED), bilaterals),
    }
    if may(user, "planning.view_plan", edition):
        accepted = edition.runs.filter(state=RunState.ACCEPTED)
        # The edition itself stands for the one plan that there should be.
        wanted = Edition.objects.filter(Exists(bilaterals), pk=edition.pk)
        waits = Exists(bilaterals.exclude(state=BilateralState.PLACED))
        asked[OtherKind.BILATERALS_WITHOUT_PLAN] = (wanted.filter(waits, ~Exists(accepted)), wanted)
    return asked


def _at_gates(edition: Edition, user: Any) -> Asked:
    """Which gates nothing keeps, and how much has changed that nobody has published."""
    asked: dict[OtherKind, tuple[QuerySet[Any], QuerySet[Any] | None]] = {}
    if may(user, watching.WATCH, edition):
        kept = Device.objects.filter(gate=OuterRef("pk"), shut_out_at__isnull=True)
        gates = Gate.objects.filter(edition=edition)
        asked[OtherKind.GATES_WITHOUT_DEVICE] = (gates.filter(~Exists(kept)), gates)
    if may(user, "forum.publish_edition", edition):
        asked[OtherKind.PUBLICATION] = (unpublished(edition), None)
    return asked


# --- What is counted here ---


def _halls(edition: Edition, user: Any) -> dict[OtherKind, _Found]:
    """Count the halls that are too small for those who are named. Three SQL queries."""
    if not (may(user, "programme.view_programme", edition) and may(user, "delegations.view_delegations", edition)):
        return {}
    loads = [load for load in programme.hall_loads(edition) if load.room.seats]
    full = [load for load in loads if load.is_over or load.n_named > load.room.seats]
    return {OtherKind.HALLS_FULL: _Found(len(full), len(loads))} if loads else {}


def _spoken(edition: Edition, user: Any) -> dict[OtherKind, _Found]:
    """Count sessions and bilaterals that nobody interprets. Four SQL queries."""
    if not may(user, "programme.view_interpreters", edition):
        return {}
    rows = Interpreter.objects.filter(edition=edition).order_by()
    worked = [tuple(languages) for languages in rows.values_list("languages", flat=True)]
    found = {}
    if may(user, "programme.view_programme", edition):
        found[OtherKind.SESSIONS_UNSPOKEN] = _sessions(edition, {code for languages in worked for code in languages})
    if may(user, "programme.view_bilaterals", edition):
        found[OtherKind.BILATERALS_UNSPOKEN] = _bilaterals(edition, worked)
    return {kind: each for kind, each in found.items() if each.of}


def _sessions(edition: Edition, spoken: set[str]) -> _Found:
    heard = Session.objects.filter(edition=edition, kind__in=_SPOKEN).order_by().values_list("languages")
    rows = [(set(languages), number) for languages, number in heard.annotate(n=Count("pk")) if len(set(languages)) > 1]
    return _Found(
        sum(number for languages, number in rows if not languages <= spoken), sum(number for _, number in rows)
    )


def _bilaterals(edition: Edition, worked: Iterable[tuple[str, ...]]) -> _Found:
    pairs = {ordered(*languages) for languages in worked if len(languages) == 2}
    languages_of = dict(edition.party_set.order_by().values_list("slug", "languages"))
    placed = edition.bilateral_set.placed().order_by()
    rows = placed.annotate(is_served=Exists(placed.filter(pk=OuterRef("pk"), interpreters__isnull=False)))
    n_unserved = n_needing = 0
    for parties, stated, is_served in rows.values_list("parties", "languages", "is_served"):
        speakers = [languages_of.get(slug, []) for slug in parties]
        # A party that is gone, or of which nobody knows what it speaks, says nothing of interpreters.
        if not speakers or not (stated or all(speakers)):
            continue
        need = needed_pair(speakers, pairs, stated=stated)
        n_needing += need is not None
        n_unserved += isinstance(need, NoSharedLanguage) or (need is not None and not is_served)
    return _Found(n_unserved, n_needing)


def _worded(edition: Edition, user: Any) -> dict[OtherKind, _Found]:
    """Count the wordings that the working languages want. Two SQL queries at most."""
    if not may(user, "forum.view_edition", edition):
        return {}
    tallies = index.wording_counts(edition.slug)
    own = [tallies.get(language, {}) for language in edition.languages]
    whole = sum(sum(tally.values()) for tally in own)
    present = sum(tally.get(WordingState.PRESENT, 0) for tally in own)
    return {OtherKind.WORDINGS: _Found(whole - present, whole)} if whole else {}
