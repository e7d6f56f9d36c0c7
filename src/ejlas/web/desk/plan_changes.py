"""Changes that are only thought of, in words; where each is made for real, and the address that asks about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ejlas.accounts.permissions import may
from ejlas.planning.queries.words import Words
from ejlas.planning.rules import Change, ChangeKind

SENTENCES = {
    ChangeKind.ROOM_CLOSED: gettext_lazy("%(thing)s is closed: %(when)s"),
    ChangeKind.ROOM_ADDED: gettext_lazy("One room more, seats: %(thing)s; %(when)s"),
    ChangeKind.ROOMS_OPEN: gettext_lazy("All rooms are open at all hours of bilaterals"),
    ChangeKind.ROOMS_LARGE: gettext_lazy("All rooms have seats enough"),
    ChangeKind.INTERPRETER_ADDED: gettext_lazy("One interpreter more, %(thing)s: %(when)s"),
    ChangeKind.INTERPRETER_AWAY: gettext_lazy("%(thing)s is not on duty: %(when)s"),
    ChangeKind.PARTY_AWAY: gettext_lazy("%(thing)s is not there: %(when)s"),
    ChangeKind.PARTY_FREE: gettext_lazy("%(thing)s has time at all hours of bilaterals"),
    ChangeKind.NO_CAP: gettext_lazy("%(thing)s may have any number of bilaterals in a day"),
    ChangeKind.ANY_TIME: gettext_lazy("%(thing)s may be at any time"),
    ChangeKind.WITHDRAWN: gettext_lazy("%(thing)s does not take place"),
}
OFFERS = {
    ChangeKind.PARTY_AWAY: gettext_lazy("A party is late, or leaves early"),
    ChangeKind.ROOM_CLOSED: gettext_lazy("A room is closed"),
    ChangeKind.INTERPRETER_AWAY: gettext_lazy("An interpreter is ill"),
    ChangeKind.WITHDRAWN: gettext_lazy("A bilateral does not take place"),
    ChangeKind.INTERPRETER_ADDED: gettext_lazy("One interpreter more"),
    ChangeKind.ROOM_ADDED: gettext_lazy("One room more"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """Where a change is made for real, for those who may."""

    words: Any
    route: str
    permission: str
    is_about_thing: bool = True

    def address(self, edition: Any, thing: str) -> str:
        """Return the address of the form."""
        return reverse(self.route, args=[edition.slug, thing] if self.is_about_thing else [edition.slug])


_PARTY = Form(gettext_lazy("Change the times of %(thing)s"), "desk:party-change", "forum.change_parties")
# A room has the same hours every day; for some hours of one day, an item of the programme takes it.
_ROOM = Form(
    gettext_lazy("Add an item that takes the room"),
    "desk:session-add",
    "programme.change_sessions",
    is_about_thing=False,
)
_NEW_ROOM = Form(gettext_lazy("Add a room"), "desk:room-add", "programme.change_venues", is_about_thing=False)
_ROOMS = Form(gettext_lazy("Change the rooms"), "desk:room-list", "programme.change_venues", is_about_thing=False)
_RULES = Form(
    gettext_lazy("Change the rules"), "desk:bilateral-rules-change", "forum.change_edition", is_about_thing=False
)
_PERSON = Form(
    gettext_lazy("Change the hours of %(thing)s"), "desk:interpreter-change", "programme.change_interpreters"
)
_NEW_PERSON = Form(
    gettext_lazy("Add an interpreter"), "desk:interpreter-add", "programme.change_interpreters", is_about_thing=False
)
_REQUEST = Form(gettext_lazy("Change the request"), "desk:bilateral-change", "programme.change_bilaterals")
_REMOVAL = Form(gettext_lazy("Remove the request"), "desk:bilateral-remove", "programme.change_bilaterals")
FORMS = {
    ChangeKind.ROOM_CLOSED: _ROOM,
    ChangeKind.ROOM_ADDED: _NEW_ROOM,
    ChangeKind.ROOMS_OPEN: _ROOMS,
    ChangeKind.ROOMS_LARGE: _NEW_ROOM,
    ChangeKind.INTERPRETER_ADDED: _NEW_PERSON,
    ChangeKind.INTERPRETER_AWAY: _PERSON,
    ChangeKind.PARTY_AWAY: _PARTY,
    ChangeKind.PARTY_FREE: _PARTY,
    ChangeKind.NO_CAP: _RULES,
    ChangeKind.ANY_TIME: _REQUEST,
    ChangeKind.WITHDRAWN: _REMOVAL,
}


def change_words(change: Change, words: Words) -> str:
    """Return a change as a sentence for one reader."""
    return str(SENTENCES[change.kind]) % {"thing": _thing(change, words), "when": _when(change, words)}


def _thing(change: Change, words: Words) -> str:
    match change.kind:
        case ChangeKind.ROOM_ADDED:
            return words.number(int(change.thing))
        case ChangeKind.INTERPRETER_ADDED:
            return words.spoken(change.languages)
        case ChangeKind.ROOM_CLOSED:
            return words.room(change.thing)
        case ChangeKind.INTERPRETER_AWAY:
            return words.interpreter(change.thing)
        case ChangeKind.ANY_TIME | ChangeKind.WITHDRAWN:
            return words.bilateral(change.thing)
        case _:
            return words.party(change.thing)


def _when(change: Change, words: Words) -> str:
    values = {
        "first_day": words.day(change.starts_at),
        "first": words.time(change.starts_at),
        "last_day": words.day(change.ends_at),
        "last": words.time(change.ends_at),
        "times": words.times(change.starts_at, change.ends_at),
    }
    if change.starts_at and change.ends_at:
        is_one_day = values["first_day"] == values["last_day"]
        whole = _("%(first_day)s, %(first)s to %(last_day)s, %(last)s")
        return (_("%(first_day)s, %(times)s") if is_one_day else whole) % values
    if change.ends_at:
        return _("until %(last_day)s, %(last)s") % values
    return _("from %(first_day)s, %(first)s on") % values if change.starts_at else _("at all hours")


def asking_address(edition: Any, changes: Iterable[Change]) -> str:
    """Return the address of the page on which these changes are chosen."""
    query = urlencode([("change", change.written()) for change in changes], safe="/:,+")
    return f"{reverse('desk:plan-what-ifs', args=[edition.slug])}?{query.replace('+', '%2B')}"


def form_for(change: Change, words: Words, user: Any) -> tuple[str, str]:
    """Return words and address of the form in which a change is made for real; nothing for those who may not."""
    form, edition = FORMS[change.kind], words.facts.edition
    if not may(user, form.permission, edition):
        return "", ""
    return str(form.words) % {"thing": _thing(change, words)}, form.address(edition, change.thing)
