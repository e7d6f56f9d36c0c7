"""What stands around every page of the desk: the edition, the rooms of the desk, and who is reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.accounts.permissions import may, roles_at
from ejlas.accounts.rules import Role
from ejlas.core import languages
from ejlas.forum import queries as forum
from ejlas.web.ui.kinds import KINDS, Kind, Sheet
from ejlas.web.ui.labels import ROLES
from ejlas.web.ui.reading import Reader


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the desk in its navigation."""

    name: str
    words: Any
    permission: str
    address: str = ""

    def link(self, slug: str) -> str:
        """Return the address of the page at an edition."""
        return _address(self.address or self.name, slug)


# The navigation asks for the same sixty on every page.
@lru_cache(maxsize=1024)
def _address(name: str, slug: str) -> str:
    return reverse(f"desk:{name}", args=[slug])


def _of(kind: Kind) -> Place:
    return Place(kind.name, kind.many, kind.view, f"{kind.name}-list")


_BY_NAME = {kind.name: _of(kind) for kind in KINDS}

FEW_PAGES = 14

# Rooms of the desk in the order of a day's work; a page that a person may not open is not shown.
ROOMS: Sequence[tuple[Any, Sequence[Place]]] = (
    ("", (Place("home", _in("navigation", "Today"), "accounts.enter_desk"),)),
    (
        _("Programme"),
        (
            *(_BY_NAME[name] for name in ("session", "bilateral")),
            Place("plan", _("Plan of bilaterals"), "planning.view_plan"),
            *(_BY_NAME[name] for name in ("venue", "room", "speaker", "interpreter")),
        ),
    ),
    (_("Who takes part"), tuple(_BY_NAME[name] for name in ("party", "office"))),
    (
        _("Delegations"),
        (
            Place("queues", _("Queues"), "delegations.check_people"),
            Place("vetting", _("Vetting"), "delegations.vet_people"),
            *(_BY_NAME[name] for name in ("delegation", "person")),
            Place("requests", _("Changes asked for"), "delegations.check_people"),
            Place("twins", _("Likely twins"), "delegations.check_people"),
            Place("places", _("Places"), "delegations.view_delegations"),
            Place("rolls", _("Lists to work from"), "delegations.view_people"),
            *(_BY_NAME[name] for name in ("capacity", "letter", "template")),
        ),
    ),
    (
        _("Passes and gates"),
        (
            Place("gates-now", _("Gates now"), "delegations.supervise_gates"),
            Place("gate-requests", _("Requests at gates"), "delegations.supervise_gates"),
            Place("pass-print", _("Cards to print"), "delegations.change_passes"),
            Place("designs", _("Designs of cards"), "delegations.change_passes"),
            Place("hand-out", _("Hand out and take back"), "delegations.hand_out_passes"),
            _BY_NAME["badge"],
            Place("tokens", _("Tokens of delegations"), "delegations.view_passes"),
            Place("spares", _("Spares for one day"), "delegations.view_passes"),
            Place("pass-matrix", _("Who may enter where"), "delegations.view_passes"),
            *(_BY_NAME[name] for name in ("category", "zone", "window", "gate")),
            Place("devices", _("Devices at the gates"), "delegations.change_gates"),
            Place("scans", _in("at gates", "Scans"), "delegations.supervise_gates"),
            Place("pass-rules", _("Rules for passes"), "delegations.view_passes"),
        ),
    ),
    (
        _("Readiness"),
        (
            Place("ready", _("Are we ready?"), "readiness.view_readiness"),
            Place("ready-plan", _("Chart of the plan"), "readiness.view_readiness"),
            *(_BY_NAME[name] for name in ("obligation", "coordination-meeting", "inspection")),
            *(_BY_NAME[name] for name in ("body", "workstream", "resource")),
            Place("duties-table", _("Split of duties"), "readiness.view_readiness"),
            Place("plan-template", _("Plan from a template"), "readiness.change_readiness"),
            Place("plan-files", _("Plan as a file"), "readiness.change_readiness"),
            Place("deadlines", _("Calendars of deadlines"), "readiness.change_readiness"),
            Place("own-obligations", _("What we owe"), "readiness.answer_own"),
            Place("own-deadlines", _("Calendar of your deadlines"), "readiness.answer_own"),
            Place("readiness-rules", _("Rules for readiness"), "readiness.view_readiness"),
        ),
    ),
    (_("Outcomes"), tuple(_BY_NAME[name] for name in ("text", "point"))),
    (
        _("Edition"),
        (
            Place("edition", _("This edition"), "forum.view_edition"),
            Place("languages", _("Languages"), "forum.view_edition"),
            Place("translations", _("Translations"), "forum.view_edition"),
            *(_BY_NAME[name] for name in ("mandate", "duty", "milestone", "source", "claim")),
        ),
    ),
    (
        _("Secretariat"),
        (
            Place("people", _("People and roles"), "accounts.view_grants"),
            Place("publish", _("Publication"), "forum.publish_edition"),
            Place("webhooks", _("Webhooks"), "accounts.view_webhooks"),
            Place("trail", _("Trail"), "forum.view_trail"),
        ),
    ),
)


@dataclass(slots=True)
class Desk:
    """One page of the desk, as its templates know it."""

    edition: Any
    user: Any
    reader: Reader
    here: str = ""
    _rooms: list[Any] = field(default_factory=list)

    @property
    def slug(self) -> str:
        """The short name of the edition."""
        return str(self.edition.slug)

    @property
    def edition_name(self) -> Any:
        """The name of the edition for this reader."""
        return self.reader.name(self.edition.name.to_stored())

    @property
    def roles(self) -> str:
        """The reader's roles here, in words."""
        return languages.comma(self.reader.language).join(str(ROLES[role]) for role in sorted(self._roles()))

    def _roles(self) -> frozenset[Role]:
        return roles_at(self.user, self.edition)

    @property
    def rooms(self) -> list[dict[str, Any]]:
        """The navigation: rooms, and in each the pages that this reader may open."""
        rooms = []
        names = {place.permission for _title, places in ROOMS for place in places}
        allowed = {name for name in names if may(self.user, name, self.edition)}
        for title, places in ROOMS:
            links = [
                {"words": place.words, "address": place.link(self.slug), "is_current": place.name == self.here}
                for place in places
                if place.name in PLACES and place.permission in allowed
            ]
            if links:
                rooms.append({"title": title, "links": links})
        # Whoever has few pages sees them all; of many, those of the room in which one is.
        shows_all = sum(len(room["links"]) for room in rooms) <= FEW_PAGES
        for room in rooms:
            room["is_open"] = shows_all or any(link["is_current"] for link in room["links"])
        return rooms

    def may(self, permission: str) -> bool:
        """Whether the reader has a permission at this edition."""
        return may(self.user, permission, self.edition)

    def sheet(self) -> Sheet:
        """Return what cells of a page share, without names of parties."""
        return Sheet(self.edition, self.reader)


# Pages that exist; a room of the desk opens when its page is built.
PLACES: set[str] = {
    "home",
    "edition",
    "languages",
    "translations",
    "publish",
    "people",
    "plan",
    "trail",
    "webhooks",
    "queues",
    "vetting",
    "requests",
    "twins",
    "places",
    "rolls",
    "pass-rules",
    "duties-table",
    "ready",
    "ready-plan",
    "plan-template",
    "plan-files",
    "deadlines",
    "own-obligations",
    "own-deadlines",
    "readiness-rules",
    "pass-print",
    "designs",
    "hand-out",
    "tokens",
    "spares",
    "pass-matrix",
    "gates-now",
    "gate-requests",
    "devices",
    "scans",
    *(kind.name for kind in KINDS),
}


def reader_of(edition: Any) -> Reader:
    """Return the eyes of the person who is signed in: the language that the interface speaks now."""
    calendars = tuple(edition.calendars) if edition is not None else ()
    fallbacks = tuple(edition.fallback_languages or edition.languages) if edition is not None else ()
    return Reader(get_language() or "en", fallbacks, calendars)


def frame(request: HttpRequest, edition: Any, here: str) -> dict[str, Any]:
    """Prepare what every page of an edition's desk shows."""
    return {"desk": Desk(edition, request.user, reader_of(edition), here), "edition": edition}


def other_editions(user: Any, edition: Any) -> list[Any]:
    """Return the other editions that a person may enter. One SQL query."""
    return list(forum.editions_entered_by(user).exclude(pk=edition.pk)[:10])
