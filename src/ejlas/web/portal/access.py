"""The way to the pages of a delegation: for those who file its list, and for nobody else."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from ejlas.accounts.rules import Door
from ejlas.delegations import permissions, queries
from ejlas.forum import queries as forum
from ejlas.web.ui.access import View, to_sign_in
from ejlas.web.ui.doors import DOOR

if TYPE_CHECKING:
    from ejlas.delegations.models import Delegation, Person


def requires_delegation(view: View) -> View:
    """Let in who files the list of the delegation of the address, and hand the view that delegation.

    Nobody signed in: to the sign-in and back. Everybody else: 404, as if there were no such delegation.
    """

    @wraps(view)
    def guarded(request: HttpRequest, edition: str, delegation: str, *args: Any, **values: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        held = forum.edition(edition)
        found = queries.delegation_at(held, delegation) if held is not None else None
        if found is None or not permissions.files_for(request.user, found):
            raise Http404(delegation)
        return view(request, found, *args, **values)

    setattr(guarded, DOOR, Door.PORTAL)
    return guarded


def person_of(delegation: Delegation, slug: str) -> Person:
    """Return a person of a delegation, with all that is known. Raises Http404."""
    person = queries.person_at(delegation.edition, slug)
    if person is None or person.delegation_id != delegation.pk:
        raise Http404(slug)
    return person
