"""The link to a pass on the telephone, shown on a screen once: in letters, and as a code to be read by a telephone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from ejlas.delegations.operations.passes import digital
from ejlas.web.ui.codes import code_svg
from ejlas.web.ui.links import pass_address

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.delegations.models import Badge


def shown_once(request: HttpRequest, badge: Badge, *, by: User, at: datetime) -> dict[str, Any]:
    """Make a new link, and return what a page shows of it; nobody can show it again.

    Raises NoDigitalPasses, NamesNobody, BadgeStepNotPossible.
    """
    link = pass_address(request)(digital.make_link(badge=badge, by=by, at=at))
    return {"link": link, "link_code": code_svg(link)}
