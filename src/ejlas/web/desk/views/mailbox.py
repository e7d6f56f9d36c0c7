"""The mails of a demo, which are written into files: whoever tries the software reads here what would be sent."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ejlas.accounts import queries as accounts
from ejlas.core import languages
from ejlas.core.mail import reading
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.letters import as_file
from ejlas.web.desk.listing import PER_PAGE
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet


def is_there() -> bool:
    """Tell whether this installation is a demo whose mails are files: elsewhere a mail is its reader's alone."""
    return reading.keeps_files() and accounts.has_demo_links()


@never_cache
@require_safe
@requires("accounts.change_grants")
def mails(request: HttpRequest, edition: Any) -> HttpResponse:
    """List the mails, the newest first."""
    _require()
    sheet = Sheet(edition, reader_of(edition))
    page = Paginator(reading.kept_mails(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(each, sheet.moment(each.at), languages.direction(each.language)) for each in page.object_list]
    context = {"page": page, "mails": rows, "count": sheet.number(page.paginator.count)}
    return render(request, "desk/letters/mailbox.html", frame(request, edition, "mailbox") | context)


@never_cache
@require_safe
@requires("accounts.change_grants")
def mail(request: HttpRequest, edition: Any, name: str) -> HttpResponse:
    """Show one mail."""
    held = _held(name)
    sheet = Sheet(edition, reader_of(edition))
    context = {"mail": held, "at": sheet.moment(held.at), "direction": languages.direction(held.language)}
    return render(request, "desk/letters/mail.html", frame(request, edition, "mailbox") | context)


@require_safe
@requires("accounts.change_grants")
def attachment(request: HttpRequest, edition: Any, name: str, number: int) -> HttpResponse:
    """Return a file that came with a mail."""
    files = _held(name).files
    if not 0 < number <= len(files):
        raise Http404(number)
    label, media_type, body = files[number - 1]
    return as_file(body, media_type=media_type, name=label)


def _held(name: str) -> reading.KeptMail:
    _require()
    held = reading.kept_mail(name)
    if held is None:
        raise Http404(name)
    return held


def _require() -> None:
    if not is_there():
        raise Http404("mailbox")
