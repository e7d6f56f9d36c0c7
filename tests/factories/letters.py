"""Letters and their templates for the tests of what is built upon them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from ejlas.accounts import queries as accounts
from ejlas.delegations.models import Delegation, Letter, Template
from ejlas.delegations.operations import letter_ways, letters
from ejlas.delegations.rules.letters import LetterChannel

# Both summits are still ahead, and this is the same day in the zone of each.
AT = datetime(2025, 10, 1, 12, 0, tzinfo=UTC)
PORTAL = "https://summit.example.org/portal/"
SCAN = letter_ways.Scan("answer.pdf", b"%PDF-1.7 scanned")


def standard(edition: Any) -> dict[str, Template]:
    """Give an edition the standard templates; return them by kind."""
    letters.add_standard_templates(edition=edition, by=accounts.system_account(), at=AT)
    return {each.kind: each for each in Template.objects.filter(edition=edition)}


def written(*delegations: Delegation, kind: str = "invitation", at: datetime = AT, **more: Any) -> list[Letter]:
    """Write drafts of a kind to delegations; the standard templates must be there."""
    template = Template.objects.get(edition=delegations[0].edition, kind=kind)
    by = accounts.system_account()
    done = letters.write_letters(template=template, delegations=delegations, portal=PORTAL, by=by, at=at, **more)
    return done.letters


def cleared(*delegations: Delegation, at: datetime = AT, **more: Any) -> list[Letter]:
    """Write letters to delegations, and clear them."""
    return letters.clear(letters=written(*delegations, at=at, **more), by=accounts.system_account(), at=at)


def sent(*delegations: Delegation, at: datetime = AT, **more: Any) -> list[Letter]:
    """Write letters to delegations, clear them, and hand them over."""
    made, day = cleared(*delegations, at=at, **more), at.astimezone(delegations[0].edition.zone).date()
    return letter_ways.mark_sent(letters=made, channel=LetterChannel.HAND, on=day, by=accounts.system_account(), at=at)


def incoming(edition: Any, *, at: datetime = AT, **more: Any) -> Letter:
    """Enter a letter that came in, with a scan."""
    fields = {
        "kind": "other",
        "language": "en",
        "correspondent": "Office of the Governor",
        "their_number": "17/44-A",
        "dated_on": at.date(),
        "subject": "Participation in the summit",
    }
    by = accounts.system_account()
    return letter_ways.receive(edition=edition, fields=fields | more, scans=[SCAN], by=by, at=at)
