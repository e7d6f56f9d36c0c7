"""The list of one's own sign-ins, each with its device in words, and ending them."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from ejlas.accounts import operations, queries
from ejlas.web.ui.people import signed_in


@login_required
def show(request: HttpRequest) -> HttpResponse:
    """Show where this account is signed in."""
    sign_ins = queries.sign_ins_of(signed_in(request), current=request.session.session_key or "")
    return render(request, "account/sign_ins.html", {"sign_ins": sign_ins, "has_others": len(sign_ins) > 1})


@require_POST
@login_required
def end(request: HttpRequest, key: int) -> HttpResponse:
    """Sign out in one other place."""
    if operations.end_sign_in(user=signed_in(request), key=key, at=timezone.now()):
        messages.success(request, gettext("That device is signed out."))
    return redirect("account:sign-ins")


@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    kept = request.session.session_key or ""
    operations.end_other_sign_ins(user=signed_in(request), kept=kept, at=timezone.now())
    messages.success(request, gettext("You are signed out everywhere but here."))
    return redirect("account:sign-ins")
