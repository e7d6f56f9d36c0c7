"""Making the next edition from one that was: what lasts is copied, what happened is not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import transaction

from ejlas.accounts import operations as accounts
from ejlas.accounts.permissions import forget_grants, may
from ejlas.accounts.rules import Role, RoleWanted
from ejlas.core.audit import operations as audit
from ejlas.delegations import operations as delegations
from ejlas.delegations.operations.passes import opening
from ejlas.delegations.rules import house
from ejlas.forum import operations as forum
from ejlas.forum import queries as forum_queries
from ejlas.forum.rules import Attendance
from ejlas.programme import operations as programme
from ejlas.programme import queries as programme_queries

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.forum.models import Edition

# What rests on the old edition's sources does so no more; how well it is supported is to be said anew.
_FACTS = ("sources", "confidence")


class Part(StrEnum):
    """What can be taken over from one edition to the next."""

    PARTIES = "parties"
    OFFICES = "offices"
    VENUES = "venues"
    RULES = "rules"
    DUTIES = "duties"


@dataclass(slots=True)
class Made:
    """The new edition, and how many things of each part were taken over."""

    edition: Edition
    counts: dict[Part, int] = field(default_factory=dict)


@transaction.atomic
def make_next_edition(
    *, edition: Edition, fields: Mapping[str, Any], parts: Collection[Part], by: User, at: datetime
) -> Made:
    """Make an edition of the same series with these fields, and copy the parts that were chosen.

    Who makes it can enter it: without a role for every edition, as its head of the secretariat.
    Sources, sessions, bilaterals, texts and milestones are what happened, and stay with the old edition.
    Raises SlugTaken, NumberTaken.
    """
    settings = _settings(edition) if Part.RULES in parts else {}
    made = Made(forum.add_edition(forum=edition.forum, fields={**fields, "settings": settings}, by=by, at=at))
    if Part.RULES in parts:
        delegations.copy_setup(old=edition, new=made.edition, by=by, at=at)
        opening.copy_setup(old=edition, new=made.edition, by=by, at=at)
    for part, copy in _COPIES.items():
        if part in parts:
            made.counts[part] = copy(edition, made.edition, by=by, at=at)
    if not may(by, "forum.add_edition", made.edition):
        # Nobody has a role at the new edition yet who could give one: making it is what gives this first one.
        wanted = RoleWanted(Role.HEAD, made.edition.slug)
        accounts.enter_role(user=by, wanted=wanted, by=by, at=at)
        forget_grants(by)
    values = {"after": {"slug": made.edition.slug, "parts": {part.value: n for part, n in made.counts.items()}}}
    entry = audit.Entry("forum.edition.followed", "edition", edition.slug, values)
    audit.record([entry], scope=edition.slug, by=by.name, at=at)
    return made


def _settings(edition: Edition) -> dict[str, Any]:
    """Return the old settings; the days of bilaterals and of lists are those of the old edition."""
    bilaterals = {**edition.settings.get("bilaterals", {}), "starts_on": None, "ends_on": None}
    lists = {**house.stored(edition.settings), "nominate_by": None, "confirm_by": None}
    return {**edition.settings, "bilaterals": bilaterals, house.SETTINGS: lists}


def _copy_parties(old: Edition, new: Edition, *, by: User, at: datetime) -> int:
    left_out = (*_FACTS, "head_attendance", "represented_by", "arrives_at", "departs_at")
    rows = [
        {**forum_queries.fields_of(party, but=left_out), "head_attendance": Attendance.UNKNOWN.value}
        for party in forum_queries.parties_of(old)
    ]
    return len(forum.set_parties(edition=new, rows=rows, by=by, at=at).added)


def _copy_offices(old: Edition, new: Edition, *, by: User, at: datetime) -> int:
    parties = forum_queries.parties_by_slug(new)
    rows = [
        {
            **forum_queries.fields_of(office, but=(*_FACTS, "party")),
            "party": parties.get(office.party.slug) if office.party else None,
            "attendance": Attendance.UNKNOWN.value,
        }
        for office in old.office_set.select_related("party")
    ]
    return len(forum.set_offices(edition=new, rows=rows, by=by, at=at).added)


def _copy_venues(old: Edition, new: Edition, *, by: User, at: datetime) -> int:
    venues = programme_queries.venues_by_slug(old).values()
    rows = [forum_queries.fields_of(venue, but=_FACTS) for venue in venues]
    done = programme.set_venues(edition=new, rows=rows, by=by, at=at)
    added = programme_queries.venues_by_slug(new)
    rooms = [
        {**forum_queries.fields_of(room, but=("venue",)), "venue": added[room.venue.slug]}
        for room in old.room_set.select_related("venue")
    ]
    return len(done.added) + len(programme.set_rooms(edition=new, rows=rooms, by=by, at=at).added)


def _copy_duties(old: Edition, new: Edition, *, by: User, at: datetime) -> int:
    rows = [forum_queries.fields_of(duty) for duty in old.duty_set.all()]
    return len(forum.set_duties(edition=new, rows=rows, by=by, at=at).added)


# Offices come after the parties to which they belong.
_COPIES: Mapping[Part, Callable[..., int]] = {
    Part.PARTIES: _copy_parties,
    Part.OFFICES: _copy_offices,
    Part.VENUES: _copy_venues,
    Part.DUTIES: _copy_duties,
}
