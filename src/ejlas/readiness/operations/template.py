"""Applying a template: a whole plan timed backwards from the opening; a second time only what is missing is added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max

from ejlas.accounts.models import User
from ejlas.core import changes, naming
from ejlas.core.audit import operations as audit
from ejlas.core.audit.operations import Entry
from ejlas.core.said import Way
from ejlas.core.text import Text
from ejlas.forum.models import Duty, Edition, OfEdition
from ejlas.forum.operations import change_edition
from ejlas.forum.operations.said import called
from ejlas.readiness.models import Body, Link, Obligation, Resource, ResourceUse, Workstream
from ejlas.readiness.operations import errors
from ejlas.readiness.rules.circles import circle
from ejlas.readiness.rules.days import SETTINGS, calendar_of
from ejlas.readiness.rules.house import stored
from ejlas.readiness.rules.template.timing import day_before
from ejlas.readiness.rules.template.values import Line, Template

T = TypeVar("T", bound=OfEdition)

# What a kind of body becomes: a body of the edition by its slug, a new one, or none.
NEW, NONE = "+", ""


@dataclass(slots=True)
class Applied:
    """How many things were added."""

    n_obligations: int = 0
    n_workstreams: int = 0
    n_bodies: int = 0
    n_resources: int = 0
    n_links: int = 0


@dataclass(slots=True)
class Laying:
    """A plan being laid into the tables of an edition."""

    edition: Edition
    by: User
    at: datetime
    duty: Duty | None = None
    done: Applied = field(default_factory=Applied)

    def add(self, model: type[T], rows: Iterable[Mapping[str, Any]]) -> list[T]:
        """Add rows of a table behind those that stand there, with a line of the trail for each."""
        stored: models.QuerySet[T] = model._default_manager.filter(edition=self.edition)
        last = stored.aggregate(last=Max("position"))["last"] or 0
        numbered = [{**row, "position": place} for place, row in enumerate(rows, start=last + 1)]
        if not numbered:
            return []
        common, event = {"edition": self.edition}, f"readiness.{model._meta.model_name}"
        added = changes.synchronise(stored.none(), numbered, event=event, common=common, keep_missing=True, at=self.at)
        audit.record(added.entries, scope=self.edition.slug, by=self.by.name, at=self.at)
        return [row for row in added.written if isinstance(row, model)]

    def note(self, event: str, slug: str, name: str, values: tuple[Mapping[str, int], Mapping[str, int]]) -> Entry:
        """Return the line of the trail that says what an obligation hangs on now, or what it holds."""
        before, after = values
        sides = {"before": {name: dict(before)}, "after": {name: dict(after)}}
        return Entry(f"readiness.obligation.{event}", "obligation", slug, sides)

    def text(self, text: Text) -> Text:
        """Keep the languages of the edition; where none is among them, all."""
        wanted = {*self.edition.languages, *self.edition.fallback_languages}
        kept = {language: words for language, words in text.values.items() if language in wanted}
        return Text(kept, text.unsure) if kept else text


@transaction.atomic
def apply_template(
    *,
    edition: Edition,
    template: Template,
    chosen: Collection[str],
    opening: date,
    by: User,
    at: datetime,
    bodies: Mapping[str, str] | None = None,
    owed_by: Mapping[str, str] | None = None,
    duty: Duty | None = None,
    remind_from: date | None = None,
) -> Applied:
    """Add the chosen lines of a template that are not there yet, due on days counted back from the opening.

    `bodies` says of each kind of body which one of the edition it is: its slug, NEW or NONE; NEW where nothing is said.
    `owed_by` says of single lines which body owes them, by its slug, or NONE; the kind where it says NEW or nothing.
    All come from the `duty`, if one is named. Bodies are reminded from the day `remind_from` on, where one is said.
    All of it or nothing is written. Raises InCircle, BodyDissolved.
    """
    # Two who apply at once would add everything twice: the row of the edition makes the second wait.
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    laying = Laying(edition, by, at, duty)
    there = {row.origin: row for row in Obligation.objects.filter(edition=edition).exclude(origin="")}
    wanted = template.with_only({slug for slug in chosen if slug not in there})
    streams = _streams(laying, wanted)
    owing = _owing(laying, wanted, bodies or {}, owed_by or {})
    resources = _resources(laying, wanted)
    new = _obligations(laying, wanted.lines, opening, streams, owing)
    _links(laying, template.lines, {**there, **new}, frozenset(new))
    _uses(laying, wanted.lines, new, resources)
    if remind_from is not None:
        own = stored(edition.settings) | {"remind_from": remind_from.isoformat()}
        change_edition(thing=edition, fields={"settings": {**edition.settings, SETTINGS: own}}, by=by, at=at)
    return laying.done


def _streams(laying: Laying, wanted: Template) -> dict[str, Workstream]:
    held = {row.slug: row for row in Workstream.objects.filter(edition=laying.edition)}
    rows = [{"slug": each.slug, "name": laying.text(each.name)} for each in wanted.workstreams if each.slug not in held]
    added = laying.add(Workstream, rows)
    laying.done.n_workstreams = len(added)
    return {**held, **{row.slug: row for row in added}}


def _resources(laying: Laying, wanted: Template) -> dict[str, Resource]:
    held = {row.slug: row for row in Resource.objects.filter(edition=laying.edition)}
    rows = [
        {"slug": each.slug, "name": laying.text(each.name), "capacity": each.capacity}
        for each in wanted.resources
        if each.slug not in held
    ]
    added = laying.add(Resource, rows)
    laying.done.n_resources = len(added)
    return {**held, **{row.slug: row for row in added}}


def _owing(
    laying: Laying, wanted: Template, mapped: Mapping[str, str], owed_by: Mapping[str, str]
) -> dict[str, Body | None]:
    """Return the body of each line: the one that was said for it, else the one that its kind is here."""
    of_kind = {line.slug for line in wanted.lines if owed_by.get(line.slug, NEW) == NEW}
    kinds = _bodies(laying, wanted.with_only(of_kind), mapped)
    held = {row.slug: row for row in Body.objects.filter(edition=laying.edition)}
    own = {line.slug: held.get(owed_by[line.slug]) for line in wanted.lines if line.slug not in of_kind}
    for body in own.values():
        if body is not None and body.dissolved_on is not None:
            raise errors.BodyDissolved.of(body)
    return {**{line.slug: kinds.get(line.body) for line in wanted.lines if line.slug in of_kind}, **own}


def _bodies(laying: Laying, wanted: Template, mapped: Mapping[str, str]) -> dict[str, Body | None]:
    held = {row.slug: row for row in Body.objects.filter(edition=laying.edition)}
    found: dict[str, Body | None] = {}
    missing = []
    for kind in wanted.bodies:
        told = mapped.get(kind.slug, kind.slug if kind.slug in held else NEW)
        if told == NEW and kind.slug not in held:
            missing.append({"slug": kind.slug, "name": laying.text(kind.name)})
            continue
        body = held.get(kind.slug if told == NEW else told)
        if body is not None and body.dissolved_on is not None:
            raise errors.BodyDissolved.of(body)
        found[kind.slug] = body
    language = next(iter(laying.edition.languages), "")
    added = laying.add(Body, [{**row, "language": language} for row in missing])
    laying.done.n_bodies = len(added)
    return {**found, **{row.slug: row for row in added}}


def _obligations(
    laying: Laying,
    lines: Iterable[Line],
    opening: date,
    streams: Mapping[str, Workstream],
    owing: Mapping[str, Body | None],
) -> dict[str, Obligation]:
    calendar = calendar_of(laying.edition.settings, laying.edition.country)
    duty = {"duty": laying.duty} if laying.duty else {}
    taken = set(Obligation.objects.filter(edition=laying.edition).values_list("slug", flat=True))
    rows = []
    for line in lines:
        slug = naming.free_slug(line.slug, taken.__contains__)
        taken.add(slug)
        rows.append(
            {
                "slug": slug,
                "origin": line.slug,
                "name": laying.text(line.name),
                "detail": laying.text(line.detail),
                "workstream": streams.get(line.workstream),
                "body": owing.get(line.slug),
                "due_on": None if line.due is None else day_before(calendar, opening, line.due),
                "least_days": line.estimate.least,
                "likely_days": line.estimate.likely,
                "most_days": line.estimate.most,
                "evidence": [kind.value for kind in line.evidence],
                **duty,
            }
        )
    added = {row.origin: row for row in laying.add(Obligation, rows)}
    laying.done.n_obligations = len(added)
    return added


def _links(laying: Laying, lines: Iterable[Line], rows: Mapping[str, Obligation], new: Collection[str]) -> None:
    """Link what is new with what it comes after, and with what comes after it; old links stay as people left them."""
    there = set(Link.objects.filter(before__edition=laying.edition).values_list("before_id", "after_id"))
    links, entries = [], []
    for line in lines:
        if line.slug not in rows:
            continue
        lags = {each: lag for each, lag in line.after.items() if each in rows and (line.slug in new or each in new)}
        made = [
            Link(before=rows[each], after=rows[line.slug], lag_days=lag)
            for each, lag in lags.items()
            if (rows[each].pk, rows[line.slug].pk) not in there
        ]
        if made:
            after = {link.before.slug: link.lag_days for link in made}
            entries.append(laying.note("linked", rows[line.slug].slug, "predecessors", ({}, after)))
        links += made
    require_no_circle([*there, *((link.before.pk, link.after.pk) for link in links)])
    Link.objects.bulk_create(links)
    audit.record(entries, scope=laying.edition.slug, by=laying.by.name, at=laying.at)
    laying.done.n_links = len(links)


def require_no_circle(links: Iterable[tuple[int, int]]) -> None:
    """Let no obligations wait for one another. Raises InCircle, with the way round."""
    followers: dict[int, list[int]] = {}
    for before, after in links:
        followers.setdefault(before, []).append(after)
    way = circle(followers)
    if way:
        rows = {row.pk: row for row in Obligation.objects.filter(pk__in=way).select_related("edition")}
        raise errors.InCircle(way=Way.of(called(rows[key]) for key in way))


def _uses(
    laying: Laying, lines: Iterable[Line], new: Mapping[str, Obligation], resources: Mapping[str, Resource]
) -> None:
    uses, entries = [], []
    for line in lines:
        held = {slug: amount for slug, amount in line.uses.items() if slug in resources}
        uses += [
            ResourceUse(obligation=new[line.slug], resource=resources[slug], amount=amount)
            for slug, amount in held.items()
        ]
        if held:
            entries.append(laying.note("equipped", new[line.slug].slug, "uses", ({}, held)))
    ResourceUse.objects.bulk_create(uses)
    audit.record(entries, scope=laying.edition.slug, by=laying.by.name, at=laying.at)
