"""A round of inspection to be walked in a browser, and what the server has of it afterwards."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.forum import operations as forum
from ejlas.forum.models import Edition
from ejlas.readiness.models import CheckAnswer, Evidence, Inspection, Obligation
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


def told(slug: str) -> dict[str, Any]:
    """Tell what the server has of a round: answers, photos, and where its obligations stand."""
    answers = CheckAnswer.objects.filter(line__inspection__edition__slug=slug).order_by("line__position")
    rows = Obligation.objects.filter(edition__slug=slug, checks__isnull=False).order_by("checks__position")
    return {
        "results": list(answers.values_list("result", flat=True)),
        "photos": [answer.photo is not None for answer in answers.select_related("photo")],
        "states": [[row.state, row.reason] for row in rows],
        "proofs": Evidence.objects.filter(obligation__edition__slug=slug, kind="inspection").count(),
    }
