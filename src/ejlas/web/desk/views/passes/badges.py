"""One pass: its steps with a reason, what it looks like, and the papers of its handing out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ejlas.accounts.permissions import may
from ejlas.core.errors import RuleBroken
from ejlas.delegations import permissions
from ejlas.delegations.operations.passes import steps
from ejlas.delegations.operations.passes.errors import BadgeStepNotPossible
from ejlas.delegations.queries.passes import handing
from ejlas.delegations.rules.passes.badges import WITH_REASON, BadgeStep
from ejlas.delegations.rules.passes.cards import Side
from ejlas.journeys import print_cards as card_preview
from ejlas.web.desk.delegations.acting import back_from
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.passes import badge_page
from ejlas.web.desk.passes.words import DONE, FOLLOWS, QUESTIONS
from ejlas.web.desk.views.delegations.files import handed
from ejlas.web.ui.access import View, requires
from ejlas.web.ui.badge_labels import BADGE_STEPS
from ejlas.web.ui.kinds import BY_NAME, Sheet
from ejlas.web.ui.kinds.passes import number_of
from ejlas.web.ui.people import signed_in

KIND = BY_NAME["badge"]
LONGEST_REASON = 500
# Printing and handing out have pages of their own, revoking an address for who may do that alone.
ON_PAGE = frozenset({BadgeStep.SUSPEND, BadgeStep.RESUME, BadgeStep.LOSE, BadgeStep.RETURN})


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.hand_out_passes")
def step(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Take a pass a step on, after it was named once more."""
    asked = (request.POST if request.method == "POST" else request.GET).get("step", "")
    badge = KIND.find(request.user, edition, slug)
    if badge is None or asked not in ON_PAGE:
        raise Http404(slug)
    return _take(request, edition, badge, BadgeStep(asked))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.revoke_passes")
def revoke(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Revoke a pass; vetting does so with those of people on whom it decided."""
    badge = handing.badge_at(edition, slug)
    if badge is None or not _may_revoke(request.user, edition, badge):
        raise Http404(slug)
    return _take(request, edition, badge, BadgeStep.REVOKE)


def _may_revoke(user: Any, edition: Any, badge: Any) -> bool:
    if may(user, KIND.view, edition):
        return True
    return badge.person is not None and badge.person.state in permissions.VETTED


def _take(request: HttpRequest, edition: Any, badge: Any, step: BadgeStep) -> HttpResponse:
    sees_pass = may(request.user, KIND.view, edition)
    page = "desk:badge" if sees_pass else "desk:vetting-person"
    subject = badge.slug if sees_pass else badge.person.slug
    back = back_from(request, reverse(page, args=[edition.slug, subject]))
    if not badge_page.may_take(badge, step):
        messages.warning(request, BadgeStepNotPossible(number=badge.number).sentence(_))
        return redirect(back)
    reason = request.POST.get("reason", "").replace("\x00", "").strip()[:LONGEST_REASON]
    fault = _done(request, badge, step, reason) if request.method == "POST" else ""
    if request.method == "POST" and not fault:
        return redirect(back)
    sheet = KIND.sheet(edition, reader_of(edition), [badge])
    values = {"number": number_of(badge, sheet), "name": KIND.name_of(badge, sheet)}
    context = frame(request, edition, "badge" if sees_pass else "vetting") | {
        "badge": badge,
        "question": _plain(QUESTIONS[step], badge, sheet),
        "follows": FOLLOWS[step],
        "step": step.value,
        "step_words": BADGE_STEPS[step],
        "asks_reason": step in WITH_REASON,
        "offers_reason": step is BadgeStep.RETURN,
        "is_dangerous": step in (BadgeStep.REVOKE, BadgeStep.LOSE, BadgeStep.SUSPEND),
        "reason": reason,
        "fault": fault,
        "back": back,
        **values,
    }
    return render(request, "desk/passes/step.html", context, status=422 if fault else 200)


def _plain(question: Any, badge: Any, sheet: Sheet) -> str:
    name = sheet.reader.plain(badge.title.to_stored())
    return str(question) % {"number": sheet.number(badge.number), "name": name}


def _done(request: HttpRequest, badge: Any, step: BadgeStep, reason: str) -> str:
    """Take the step and say so; return what has to be mended first."""
    seen = request.POST.get("seen", "")
    revision = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 10 else badge.revision
    by, at = signed_in(request), timezone.now()
    try:
        if step is BadgeStep.LOSE:
            steps.report_lost(badge=badge, reason=reason, by=by, at=at, revision=revision)
        else:
            revisions = {badge.slug: revision}
            steps.take_step(badges=[badge], step=step, by=by, at=at, reason=reason, revisions=revisions)
    except RuleBroken as broken:
        return broken.sentence(_)
    messages.success(request, str(DONE[step]))
    return ""


def paper_view(name: str) -> View:
    """Return the view that hands out a paper of the handing out of a pass: the signature or the written authority."""

    @require_safe
    @requires("delegations.hand_out_passes")
    def paper(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
        badge = KIND.find(request.user, edition, slug)
        file = getattr(handing.kept_of(badge), name) if badge is not None else None
        if file is None:
            raise Http404(slug)
        return handed(file, "inline" if name == "signature" else "attachment")

    return paper


@require_safe
@requires("delegations.change_passes")
def look(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show a side of the card of a pass, with a code that no gate reads: nothing is printed by looking."""
    badge = KIND.find(request.user, edition, slug)
    if badge is None:
        raise Http404(slug)
    picture = card_preview.card_of(
        badge,
        side=Side.BACK if request.GET.get("side") == Side.BACK else Side.FRONT,
        language=edition.languages[0],
        at=timezone.now(),
    )
    response = HttpResponse(picture, content_type="image/png")
    response.headers["Cache-Control"] = "private, no-store"
    return response
