"""`ejlas check FILE`: every fault of a summit file, one a line."""

from __future__ import annotations

from argparse import Namespace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ejlas.cli import session
from ejlas.journeys.summit_file import check
from ejlas.journeys.summit_file.schema import SummitFile


def run(options: Namespace) -> int:
    """Check the file; 0 when it is whole, 2 when it has faults."""
    summit = checked(options.file, as_json=options.json)
    if summit is None:
        return session.BAD_INPUT
    if not options.json:
        counts = {
            "file": options.file,
            "parties": len(summit.parties),
            "sessions": len(summit.sessions),
            "bilaterals": len(summit.bilaterals),
        }
        session.answer(
            _("%(file)s is well: %(parties)d parties, %(sessions)d sessions, %(bilaterals)d bilaterals.") % counts
        )
    return session.OK


def checked(name: str, *, as_json: bool = False) -> SummitFile | None:
    """Return the checked summit, or None after its faults were said, each as file:line: path: wrong; remedy."""
    result = check.check(session.read_input(name), name=name)
    if as_json:
        problems = [
            {"line": problem.line, "path": problem.path, "problem": problem.sentence(_)} for problem in result.problems
        ]
        session.answer_json({"file": name, "problems": problems})
        return result.summit
    for problem in result.problems:
        session.answer(problem.as_line(name, _))
    if result.problems:
        count = len(result.problems)
        words = ngettext("%(file)s has %(count)d fault.", "%(file)s has %(count)d faults.", count)
        session.say(words % {"file": name, "count": count})
    return result.summit
