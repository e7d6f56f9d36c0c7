"""The blocks of a home: how many days are left, what is late, what waits, what is new, where the plan has gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ejlas.accounts import queries as accounts
from ejlas.accounts.permissions import may
from ejlas.core.audit import queries as audit
from ejlas.core.counting import counts
from ejlas.core.index import queries as index
from ejlas.core.index.rules import WordingState
from ejlas.core.text import Text
from ejlas.delegations.queries import desk as delegations
from ejlas.delegations.queries import requests_for
from ejlas.delegations.rules.states import PersonState
from ejlas.forum import queries as forum
from ejlas.outcomes import queries as outcomes
from ejlas.planning import queries as planning
from ejlas.planning.queries.ready.others import unpublished
from ejlas.planning.rules import RunState
from ejlas.programme import queries as programme
from ejlas.programme.rules import PLANNABLE, BilateralState
from ejlas.readiness.queries.now import names_of
from ejlas.web.desk import history
from ejlas.web.desk.frame import PLACES
from ejlas.web.desk.gates import today as gates
from ejlas.web.desk.readiness import today as readiness
from ejlas.web.ui.labels import ROLES
from ejlas.web.ui.reading import Reader

FEW = 6
WANTING = (WordingState.MISSING, WordingState.BEHIND, WordingState.UNSURE)
SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that wants attention, in words, and where to act on it."""

    number: str
    words: str
    address: str


def countdown(edition: Any, at: datetime, reader: Reader) -> dict[str, Any]:
    """Say how many days are left, and the days of the edition in both calendars."""
    today = at.astimezone(edition.zone).date()
    left, day = (edition.starts_on - today).days, (today - edition.starts_on).days + 1
    if left > 0:
        words = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": reader.number(left)}
    elif today <= edition.ends_on:
        words = _("Day %(day)s of the summit") % {"day": reader.number(day)}
    else:
        gone = (today - edition.ends_on).days
        words = ngettext("%(days)s day since the end", "%(days)s days since the end", gone)
        words %= {"days": reader.number(gone)}
    return {
        "words": words,
        "spans": reader.spans(edition.starts_on, edition.ends_on),
        "today": reader.dates(today),
        "time": reader.time(at.astimezone(edition.zone)),
        "city": reader.name(edition.city.to_stored()),
    }


def numbers(user: Any, edition: Any, at: datetime, reader: Reader, newest: int | None = None) -> dict[str, int]:
    """Count all that a home tells of to this person. One SQL query, two where the trail has gone on to `newest`."""
    bilaterals = programme.bilaterals_for(user, edition)
    wished = bilaterals.filter(state__in=PLANNABLE - {BilateralState.PLACED})
    asked: dict[str, QuerySet[Any]] = {
        "placed": bilaterals.filter(state=BilateralState.PLACED),
        "wished": wished,
        "needed": wished.filter(mandatory=True),
    }
    if at < _start_of(edition) <= at + SOON:
        asked["unknown"] = forum.parties_for(user, edition).filter(head_attendance="unknown")
    if may(user, "forum.publish_edition", edition):
        asked["unpublished"] = unpublished(edition)
    if may(user, "accounts.change_grants", edition):
        asked["invitations"] = accounts.invitations_in(edition.slug).open()
    if may(user, "delegations.check_people", edition):
        asked |= _of_delegations(user, edition)
    asked |= gates.asked(user, edition, at)
    asked |= readiness.asked(user, edition, at)
    if may(user, "outcomes.change_texts", edition):
        asked["points"] = outcomes.lacking_points(user, edition)
    if may(user, "forum.view_edition", edition) and reader.language in edition.languages:
        language = reader.language
        tally = index.wordings_by_kind(edition.slug, language=language, states=WANTING, newest=newest)
        return counts(asked) | {"wordings": sum(tally.values())}
    return counts(asked)


def _of_delegations(user: Any, edition: Any) -> dict[str, QuerySet[Any]]:
    """Return what waits at the desk of delegations for a person who decides there."""
    return {
        "to_check": delegations.waiting(user, edition, PersonState.SUBMITTED),
        "to_decide": delegations.waiting(user, edition, PersonState.COMPLETE),
        "requests": requests_for(user, edition),
    }


def of_vetting(user: Any, edition: Any, reader: Reader) -> list[Count]:
    """Say how many people wait for a vetting officer; nothing for anybody else. One SQL query."""
    if not may(user, "delegations.vet_people", edition):
        return []
    number = counts({"to_vet": delegations.waiting(user, edition, PersonState.VETTING)})["to_vet"]
    words = ngettext("person waits for vetting", "people wait for vetting", number)
    return [_count(number, words, _page("vetting", edition), reader)]


def late(edition: Any, at: datetime, reader: Reader, found: Mapping[str, int]) -> list[Count]:
    """Say what should stand by now and does not."""
    told: list[Count] = []
    if at.astimezone(edition.zone).date() > edition.ends_on:
        return told
    if at >= _start_of(edition) - SOON and (number := found["wished"]):
        words = ngettext("bilateral has no place yet", "bilaterals have no place yet", number)
        told.append(_count(number, words, _list("bilateral", edition, "state=requested"), reader))
    if number := found["needed"]:
        words = ngettext("needed bilateral has no place", "needed bilaterals have no place", number)
        told.append(_count(number, words, _list("bilateral", edition, "mandatory=1&state=requested"), reader))
    if number := found.get("unknown", 0):
        words = ngettext("party has not said who comes", "parties have not said who comes", number)
        told.append(_count(number, words, _list("party", edition, "head_attendance=unknown"), reader))
    return told


def waiting(user: Any, edition: Any, reader: Reader, found: Mapping[str, int]) -> list[Count]:
    """Say what waits for this person to act."""
    told = []
    if may(user, "planning.accept_run", edition):
        run = planning.latest_plan(edition)
        if run is not None and run.state in {RunState.DONE, RunState.STOPPED}:
            told.append(Count("1", _("plan waits to be accepted"), _page("plan", edition)))
    if number := found.get("unpublished", 0):
        words = ngettext("change is not public yet", "changes are not public yet", number)
        told.append(_count(number, words, _page("publish", edition), reader))
    if number := found.get("invitations", 0):
        words = ngettext("invitation is not answered yet", "invitations are not answered yet", number)
        told.append(_count(number, words, _page("people", edition), reader))
    told += _waiting_people(edition, reader, found)
    told += [_count(number, words, address, reader) for number, words, address in gates.told(edition, found)]
    if number := found.get("points", 0):
        words = ngettext(
            "point lacks an owner, a date or a measure", "points lack an owner, a date or a measure", number
        )
        told.append(_count(number, words, _list("point", edition, "lacks=1"), reader))
    if number := found.get("wordings", 0):
        words = ngettext(
            "wording in your language is missing, behind or not confirmed",
            "wordings in your language are missing, behind or not confirmed",
            number,
        )
        address = f"{_page('translations', edition)}?language={reader.language}"
        told.append(_count(number, words, address, reader))
    return told


def _waiting_people(edition: Any, reader: Reader, found: Mapping[str, int]) -> list[Count]:
    told = []
    if number := found.get("to_check", 0):
        words = ngettext("person waits for the check", "people wait for the check", number)
        told.append(_count(number, words, _queue("submitted", edition), reader))
    if number := found.get("to_decide", 0):
        words = ngettext("person waits for the desk to decide", "people wait for the desk to decide", number)
        told.append(_count(number, words, _queue("complete", edition), reader))
    if number := found.get("requests", 0):
        words = ngettext("change of a list is asked for", "changes of lists are asked for", number)
        told.append(_count(number, words, _page("requests", edition), reader))
    return told


def _queue(state: str, edition: Any) -> str:
    return reverse("desk:queue", args=[edition.slug, state])


def news(user: Any, edition: Any, visit: Any, reader: Reader) -> dict[str, Any] | None:
    """Tell what others changed since this person was last here; None where nothing did, or at the first visit."""
    lines = audit.lines_after(edition.slug, visit.seen).exclude(actor=user.name)
    if not may(user, "forum.view_trail", edition):
        lines = lines.exclude(event__startswith="accounts.")
    if not may(user, "delegations.view_people", edition):
        lines = lines.exclude(event__startswith="delegations.")
    # One more than is shown, so that most often nothing has to be counted.
    shown = list(lines[: FEW + 1])
    if not shown:
        return None
    number = lines.count() if len(shown) > FEW else len(shown)
    since = visit.seen_at.astimezone(edition.zone) if visit.seen_at else None
    return {
        "lines": history.told(shown[:FEW], reader, edition),
        "count": reader.number(number),
        "since": f"{reader.dates(since.date(), 'short')[0]} {reader.time(since)}" if since else "",
    }


def plan(user: Any, edition: Any, reader: Reader, found: Mapping[str, int]) -> dict[str, Any] | None:
    """Tell where the plan of bilaterals stands; None where there is nothing to plan."""
    number = found["placed"] + found["wished"]
    if not number or not may(user, "planning.view_plan", edition):
        return None
    run = planning.accepted_run(edition)
    return {
        "placed": reader.number(found["placed"]),
        "all": reader.number(number),
        "left": reader.number(found["wished"]),
        "has_gaps": found["wished"] > 0,
        "is_proven": bool(run and run.proven),
        "address": _page("plan", edition),
    }


def next_step(user: Any, edition: Any, at: datetime, reader: Reader) -> dict[str, Any] | None:
    """Return the next dated step of the preparation, or None."""
    today = at.astimezone(edition.zone).date()
    step = forum.milestones_for(user, edition).filter(date__gte=today).order_by("date", "pk").first()
    if step is None:
        return None
    return {
        "dates": reader.dates(step.date),
        "words": reader.name(step.wording.to_stored()),
        "address": reverse("desk:milestone", args=[edition.slug, step.slug]),
    }


def own_grants(user: Any, edition: Any, reader: Reader, at: datetime) -> list[dict[str, Any]]:
    """Return a person's own roles here, for whom, and until when they hold. Three SQL queries at most."""
    grants = [grant for grant in accounts.grants_held_by(user, at=at) if grant.held.covers(edition.slug)]
    bodies = names_of(edition, {grant.body for grant in grants if grant.body})
    parties = forum.party_names(edition, {grant.party for grant in grants if grant.party})
    return [
        {
            "role": ROLES[grant.held.role],
            "of": _named(bodies.get(grant.body) or parties.get(grant.party), grant.body or grant.party, reader),
            "until": " · ".join(reader.dates(grant.ends_at.astimezone(edition.zone).date())) if grant.ends_at else "",
        }
        for grant in grants
    ]


def _named(name: Text | None, otherwise: str, reader: Reader) -> str:
    return reader.name(name.to_stored()) if name else otherwise


def _start_of(edition: Any) -> datetime:
    return datetime.combine(edition.starts_on, datetime.min.time(), edition.zone)


def _page(name: str, edition: Any) -> str:
    return reverse(f"desk:{name}", args=[edition.slug]) if name in PLACES else ""


def _list(kind: str, edition: Any, query: str) -> str:
    return f"{reverse(f'desk:{kind}-list', args=[edition.slug])}?{query}"


def _count(number: int, words: str, address: str, reader: Reader) -> Count:
    return Count(reader.number(number), words, address)
