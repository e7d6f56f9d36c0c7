"""`ejlas plan EDITION`: times, rooms and interpreters for the bilaterals, and why some have none."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ejlas.accounts import queries as accounts
from ejlas.cli import session
from ejlas.core.errors import RuleBroken
from ejlas.forum import queries as forum
from ejlas.planning import operations as planning
from ejlas.planning.queries.facts import facts_of
from ejlas.planning.queries.reasons import broken_lines, sentences
from ejlas.planning.queries.words import Words

if TYPE_CHECKING:
    from ejlas.planning.models import Run


def run(options: Namespace) -> int:
    """Plan and accept the plan; 0 also when wishes were refused, 1 when the rules leave no plan at all."""
    session.ready_database()
    found = planned(
        options.edition,
        seconds=options.seconds,
        workers=options.workers,
        seed=options.seed,
        dry_run=options.dry_run,
    )
    if options.json:
        session.answer_json(as_json(found))
    else:
        report(found)
    return session.FAULT if found.broken else session.OK


def planned(slug: str, *, seconds: int, workers: int, seed: int, dry_run: bool = False) -> Run:
    """Plan an edition and, unless it is a dry run, place its bilaterals by the plan."""
    edition = forum.edition(slug)
    if edition is None:
        raise session.no_edition(slug, forum.edition_slugs())
    by = accounts.system_account()
    try:
        asked = planning.ask_for_run(
            edition=edition, seconds=seconds, workers=workers, seed=seed, by=by, at=timezone.now()
        )
        found = planning.solve_run(run=asked, at=timezone.now(), progress=progress)
        if found.ended_without_a_plan:
            words = _("No plan was found in %(seconds)d seconds; give the search more with --seconds.")
            raise session.Refused(words % {"seconds": seconds}, session.FAULT)
        if not found.broken and not dry_run:
            planning.accept_run(run=found, by=by, at=timezone.now())
    except RuleBroken as broken:
        raise session.Refused(broken.sentence(_)) from broken
    return found


def progress(objective: str, value: int, bound: int) -> None:
    """Say how far the search is."""
    session.say(
        _("  %(objective)s: %(value)d, bound %(bound)d") % {"objective": objective, "value": value, "bound": bound}
    )


def report(found: Run, *, in_full: bool = True) -> None:
    """Say what the plan grants, how good it is, and for each refused request why, or in short only where to see it."""
    names = Words(facts_of(found.edition), get_language() or "en", _)
    if found.broken:
        session.answer(_("No plan keeps all rules. These stand in each other's way:"))
        for line in broken_lines(found.broken, _, names):
            session.answer(f"  {line}")
        return
    values = {
        "placed": len(found.placements),
        "requests": len(found.placements) + len(found.refusals),
        "value": found.value,
        "bound": found.bound,
        "gaps": found.gaps,
    }
    words = (
        _("%(placed)d of %(requests)d bilaterals have a place; weight %(value)d, proven to be the most there is.")
        if found.proven
        else _("%(placed)d of %(requests)d bilaterals have a place; weight %(value)d of at most %(bound)d.")
    )
    session.answer(words % values)
    session.answer(_("Idle gaps between meetings of one delegation: %(gaps)d.") % values)
    if not in_full:
        words = _("“ejlas plan %(edition)s --dry-run” says of each refused request why it was refused.")
        session.answer(words % {"edition": found.edition.slug})
        return
    for slug, reasons in found.refusals.items():
        told = {"bilateral": names.bilateral(slug), "reasons": sentences(reasons, _, names)}
        session.answer(_("refused: %(bilateral)s: %(reasons)s") % told)


def as_json(found: Run) -> dict[str, object]:
    """Return the run as one object."""
    return {
        "edition": found.edition.slug,
        "run": found.pk,
        "requests": len(found.placements) + len(found.refusals),
        "placed": len(found.placements),
        "value": found.value,
        "bound": found.bound,
        "proven": found.proven,
        "gaps": found.gaps,
        "gaps_proven": found.gaps_proven,
        "placements": found.placements,
        "refusals": found.refusals,
        "broken": found.broken,
        **found.statistics,
    }
