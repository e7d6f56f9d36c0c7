"""The trail in words: who did what to which thing, what stood before and stands after; and what a thing needs next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ejlas.core import languages
from ejlas.core.inputs import TextsField
from ejlas.web.desk import addresses
from ejlas.web.ui.kinds import BY_EVENT
from ejlas.web.ui.labels import ROLES, word
from ejlas.web.ui.reading import Reader

ACTS = {
    "added": lazy("Added"),
    "changed": lazy("Changed"),
    "removed": lazy("Removed"),
    "reordered": lazy("Put in another order"),
    "placed": lazy("Given a place"),
    "unplaced": lazy("Place taken away"),
    "pinned": lazy("Fixed by hand"),
    "unpinned": lazy("No longer fixed by hand"),
    "asked": lazy("Asked for"),
    "ended": lazy("Ended"),
    "failed": lazy("Failed"),
    "stopped": lazy("Stopped"),
    "accepted": lazy("Accepted"),
    "undone": lazy("Undone"),
    "discarded": lazy("Put away"),
    "revived": lazy("Taken up again"),
    "sent_again": lazy("Sent again"),
    "withdrawn": lazy("Withdrawn"),
    "paused": lazy("Paused"),
    "resumed": lazy("Resumed"),
    "followed": lazy("Followed by another"),
    "current": lazy("Found to be current"),
    "all_read": lazy("All that is held was read"),
    "erased": lazy("Erased for good"),
    "purged": lazy("Emptied on its last day"),
    "link_made": lazy("Link for the telephone made"),
    "link_sent": lazy("Link for the telephone sent"),
    "link_voided": lazy("Link for the telephone made void"),
    "linked": lazy("Put into the order of the work"),
    "equipped": lazy("Given limited hands or equipment"),
    "proven": lazy("Evidence added"),
    "discussed": lazy("Words added"),
    "sent": lazy("Sent by mail"),
    "made": lazy("Secret link made"),
    "voided": lazy("Secret link made void"),
    "forgotten": lazy("Addresses removed on their last day"),
    "agenda": lazy("Agenda changed"),
    "decided": lazy("Decision written down"),
    "given": lazy("Decision given to its body"),
    "dropped": lazy("Decision dropped"),
    "filled": lazy("Checklist filled"),
    "checklist": lazy("Checklist changed"),
    "answered": lazy("Looked at"),
    "answered-late": lazy("Looked at earlier, told later"),
    "closed": lazy("Closed"),
    "reopened": lazy("Opened again"),
}
# A role is given and withdrawn.
OF_ROLES = {"added": lazy("Given"), "removed": lazy("Withdrawn")}
OTHER_KINDS = {
    "forum.edition": lazy("Edition"),
    "forum.forum": lazy("Forum"),
    "forum.publication": lazy("Publication"),
    "planning.run": lazy("Plan"),
    "planning.forecast": lazy("Forecast"),
    "readiness.plan-file": lazy("Plan as a file"),
    "readiness.deadline-feed": lazy("Calendars of deadlines"),
    "readiness.answer-link": lazy("Links sent by mail"),
    "readiness.reminder": lazy("Reminders"),
    "accounts.grant": lazy("Role"),
    "accounts.invitation": lazy("Invitation"),
    "accounts.webhook": lazy("Webhook"),
    "accounts.key": lazy("API key"),
    "accounts.user": lazy("Account"),
    "audit.values": lazy("Trail"),
    "delegations.personal": lazy("Personal data"),
}
# Fields of what has no kind of its own.
OTHER_FIELDS = {
    "user": lazy("Person"),
    "name": lazy("Name"),
    "role": lazy("Role"),
    "roles": lazy("Roles"),
    "party": lazy("Party"),
    "body": lazy("Body"),
    "ends_at": lazy("Until"),
    "address": lazy("Address"),
    "events": lazy("Events"),
    "language": lazy("Language"),
}
UNDOABLE = ("changed", "removed")


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the trail, for a page."""

    number: int
    at: str
    moment: str
    actor: str
    act: str
    kind: str
    subject: str
    address: str
    changes: tuple[tuple[Any, str, str], ...]
    can_undo: bool


def told(lines: Iterable[Any], reader: Reader, edition: Any) -> list[Told]:
    """Return lines of the trail in words."""
    labels = _Labels()
    return [_told(line, reader, edition, labels) for line in lines]


class _Labels(dict[str, dict[str, str]]):
    """The labels of what events tell of, in the reader's language, by the event's thing; each thing's made once."""

    def __missing__(self, thing: str) -> dict[str, str]:
        kind = BY_EVENT.get(thing)
        asked = {name: field.label for name, field in kind.form.base_fields.items()} if kind else {}
        words = {**kind.labels, **asked} if kind else OTHER_FIELDS
        self[thing] = {name: str(label) for name, label in words.items() if label}
        return self[thing]


def _told(line: Any, reader: Reader, edition: Any, labels: _Labels) -> Told:
    thing, _dot, act = line.event.rpartition(".")
    kind = BY_EVENT.get(thing)
    local = line.at.astimezone(edition.zone)
    values = line.held.values
    return Told(
        number=line.number,
        at=f"{reader.dates(local.date(), 'short')[0]} {reader.time(local)}",
        moment=local.isoformat(),
        actor=line.actor,
        act=str((OF_ROLES if thing == "accounts.grant" else ACTS).get(act) or ACTS.get(act, act)),
        kind=str(kind.one if kind else OTHER_KINDS.get(thing, thing)),
        subject=_person(thing, values) or line.subject,
        address=_address(kind, edition, line.subject) if act != "removed" else "",
        changes=((_("Emptied"), "", ""),) if values is None else _changes(values, kind, reader, edition, labels[thing]),
        can_undo=bool(kind and values and act in UNDOABLE and not _is_step(kind, act, values)),
    )


def _is_step(kind: Any, act: str, values: Any) -> bool:
    """Tell whether a line is about what an operation gave: taking that back is a step of its own."""
    return act == "changed" and bool(kind.given & (values.get("before") or {}).keys())


def _person(thing: str, values: Any) -> str:
    """Return whose role a line is about; its subject is a number."""
    if thing != "accounts.grant" or not values:
        return ""
    return str({**(values.get("before") or {}), **(values.get("after") or {})}.get("user", ""))


def _address(kind: Any, edition: Any, slug: str) -> str:
    try:
        return addresses.of_thing(kind, edition, slug)["address"] if kind else ""
    except NoReverseMatch:
        return ""


def _changes(
    values: dict[str, Any], kind: Any, reader: Reader, edition: Any, labels: Mapping[str, str]
) -> tuple[tuple[Any, str, str], ...]:
    before, after = _spread(values.get("before") or {}), _spread(values.get("after") or {})
    names = [name for name in {**before, **after} if name not in {"id", "edition", "position", "revision", "slug"}]
    rows = []
    for name in names:
        told_by = partial(_chosen, kind.words.get(name, {})) if kind else partial(_shown, name, edition.zone)
        old, new = (told_by(side.get(name), reader) for side in (before, after))
        if old != new:
            rows.append((labels.get(name, name), old, new))
    return tuple(rows)


def _chosen(words: Mapping[Any, Any], value: Any, reader: Reader) -> str:
    """Return stored choices in their words, and all else as it is."""
    if words and isinstance(value, str) and value:
        return word(words, value)
    if words and isinstance(value, list):
        return languages.comma(reader.language).join(word(words, str(each)) for each in value)
    return words_of(value, reader)


def _shown(name: str, zone: Any, value: Any, reader: Reader) -> str:
    if name == "role" and value:
        return word(ROLES, value)
    if name == "ends_at" and value:
        return " · ".join(reader.dates(datetime.fromisoformat(value).astimezone(zone).date()))
    if name == "roles" and isinstance(value, list):
        return languages.comma(reader.language).join(
            word(ROLES, role["role"]) for role in value if isinstance(role, dict) and "role" in role
        )
    return words_of(value, reader)


def _spread(side: Mapping[str, Any]) -> dict[str, Any]:
    """Return a side with the rules for bilaterals one by one; they stand in one part of an edition's settings."""
    own = dict(side)
    settings = own.pop("settings", None)
    return own | (settings.get("bilaterals") or {}) if isinstance(settings, Mapping) else own


def words_of(value: Any, reader: Reader) -> str:
    """Return a plain value of the trail in words; of a text, every wording with its language."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, dict):
        parts = [f"{name}: {words_of(part, reader)}" for name, part in value.items() if name != "unsure" and part]
        return "\n".join(parts)
    if isinstance(value, list):
        return languages.comma(reader.language).join(words_of(part, reader) for part in value)
    return str(value)


def needs(thing: Any, form: Any, edition: Any) -> list[str]:
    """Say what a thing needs next: wordings in the languages of the edition."""
    lacking: dict[str, int] = {}
    for name, asked in form.fields.items():
        text = getattr(thing, name, None)
        if isinstance(asked, TextsField) and text:
            for code in text.missing(edition.languages):
                lacking[code] = lacking.get(code, 0) + 1
    return list(lacking)
