"""What a link that was sent still opens, and the sentence for one that opens nothing any more."""

from __future__ import annotations

from datetime import datetime

from ejlas.accounts import rules
from ejlas.accounts.models import SignInLink
from ejlas.accounts.rules import LinkState
from ejlas.core import secrets
from ejlas.core.errors import RuleBroken, marked

PURPOSE = "accounts.sign_in_link"


class LinkDead(RuleBroken):
    """A link opens nothing; its subclasses say why, and what to do."""


class LinkUnknown(LinkDead):
    """No such link was ever sent, or a newer one has taken its place."""

    message = marked(
        "This link is not known. Copy it whole from the newest message, or ask the secretariat for another."
    )


class LinkUsed(LinkDead):
    """Each link works once."""

    message = marked("This link was used already. Sign in, or ask the secretariat for another.")


class LinkWithdrawn(LinkDead):
    """The secretariat has taken the link back."""

    message = marked("This link was withdrawn. Ask the secretariat.")


class LinkExpired(LinkDead):
    """The link is too old."""

    message = marked("This link is too old. Ask the secretariat for another.")


class DemoLinkOver(LinkDead):
    """A link of the demo works once, until the demo starts again."""

    message = marked("This link of the demo was used, or is too old. Start the demo again: it writes fresh links.")


_FAULTS = {LinkState.USED: LinkUsed, LinkState.WITHDRAWN: LinkWithdrawn, LinkState.EXPIRED: LinkExpired}


def require_open(state: LinkState) -> None:
    """Refuse a link that is not open. Raises LinkUsed, LinkWithdrawn, LinkExpired."""
    if state in _FAULTS:
        raise _FAULTS[state]


def opened_link(token: str, *, at: datetime) -> SignInLink:
    """Return the link for signing in, with its user. Raises LinkDead."""
    kept = secrets.keyed_hash(token, purpose=PURPOSE)
    link = SignInLink.objects.select_related("user").filter(key_hash=kept, user__is_active=True).first()
    if link is None:
        raise LinkUnknown
    state = rules.link_state(at, expires_at=link.expires_at, used_at=link.used_at)
    if link.is_demo and state is not LinkState.OPEN:
        raise DemoLinkOver
    require_open(state)
    return link


def has_demo_links() -> bool:
    """Tell whether links of the demo were ever made here: then this is a demo, and no installation of real people."""
    return SignInLink.objects.filter(is_demo=True).exists()
