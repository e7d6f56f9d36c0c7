"""A delegation's list at the desk: opening, sending back, confirming, locking, inviting who files it, walk-ins."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ejlas.accounts import operations as accounts
from ejlas.accounts.permissions import may_give
from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.errors import RuleBroken
from ejlas.delegations import forms, operations, permissions, queries
from ejlas.delegations.operations import deciding
from ejlas.delegations.queries import desk
from ejlas.delegations.rules import house
from ejlas.journeys.invite_filer import invite_filer
from ejlas.web.desk.delegations import acting, words
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.delegation_labels import CAPACITY_KINDS, DOCUMENT_KINDS
from ejlas.web.ui.kinds import BY_NAME
from ejlas.web.ui.labels import ROLES, word
from ejlas.web.ui.links import invitation_letter
from ejlas.web.ui.people import signed_in

KIND = BY_NAME["delegation"]


@require_POST
@requires("delegations.change_delegations")
def open_all(request: HttpRequest, edition: Any) -> HttpResponse:
    """Open a delegation for each party that has none."""
    back = redirect("desk:delegation-list", edition.slug)
    if request.POST.get("sure") != "1":
        return back
    opened = operations.open_delegations(edition=edition, by=signed_in(request), at=timezone.now())
    number = reader_of(edition).number(len(opened))
    said = ngettext("%(number)s delegation is opened.", "%(number)s delegations are opened.", len(opened))
    messages.success(request, said % {"number": number})
    return back


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.check_people")
def act(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Send a list back, confirm it on behalf, lock it or open it again, after it was named once more."""
    delegation = _found(request, edition, slug)
    data = request.POST if request.method == "POST" else request.GET
    name = data.get("act", "")
    back = reverse("desk:delegation", args=[edition.slug, slug])
    if name not in words.LIST_ACTS:
        return redirect(back)
    if request.method == "POST" and data.get("sure") == "1":
        return _done(request, edition, delegation, name, back)
    return render(request, "desk/delegations/list_act.html", _asking(request, edition, delegation, name, back))


def _done(request: HttpRequest, edition: Any, delegation: Any, name: str, back: str) -> HttpResponse:
    try:
        _take(request, delegation, name, at=timezone.now())
    except operations.ReasonNeeded as broken:
        context = _asking(request, edition, delegation, name, back) | {"fault": broken.sentence(_)}
        return render(request, "desk/delegations/list_act.html", context, status=422)
    except operations.ListClosed:
        messages.error(request, ChangedMeanwhile().sentence(_))
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    else:
        messages.success(request, _("It is done, and stands in the history."))
    return redirect(back)


def _take(request: HttpRequest, delegation: Any, name: str, *, at: datetime) -> None:
    by = signed_in(request)
    if request.POST.get("revision", "") != str(delegation.revision):
        raise ChangedMeanwhile
    if name == "return":
        language, own = desk.language_of(delegation), request.POST.get("reason", "").replace("\x00", "")[:2000]
        answer = words.reason(words.READY_OF_LIST, request.POST.get("ready", ""), own, language)
        link = acting.portal_link(request)
        deciding.send_back_list(delegation=delegation, answer=answer, by=by, at=at, link=link)
        return
    take = {"confirm": operations.confirm_list, "lock": operations.lock_list, "open": operations.open_list}[name]
    take(delegation=delegation, by=by, at=at)


def _asking(request: HttpRequest, edition: Any, delegation: Any, name: str, back: str) -> dict[str, Any]:
    label, question, follows, _states = words.LIST_ACTS[name]
    reader = reader_of(edition)
    who = reader.plain(delegation.title.to_stored())
    return _context(request, edition, delegation) | {
        "act": name,
        "act_words": label,
        "question": str(question) % {"who": who},
        "follows": follows,
        "revision": delegation.revision,
        "needs_reason": name == "return",
        "ready": words.choices(words.READY_OF_LIST, desk.language_of(delegation)),
        "ready_chosen": request.POST.get("ready", ""),
        "reason_text": request.POST.get("reason", ""),
        "back": back,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.invite_filers")
def invite(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Invite who files a list: the focal point of a party, or who writes for a medium."""
    delegation = queries.delegation_at(edition, slug)
    if delegation is None or not may_give(request.user, edition.slug, desk.role_of_filer(delegation)):
        raise Http404(slug)
    first = {
        "email": delegation.contact_email,
        "name": delegation.contact_name,
        "language": desk.language_of(delegation),
    }
    form = forms.InviteForm(request.POST or None, initial=first)
    back = reverse("desk:delegation", args=[edition.slug, slug])
    if request.method == "POST" and form.is_valid():
        try:
            invited = _invite(request, edition, delegation, form.cleaned_data)
        except RuleBroken as broken:
            form.add_error("email", broken.sentence(_))
        else:
            messages.success(request, _invited(invited, form.cleaned_data["email"]))
            return redirect(back)
    context = _context(request, edition, delegation) | {"form": form, "back": back}
    context["filer_role"] = ROLES[desk.role_of_filer(delegation)]
    return render(request, "desk/delegations/invite.html", context, status=422 if form.errors else 200)


def _invite(request: HttpRequest, edition: Any, delegation: Any, given: dict[str, Any]) -> accounts.Invited:
    name = edition.name.wording(given["language"], edition.fallback_languages).text
    return invite_filer(
        delegation=delegation,
        email=given["email"],
        name=given["name"],
        language=given["language"],
        letter=invitation_letter(request, edition_name=name),
        by=signed_in(request),
        at=timezone.now(),
    )


def _invited(invited: accounts.Invited, email: str) -> str:
    if invited.user is not None:
        return _("%(name)s has the roles from now on, and a mail says so.") % {"name": invited.user.name}
    return _("The invitation is on its way to %(address)s.") % {"address": email}


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.check_people")
def walk_in(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Take in somebody whom nobody named, on the word of an office."""
    delegation = _found(request, edition, slug)
    form = _walk_in_form(request, edition, delegation)
    if request.method == "POST" and form.is_valid():
        fields = form.values()
        capacities = {each.slug: each for each in queries.capacities_of(edition, delegation.kind)}
        try:
            person = operations.add_walk_in(
                delegation=delegation,
                fields=fields | {"capacity": capacities[fields["capacity"]]},
                approver=form.cleaned_data["approver"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except RuleBroken as broken:
            form.add_error(broken.field if broken.field in form.fields else None, broken.sentence(_))
        else:
            messages.success(request, _("The person is taken in, and waits for the check."))
            return redirect("desk:person", edition.slug, person.slug)
    context = _context(request, edition, delegation) | {"form": form}
    context["back"] = reverse("desk:delegation", args=[edition.slug, slug])
    return render(request, "desk/delegations/walk_in.html", context, status=422 if form.errors else 200)


def _walk_in_form(request: HttpRequest, edition: Any, delegation: Any) -> forms.WalkInForm:
    reader, at = reader_of(edition), timezone.now()
    capacities = [
        (each.slug, each.name.wording(reader.language).text or word(CAPACITY_KINDS, each.kind))
        for each in queries.capacities_of(edition, delegation.kind)
    ]
    return forms.WalkInForm(
        request.POST or None,
        ask=forms.AskPersonal(reader.language, edition.zone, at.astimezone(edition.zone).date(), DOCUMENT_KINDS),
        capacities=capacities,
        office_in=desk.language_of(delegation),
        initial={"approver": house.stored(edition.settings)["late_approver"]},
    )


def _found(request: HttpRequest, edition: Any, slug: str) -> Any:
    """Return a delegation on whose list this user decides. Raises Http404."""
    delegation = queries.delegation_at(edition, slug)
    if delegation is None or not permissions.may_act_on_list(request.user, delegation):
        raise Http404(slug)
    return delegation


def _context(request: HttpRequest, edition: Any, delegation: Any) -> dict[str, Any]:
    sheet = KIND.sheet(edition, reader_of(edition), [delegation])
    return frame(request, edition, KIND.name) | {"thing": delegation, "name": KIND.name_of(delegation, sheet)}
