"""A round of inspection to be walked in a browser, and its inspector."""

from __future__ import annotations

from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.forum import operations as forum
from ejlas.forum.models import Edition
from ejlas.readiness.models import Inspection
from ejlas.readiness.operations import inspections, obligations
from ejlas.readiness.rules.states import Step
from tests.factories import people
from tests.factories.readiness import owed, worded

NAMES = ("Interpreters’ booths", "Lifts of the hall", "Emergency power")


def opened(slug: str, *, language: str = "en") -> str:
    """Make a round of three delivered obligations and an inspector; give the short name of the round."""
    edition, by, at = Edition.objects.get(slug=slug), accounts.system_account(), timezone.now()
    rows = [owed(edition, name) for name in NAMES]
    for row in rows:
        for step in (Step.ACCEPT, Step.DELIVER):
            obligations.take_step(obligation=row, step=step, by=by, at=at)
    fields = {"name": worded(edition, "Round of the hall"), "held_on": at.date()}
    held = forum.add_thing(Inspection, edition=edition, fields=fields, by=by, at=at)
    inspections.fill_from(inspection=held, obligations=rows, language=language, by=by, at=at)
    people.person(
        Role.PROTOCOL, edition=slug, name="Marta Silva", email=f"inspector@{slug}.example.org", language=language
    )
    return held.slug
