"""Duties and the obligations that come of them: put in, unfolded, attached, and let go before a duty is removed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.audit import operations as audit
from ejlas.forum import operations as forum
from ejlas.forum.models import Duty, Edition
from ejlas.readiness.models import Obligation, ObligationQuerySet
from ejlas.readiness.operations.template import Applied, Laying, apply_template
from ejlas.readiness.queries import duties as queries
from ejlas.readiness.rules.template.duties import standard_duties
from ejlas.readiness.rules.template.values import Template


@transaction.atomic
def put_in_duties(*, edition: Edition, chosen: Collection[str], by: User, at: datetime) -> list[Duty]:
    """Put in the chosen lines of the usual split of duties; what stands there already stays as it is."""
    # Two who put in at once would add everything twice: the row of the edition makes the second wait.
    Edition.objects.select_for_update().get(pk=edition.pk)
    there = set(Duty.objects.filter(edition=edition).values_list("slug", flat=True))
    spoken = Laying(edition, by, at).text
    rows = [
        {
            "slug": each.slug,
            "task": spoken(each.task),
            "bearer": each.bearer,
            "supported_by": [helper.value for helper in each.supported_by],
        }
        for each in standard_duties()
        if each.slug in chosen and each.slug not in there
    ]
    return [forum.add_thing(Duty, edition=edition, fields=fields, by=by, at=at) for fields in rows]


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What unfolding a duty did: what a template added, and how much that stood there was attached to it."""

    applied: Applied = field(default_factory=Applied)
    n_attached: int = 0


@transaction.atomic
def unfold_duty(
    *,
    duty: Duty,
    template: Template,
    chosen: Collection[str],
    opening: date,
    by: User,
    at: datetime,
    owed_by: Mapping[str, str] | None = None,
    attached: Collection[str] = (),
) -> Unfolded:
    """Make obligations of a duty from lines of a template, and attach some that stand there: all of it or nothing.

    `attached` names obligations; one that comes of another duty by now stays with it. Raises InCircle, BodyDissolved.
    """
    made = apply_template(
        edition=duty.edition,
        template=template,
        chosen=chosen,
        opening=opening,
        owed_by=owed_by,
        duty=duty,
        by=by,
        at=at,
    )
    free = queries.with_slugs(duty.edition, attached)
    return Unfolded(made, len(set_duty(obligations=free, duty=duty, by=by, at=at)))


@transaction.atomic
def set_duty(*, obligations: Iterable[Obligation], duty: Duty | None, by: User, at: datetime) -> list[int]:
    """Let obligations come of a duty, or of none; return the lines of the trail by which each can be put back."""
    lines = []
    for obligation in obligations:
        if forum.change_thing(thing=obligation, fields={"duty": duty}, by=by, at=at):
            lines.append(audit.last_number())
    return lines


@transaction.atomic
def remove_duty(*, thing: Duty, by: User, at: datetime, revision: int | None = None) -> int:
    """Remove a duty; what came of it stays and belongs to none. Return the line by which the duty can be put back.

    Raises ChangedMeanwhile.
    """
    set_duty(obligations=_owed(thing.edition).filter(duty=thing), duty=None, by=by, at=at)
    return forum.remove_thing(thing=thing, by=by, at=at, revision=revision)


def release_duties(*, edition: Edition, keep: Collection[str], by: User, at: datetime) -> int:
    """Let go what came of duties that are about to be removed; return how many obligations that were."""
    leaving = _owed(edition).exclude(duty=None).exclude(duty__slug__in=keep)
    return len(set_duty(obligations=leaving, duty=None, by=by, at=at))


def _owed(edition: Edition) -> ObligationQuerySet:
    return Obligation.objects.filter(edition=edition).select_related("edition").order_by("pk")
