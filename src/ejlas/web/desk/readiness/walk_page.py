"""The walk of a round of inspection: what its page shows, what the phone is told, and the sentences of its script."""

from __future__ import annotations

from datetime import UTC
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from ejlas.core.secrets import keyed_hash
from ejlas.readiness.rules.inspections import SAID
from ejlas.readiness.rules.meetings import Result
from ejlas.web.desk.readiness.inspection_page import look, words_of
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.labels import word
from ejlas.web.ui.readiness_labels import RESULTS


def who(user: Any) -> str:
    """Return by what a phone knows whose answers it holds: says nothing of the person."""
    return keyed_hash(str(user.pk), purpose="walk")[:24]


def cards(lines: list[Any], sheet: Sheet) -> list[dict[str, Any]]:
    """Return the lines as the page of the walk shows them."""
    return [
        {
            "slug": line.slug,
            "number": sheet.number(number),
            "words": words_of(line, sheet),
            "body": sheet.text(line.obligation.body.name) if line.obligation and line.obligation.body else "",
            "answer_id": str(uuid4()),
            **look(line, sheet),
        }
        for number, line in enumerate(lines, start=1)
    ]


def told(held: Any, lines: list[Any], sheet: Sheet) -> dict[str, Any]:
    """Return what the server tells a phone about a round."""
    return {
        "closed": held.closed_at is not None,
        "mark": mark(lines),
        "lines": {line.slug: told_of(line, sheet) for line in lines},
    }


def told_of(line: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what stands at one line, for a phone."""
    seen = look(line, sheet)
    return {
        "result": seen["result"],
        "found": seen["found"],
        "by": seen["by"],
        "at": line.seen_at.astimezone(UTC).isoformat() if line.seen_at else "",
        "at_words": moment(line, sheet),
        "photo": seen["photo"],
    }


def moment(line: Any, sheet: Sheet) -> str:
    """Return when a line was looked at, in words without marks of a page."""
    if line.seen_at is None:
        return ""
    local = line.seen_at.astimezone(sheet.edition.zone)
    return f"{sheet.reader.dates(local.date(), 'short')[0]} {sheet.reader.time(local)}"


def mark(lines: list[Any]) -> str:
    """Return what tells whether a page that a phone kept still shows the checklist as it is."""
    return sha256("\n".join(f"{line.slug} {line.words}" for line in lines).encode()).hexdigest()[:16]


def results() -> list[tuple[str, str]]:
    """Return the three answers, each in words."""
    return [(result.value, word(RESULTS, result)) for result in SAID]


def sentences(sheet: Sheet) -> dict[str, str]:
    """Return what the script says, in the reader's language."""
    return {
        **{result.value: word(RESULTS, result) for result in Result},
        "digits": "".join(sheet.number(digit) for digit in range(10)),
        "delivered": _("All is delivered."),
        "waits": _("Wait on this phone: %(number)s"),
        "refused": _("Need a decision: %(number)s"),
        "offline": _("There is no network. You can go on; the answers stay on this phone."),
        "busy": _("The server does not answer well. The answers stay on this phone and are sent later."),
        "signed-out": _("You are signed out. The answers stay on this phone until you sign in again."),
        "may-not": _("You may no longer answer on this round. The answers stay on this phone."),
        "closed": _("This round is closed: it takes no answers until somebody opens it again."),
        "changed": _("The checklist has changed. Load the page anew to see it."),
        "no-store": _("This browser keeps nothing on the phone: answers are sent at once, and need the network."),
        "full": _("There is no room left on this phone: nothing was kept. Free some, then answer again."),
        "line-waits": _("Waits on this phone"),
        "line-closed": _("Not taken: the round was closed."),
        "line-line-gone": _("Not taken: this line is no longer on the checklist."),
        "line-shape": _("Not taken: something in this answer is not right."),
        "line-other-person": _("Not sent: somebody else answered this on the phone, and you are signed in now."),
        "found-missing": _("Write what is wanting, so that it can be mended."),
        "no-picture": _("This picture cannot be opened. Take it anew, or choose another."),
        "photo": _("Photo taken"),
        "seen": _("%(done)s of %(all)s looked at"),
        "gone": _("a line that is no longer on the checklist"),
    }
