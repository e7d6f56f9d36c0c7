"""The trail in words: who did what to which thing, what stood before and stands after; and what a thing needs next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ejlas.core.inputs import TextsField
from ejlas.web.ui.kinds import BY_EVENT
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
}
OTHER_KINDS = {
    "forum.edition": lazy("Edition"),
    "forum.forum": lazy("Forum"),
    "forum.publication": lazy("Publication"),
    "planning.run": lazy("Plan"),
    "accounts.grant": lazy("Role"),
    "accounts.invitation": lazy("Invitation"),
    "accounts.webhook": lazy("Webhook"),
    "accounts.key": lazy("API key"),
    "accounts.user": lazy("Account"),
    "audit.values": lazy("Trail"),
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
    return [_told(line, reader, edition) for line in lines]


def _told(line: Any, reader: Reader, edition: Any) -> Told:
    thing, _dot, act = line.event.rpartition(".")
    kind = BY_EVENT.get(thing)
    local = line.at.astimezone(edition.zone)
    values = line.held.values
    return Told(
        number=line.number,
        at=f"{reader.dates(local.date(), 'short')[0]} {reader.time(local)}",
        moment=local.isoformat(),
        actor=line.actor,
        act=str(ACTS.get(act, act)),
        kind=str(kind.one if kind else OTHER_KINDS.get(thing, thing)),
        subject=line.subject,
        address=_address(kind, edition, line.subject) if act != "removed" else "",
        changes=_changes(values, kind, reader) if values is not None else ((_("Emptied"), "", ""),),
        can_undo=bool(kind and values and act in UNDOABLE),
    )


def _address(kind: Any, edition: Any, slug: str) -> str:
    try:
        return reverse(f"desk:{kind.name}", args=[edition.slug, slug]) if kind else ""
    except NoReverseMatch:
        return ""


def _changes(values: dict[str, Any], kind: Any, reader: Reader) -> tuple[tuple[Any, str, str], ...]:
    before, after = values.get("before") or {}, values.get("after") or {}
    names = [name for name in {**before, **after} if name not in {"id", "edition", "position", "revision", "slug"}]
    labels = kind.form.base_fields if kind else {}
    rows = []
    for name in names:
        label = labels[name].label if name in labels else name
        old, new = words_of(before.get(name), reader), words_of(after.get(name), reader)
        if old != new:
            rows.append((label or name, old, new))
    return tuple(rows)


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
        return ", ".join(words_of(part, reader) for part in value)
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
