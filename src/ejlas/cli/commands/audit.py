"""`ejlas audit verify`: the proof that the trail is whole."""

from __future__ import annotations

from argparse import Namespace

from django.utils.translation import gettext as _

from ejlas.cli import session
from ejlas.core.audit.queries import verify


def run(options: Namespace) -> int:
    """Prove the chain; 0 when it is whole, 1 with the first broken line when it is not."""
    session.ready_database()
    verdict = verify(progress=lambda number: session.say(_("%(number)d lines so far") % {"number": number}))
    values = {"lines": verdict.n_lines, "purged": verdict.n_purged, "line": verdict.broken_line}
    if options.json:
        session.answer_json({"whole": verdict.is_whole, **values, "reason": verdict.reason})
    elif verdict.is_whole:
        session.answer(_("The trail is whole: %(lines)d lines, of which %(purged)d had their values purged.") % values)
    else:
        session.answer(
            _("The trail is broken at line %(line)d: %(reason)s. The %(lines)d lines before it hold.")
            % {**values, "reason": _(verdict.reason)}
        )
    return session.OK if verdict.is_whole else session.FAULT
