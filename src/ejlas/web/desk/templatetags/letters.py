"""Tags of the pages of letters, and of pages that show some."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from ejlas.web.desk import letters
from ejlas.web.desk.frame import Desk
from ejlas.web.desk.views import mailbox

register = template.Library()


@register.simple_tag
def demo_mailbox(desk: Desk) -> str:
    """Return the address of the mails of a demo; nothing where there are none, or where the reader may not see them."""
    if desk.may("accounts.change_grants") and mailbox.is_there():
        return reverse("desk:mailbox", args=[desk.slug])
    return ""


@register.inclusion_tag("desk/letters/of_delegation.html")
def letters_of(desk: Desk, delegation: Any) -> dict[str, Any]:
    """Show the letters to and from a delegation, to who may read letters. One SQL query."""
    if not desk.may("delegations.view_letters"):
        return {"is_shown": False}
    write = reverse("desk:letter-write", args=[desk.slug])
    return {
        "is_shown": True,
        "letters": letters.letters_of(delegation, desk.sheet()),
        "write_address": f"{write}?delegation={delegation.slug}" if desk.may("delegations.change_letters") else "",
    }
