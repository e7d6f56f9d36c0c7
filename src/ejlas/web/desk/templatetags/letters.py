"""Tags of the pages of letters."""

from __future__ import annotations

from django import template
from django.urls import reverse

from ejlas.web.desk.frame import Desk
from ejlas.web.desk.views import mailbox

register = template.Library()


@register.simple_tag
def demo_mailbox(desk: Desk) -> str:
    """Return the address of the mails of a demo; nothing where there are none, or where the reader may not see them."""
    if desk.may("accounts.change_grants") and mailbox.is_there():
        return reverse("desk:mailbox", args=[desk.slug])
    return ""
