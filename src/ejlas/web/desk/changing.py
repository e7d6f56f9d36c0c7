"""Saving a form over a thing that somebody else may have changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.errors import RuleBroken
from ejlas.web.desk import merging
from ejlas.web.desk.merging import Theirs
from ejlas.web.ui.kinds import Kind, Sheet


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of it.

    Parameters
    ----------
    is_done, is_merged : whether it is saved; whether changes of somebody else to other fields stand beside it
    form : the form to show again where it is not saved
    conflicts : what somebody else wrote into the fields that the person changed too
    """

    is_done: bool
    is_merged: bool = False
    form: Any = None
    conflicts: Mapping[str, Theirs] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The status of the answer that shows the form again."""
        return 409 if self.conflicts else 422

    @property
    def told(self) -> str:
        """What the person is told above the form."""
        return ChangedMeanwhile().sentence(_) if self.conflicts else ""


def write(
    kind: Kind, thing: Any, form: Any, sheet: Sheet, *, again: Callable[..., Any], by: Any, at: datetime
) -> Saved:
    """Save a valid form over its thing, the second of two people beside the first where both can stand.

    Parameters
    ----------
    thing : as it is stored; the form has written into its own copy
    again : makes the form anew over the stored thing, from an `initial`
    """
    try:
        kind.change_one(thing=thing, fields=form.values(), by=by, at=at, revision=form.seen_revision)
    except ChangedMeanwhile:
        return _second(kind, thing, form, sheet, again=again, by=by, at=at)
    except RuleBroken as broken:
        refuse(form, broken)
        return Saved(is_done=False, form=form)
    return Saved(is_done=True)


def refuse(form: Any, broken: RuleBroken) -> None:
    """Say in a form which rule stands against it, beside the field that it concerns."""
    form.add_error(broken.field if broken.field in form.fields else None, broken.sentence(_))


def _second(
    kind: Kind, thing: Any, form: Any, sheet: Sheet, *, again: Callable[..., Any], by: Any, at: datetime
) -> Saved:
    """Bring both changes together where they touch different fields; else let the person choose."""
    # The operation locked and compared; what it read is older than what stands.
    thing.refresh_from_db()
    merge = merging.merge(kind, thing, form, sheet)
    if merge.conflicts:
        return Saved(is_done=False, form=again(instance=thing, initial=dict(merge.mine)), conflicts=merge.conflicts)
    fields = form.fold(merge.mine, thing)
    try:
        kind.change_one(thing=thing, fields=fields, by=by, at=at, revision=thing.revision)
    except RuleBroken as broken:
        refuse(form, broken)
        return Saved(is_done=False, form=form)
    return Saved(is_done=True, is_merged=True)
