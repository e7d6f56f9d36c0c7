"""People and roles: who holds what at an edition, giving, letting end, withdrawing, giving again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.accounts import operations, queries
from ejlas.accounts.forms import EndForm, RolesForm
from ejlas.accounts.permissions import may
from ejlas.accounts.rules import Role
from ejlas.core.audit import queries as audit
from ejlas.core.errors import RuleBroken
from ejlas.exports import table
from ejlas.web.desk import history, people
from ejlas.web.desk.frame import frame
from ejlas.web.desk.listing import MOST_IN_ONE_FILE, PER_PAGE
from ejlas.web.ui.access import requires
from ejlas.web.ui.labels import GRANT_STATES
from ejlas.web.ui.links import invitation_letter
from ejlas.web.ui.people import signed_in

LATEST = 20
# Where on the form a broken rule belongs.
PLACES = (
    (operations.RoleNeedsParty, "party"),
    (operations.EndsInThePast, "ends_on"),
    (operations.AlreadyInvited, "email"),
    (operations.AccountClosed, "email"),
    (operations.NoRoles, "roles"),
)


@require_safe
@requires("accounts.view_grants")
def roles(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show who holds which role."""
    at, asked = timezone.now(), people.Asked.read(request)
    grants = people.asked_for(asked, edition, at)
    if request.GET.get("format") in table.FORMS:
        return _file(request, edition, grants[:MOST_IN_ONE_FILE], at)
    # Keys alone are counted and cut: the people behind all other pages stay unread.
    page = Paginator(grants.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))
    rows = queries.grants_of_keys(list(page.object_list))
    sheet = people.sheet_of(edition, rows)
    kept = request.GET.copy()
    kept.pop("page", None)
    context = frame(request, edition, "people") | {
        "page": page,
        "rows": people.grant_rows(rows, request.user, sheet, at),
        "count": sheet.number(page.paginator.count),
        "asked": asked,
        "heads": people.heads(asked),
        "roles": people.role_choices(),
        "states": [(state.value, words) for state, words in GRANT_STATES.items()],
        "n_open": queries.invitations_in(edition.slug).open().count(),
        "can_change": may(request.user, "accounts.change_grants", edition),
        "sees_trail": may(request.user, "forum.view_trail", edition),
        "files": [(form, f"{kept.urlencode()}&format={form}".lstrip("&")) for form in table.FORMS],
    }
    return render(request, "desk/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.change_grants")
def add(request: HttpRequest, edition: Any) -> HttpResponse:
    """Give roles to who has an account, invite who has none."""
    at = timezone.now()
    asking = people.asking(edition, request.user, at, with_parties=True)
    form = RolesForm(request.POST or None, asking=asking, initial=_initial(request, edition))
    if request.method == "POST" and form.is_valid():
        try:
            invited = _invite(request, edition, form, at)
        except RuleBroken as broken:
            field = next((name for error, name in PLACES if isinstance(broken, error)), None)
            form.add_error(field, broken.sentence(_))
        else:
            if invited.user is not None:
                words = _("%(name)s has the roles from now on, and a mail says so.") % {"name": invited.user.name}
                messages.success(request, words)
                return redirect("desk:people", edition.slug)
            words = _("The invitation is on its way to %(address)s.") % {"address": form.cleaned_data["email"]}
            messages.success(request, words)
            return redirect("desk:people-invitations", edition.slug)
    context = frame(request, edition, "people") | {"form": form}
    return render(request, "desk/people_add.html", context, status=422 if form.errors else 200)


def _initial(request: HttpRequest, edition: Any) -> dict[str, Any]:
    """Return what stands in the form at first: of the person whose page led here, where one did."""
    known = request.GET.get("like", "")
    is_key = known.isascii() and known.isdecimal() and len(known) < 19
    grant = queries.grant_at(edition.slug, int(known)) if is_key else None
    if grant is None:
        return {"language": edition.languages[0] if edition.languages else "en"}
    return {"email": grant.user.email, "name": grant.user.name, "language": grant.user.language}


def _invite(request: HttpRequest, edition: Any, form: RolesForm, at: Any) -> operations.Invited:
    given = form.cleaned_data
    name = edition.name.wording(given["language"], edition.fallback_languages).text
    return operations.invite(
        email=given["email"],
        name=given["name"],
        language=given["language"],
        roles=form.wanted(),
        by=signed_in(request),
        at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
        letter=invitation_letter(request, edition_name=name),
    )


@require_safe
@requires("accounts.view_grants")
def show(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Show a role of a person with its history, and ask for another end."""
    grant = _found(edition, key)
    return _thing(request, edition, grant, _end_form(request, edition, grant))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.change_grants")
def change(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Let a role end at another day, or never."""
    grant = _found(edition, key)
    if request.method != "POST":
        # Who had to sign in anew on the way comes back without the form.
        return redirect("desk:people-role", edition.slug, key)
    form = _end_form(request, edition, grant)
    if form.is_valid():
        try:
            operations.change_role_end(grant=grant, ends_at=form.ends_at(), by=signed_in(request), at=timezone.now())
        except RuleBroken as broken:
            form.add_error("ends_on" if isinstance(broken, operations.EndsInThePast) else None, broken.sentence(_))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("desk:people-role", edition.slug, key)
    return _thing(request, edition, grant, form)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("accounts.change_grants")
def withdraw(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Withdraw a role, after its person was named once more."""
    grant = _found(edition, key)
    sheet = people.sheet_of(edition, [grant])
    row = people.grant_row(grant, request.user, sheet, timezone.now())
    if request.method != "POST":
        return render(request, "desk/people_withdraw.html", frame(request, edition, "people") | {"row": row})
    try:
        operations.withdraw_role(grant=grant, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect("desk:people-role", edition.slug, key)
    told = render_to_string("desk/parts/give_again.html", {"row": row, "slug": edition.slug}, request=request)
    messages.success(request, SafeString(told))
    return redirect("desk:people", edition.slug)


@require_POST
@requires("accounts.change_grants")
def give_again(request: HttpRequest, edition: Any, key: int) -> HttpResponse:
    """Give a role that was withdrawn once more, until the same day."""
    old = _found(edition, key)
    try:
        given = operations.grant_role(
            user=old.user,
            role=Role(old.role),
            edition=old.edition,
            party=old.party,
            body=old.body,
            ends_at=old.ends_at,
            by=signed_in(request),
            at=timezone.now(),
        )
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect("desk:people-role", edition.slug, key)
    messages.success(request, _("The role is given again."))
    return redirect("desk:people-role", edition.slug, given.pk)


def _found(edition: Any, key: int) -> Any:
    grant = queries.grant_at(edition.slug, key)
    if grant is None:
        raise Http404(key)
    return grant


def _end_form(request: HttpRequest, edition: Any, grant: Any) -> EndForm:
    asking = people.asking(edition, request.user, timezone.now(), with_parties=False)
    ends_on = grant.ends_at.astimezone(edition.zone).date() if grant.ends_at else None
    return EndForm(request.POST or None, asking=asking, initial={"ends_on": ends_on})


def _thing(request: HttpRequest, edition: Any, grant: Any, form: EndForm) -> HttpResponse:
    sheet = people.sheet_of(edition, [grant])
    subject = f"{grant.user_id} {grant.role} {grant.party or grant.body}".strip()
    lines = audit.history_of(scope=grant.edition, kind="grant", subject=subject)[:LATEST]
    context = frame(request, edition, "people") | {
        "row": people.grant_row(grant, request.user, sheet, timezone.now()),
        "form": form,
        "lines": history.told(lines, sheet.reader, edition),
        "can_add": may(request.user, "accounts.change_grants", edition),
    }
    return render(request, "desk/people_role.html", context, status=422 if form.errors else 200)


def _file(request: HttpRequest, edition: Any, grants: Any, at: Any) -> HttpResponse:
    found = list(grants)
    sheet = people.sheet_of(edition, found)
    heads = [
        _("Name"),
        _("E-mail address"),
        _("Role"),
        _("Party or body"),
        _("Until"),
        _("Given by"),
        pgettext("how something stands", "State"),
    ]
    cells = (
        [
            row["name"],
            row["email"],
            row["role"],
            row["of"] or "",
            " · ".join(row["until"]),
            row["by"],
            row["state_words"],
        ]
        for row in people.grant_rows(found, request.user, sheet, at)
    )
    form, language = request.GET["format"], sheet.reader.language
    made = table.make(form, title=_("People and roles"), heads=heads, rows=cells, language=language)
    response = HttpResponse(made.body, content_type=made.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{edition.slug}-people.{form}"'
    return response
