"""Taking over a plan that was sent: corrected first, then all of it at once or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core import naming
from ejlas.core.audit import operations as audit
from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.errors import RuleBroken, marked
from ejlas.core.said import Number
from ejlas.core.text import Text
from ejlas.delegations.rules.folding import folded
from ejlas.forum.models import Edition, OfEdition
from ejlas.readiness.models import Body, Link, Obligation, PlanFile, Resource, ResourceUse, Workstream
from ejlas.readiness.operations import errors
from ejlas.readiness.operations.template import Applied, Laying
from ejlas.readiness.queries.plan import known_names
from ejlas.readiness.rules.plan.reading import PlanRow, Understood, understand
from ejlas.readiness.rules.plan.values import Sent

T = TypeVar("T", bound=OfEdition)


class PlanHasFaults(RuleBroken):
    """Rows are still to be corrected."""

    message = marked("Correct the rows with faults first, or leave them out: %(number)s faults are left.")


class PlanLeftOut(RuleBroken):
    """Every row was left out."""

    message = marked("There is no row left to take over.")


@transaction.atomic
def match_columns(*, file: PlanFile, chosen: Mapping[int, str]) -> None:
    """Match columns by hand. Raises ChangedMeanwhile."""
    row, sent = _opened(file)
    _write(row, sent.by_hand(chosen))


@transaction.atomic
def correct_rows(*, file: PlanFile, typed: Mapping[int, Mapping[str, str]], left_out: Collection[int]) -> None:
    """Put in what was corrected, and leave rows out. Raises ChangedMeanwhile."""
    row, sent = _opened(file)
    _write(row, sent.corrected(typed).without(left_out))


def _opened(file: PlanFile) -> tuple[PlanFile, Sent]:
    """Return the plan under a lock: two who work on it come one after the other."""
    row = PlanFile.objects.select_for_update(of=("self",)).select_related("edition").filter(pk=file.pk).first()
    if row is None or row.revision != file.revision:
        raise ChangedMeanwhile
    return row, Sent.from_stored(row.content)


def _write(row: PlanFile, sent: Sent) -> None:
    row.content, row.revision = sent.stored(), row.revision + 1
    row.save(update_fields=["content", "revision"])


@transaction.atomic
def take_over(*, file: PlanFile, by: User, at: datetime) -> Applied:
    """Write the rows of a plan as obligations, with bodies, workstreams and resources that are missing.

    Names are known again in whatever language they stand. Raises PlanHasFaults, PlanLeftOut, BodyDissolved,
    ChangedMeanwhile; then nothing is written.
    """
    Edition.objects.select_for_update().get(pk=file.edition_id)
    row, sent = _opened(file)
    found = understand(sent)
    if found.faults:
        raise PlanHasFaults(number=Number(len(found.faults)))
    if not found.rows:
        raise PlanLeftOut
    done = _Taking(Laying(row.edition, by, at), sent.language, found).run()
    row.delete()
    return done


class _Taking:
    """One plan being written."""

    def __init__(self, laying: Laying, language: str, found: Understood) -> None:
        self.laying, self.language, self.found = laying, language, found
        self.known = known_names(laying.edition)

    def run(self) -> Applied:
        found, done = self.found, self.laying.done
        streams, done.n_workstreams = self._things(
            Workstream, self.known.workstreams, found.named(lambda row: row.workstream), {}
        )
        language = {"language": self.language}
        bodies, done.n_bodies = self._things(Body, self.known.bodies, found.named(lambda row: row.body), language)
        for body in bodies.values():
            if body.dissolved_on is not None:
                raise errors.BodyDissolved.of(body)
        rows = self._obligations(streams, bodies)
        done.n_obligations = len(rows)
        self._link(rows)
        self._equip(rows)
        return done

    def _things(
        self, model: type[T], known: Mapping[str, str], names: Iterable[str], more: Mapping[str, Any]
    ) -> tuple[dict[str, T], int]:
        """Return the things of these names, by the name folded, and how many had to be made."""
        held = {row.slug: row for row in model._default_manager.filter(edition=self.laying.edition)}
        wanted = {folded(name): name for name in reversed(list(names))}
        found = {key: held[known[key]] for key in wanted if key in known}
        taken, missing = set(held), {}
        for key, name in wanted.items():
            if key not in found:
                missing[self._free(name, model.__name__.lower(), taken)] = key
        rows = [{**more, "slug": slug, "name": Text({self.language: wanted[key]})} for slug, key in missing.items()]
        added = self.laying.add(model, rows)
        return {**found, **{missing[row.slug]: row for row in added}}, len(added)

    def _free(self, name: str, otherwise: str, taken: set[str]) -> str:
        # The romaniser begins with the English wording.
        wanted = naming.slug_from(Text.of(en=name), otherwise=otherwise)
        slug = naming.free_slug(wanted, taken.__contains__)
        taken.add(slug)
        return slug

    def _obligations(self, streams: Mapping[str, Workstream], bodies: Mapping[str, Body]) -> dict[int, Obligation]:
        edition = self.laying.edition
        taken = set(Obligation.objects.filter(edition=edition).values_list("slug", flat=True))
        numbers = {self._free(row.name, "obligation", taken): row for row in self.found.rows}
        rows = [
            {
                "slug": slug,
                "name": Text({self.language: row.name}),
                "detail": Text({self.language: row.detail}),
                "workstream": streams.get(folded(row.workstream)),
                "body": bodies.get(folded(row.body)),
                "responsible": row.responsible,
                "start_after": row.start,
                "due_on": row.due,
                "least_days": row.estimate.least,
                "likely_days": row.estimate.likely,
                "most_days": row.estimate.most,
                "evidence": [kind.value for kind in row.evidence],
                "note": row.note,
            }
            for slug, row in numbers.items()
        ]
        return {numbers[row.slug].number: row for row in self.laying.add(Obligation, rows)}

    def _link(self, rows: Mapping[int, Obligation]) -> None:
        links, entries = [], []
        for each in self.found.rows:
            lags = {rows[before].slug: lag for before, lag in each.after.items()}
            if lags:
                entries.append(self.laying.note("linked", rows[each.number].slug, "predecessors", ({}, lags)))
            links += [
                Link(before=rows[before], after=rows[each.number], lag_days=lag) for before, lag in each.after.items()
            ]
        Link.objects.bulk_create(links)
        self._record(entries)
        self.laying.done.n_links = len(links)

    def _equip(self, rows: Mapping[int, Obligation]) -> None:
        most: dict[str, tuple[str, int]] = {}
        for each in self.found.rows:
            for name, amount in each.uses.items():
                key = folded(name)
                most[key] = name, max(amount, most.get(key, ("", 0))[1])
        names = [name for name, _ in most.values()]
        held, n_new = self._things(Resource, self.known.resources, names, {})
        # Of what is new nobody said how many there are: at least as many as one obligation holds.
        for key, resource in held.items():
            if key not in self.known.resources and most[key][1] > 1:
                resource.capacity = most[key][1]
                resource.save(update_fields=["capacity"])
        self.laying.done.n_resources = n_new
        uses, entries = [], []
        for each in self.found.rows:
            amounts = _merged((held[folded(name)], amount) for name, amount in each.uses.items())
            uses += [
                ResourceUse(obligation=rows[each.number], resource=resource, amount=amount)
                for resource, amount in amounts.items()
            ]
            if amounts:
                values = {resource.slug: amount for resource, amount in amounts.items()}
                entries.append(self.laying.note("equipped", rows[each.number].slug, "uses", ({}, values)))
        ResourceUse.objects.bulk_create(uses)
        self._record(entries)

    def _record(self, entries: Iterable[Any]) -> None:
        laying = self.laying
        audit.record(list(entries), scope=laying.edition.slug, by=laying.by.name, at=laying.at)


def _merged(pairs: Iterable[tuple[Resource, int]]) -> dict[Resource, int]:
    """Return the amount of each resource, which two names of a row may mean."""
    found: dict[Resource, int] = {}
    for resource, amount in pairs:
        found[resource] = found.get(resource, 0) + amount
    return found


def names_there(found: Understood, known: Mapping[str, str]) -> frozenset[int]:
    """Return the rows whose name an obligation of the edition has already."""
    return frozenset(row.number for row in found.rows if folded(row.name) in known)


__all__ = [
    "PlanHasFaults",
    "PlanLeftOut",
    "PlanRow",
    "correct_rows",
    "match_columns",
    "names_there",
    "take_over",
]
