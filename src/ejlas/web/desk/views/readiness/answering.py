"""What is done about one obligation: steps, progress, evidence, words, its predecessors, what it uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ejlas.core import languages
from ejlas.core.errors import RuleBroken
from ejlas.readiness.forms import answering
from ejlas.readiness.operations import errors
from ejlas.readiness.operations import obligations as operations
from ejlas.readiness.permissions import answers_for
from ejlas.readiness.queries import obligations as queries
from ejlas.readiness.queries.inspections import finding_of
from ejlas.readiness.rules.states import EvidenceKind, Step
from ejlas.web.desk.frame import reader_of
from ejlas.web.desk.readiness.words import TAKEN
from ejlas.web.desk.views.delegations.files import handed
from ejlas.web.desk.views.things import page_of
from ejlas.web.ui.access import View, requires
from ejlas.web.ui.kinds.readiness import OBLIGATION
from ejlas.web.ui.labels import word
from ejlas.web.ui.people import signed_in
from ejlas.web.ui.readiness_labels import EVIDENCE_KINDS

if TYPE_CHECKING:
    from ejlas.accounts.models import User


@dataclass(frozen=True, slots=True)
class Way:
    """By which pages somebody answers an obligation: who reads and answers, what is found, which steps there are."""

    name: str
    reads: str
    answers: str
    steps: frozenset[Step]
    find: Callable[[Any, Any, str], Any]
    show: Callable[[HttpRequest, Any, str, list[str]], HttpResponse]
    who: Callable[[HttpRequest], User] = signed_in


class Refused(Exception):
    """What was sent cannot be taken; the faults are sentences."""

    def __init__(self, form: forms.Form) -> None:
        super().__init__()
        self.faults = [str(fault) for faults in form.errors.values() for fault in faults]


# What is done with an obligation by what was sent; returns what to say of it.
Act = Callable[[HttpRequest, Any, Way], str]


def act_view(way: Way, act: Act) -> View:
    """Return the view that does something about an obligation, or shows its page again with what is wrong."""

    @require_POST
    @requires(way.answers)
    def answer(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
        faults = acted(request, _found(way, request, edition, slug), way, act)
        return way.show(request, edition, slug, faults) if faults else redirect(f"desk:{way.name}", edition.slug, slug)

    return answer


def acted(request: HttpRequest, obligation: Any, way: Way, act: Act) -> list[str]:
    """Do something about an obligation and say so on the next page; return what is wrong with what was sent."""
    try:
        messages.success(request, act(request, obligation, way))
    except Refused as refused:
        return refused.faults
    except RuleBroken as broken:
        return [_sentence(broken, obligation.edition)]
    return []


# What hands out a file of an obligation by the name, or the number, that stands in its address.
Hand = Callable[[Any, Any], HttpResponse]


def file_view(way: Way, hand: Hand) -> View:
    """Return the view that hands out a file of an obligation."""

    @require_safe
    @requires(way.reads)
    def view(request: HttpRequest, edition: Any, slug: str, file: Any) -> HttpResponse:
        return hand(_found(way, request, edition, slug), file)

    return view


def file_of(obligation: Any, slug: str) -> HttpResponse:
    """Hand out the file of a piece of evidence of an obligation."""
    found = queries.proof_of(obligation, slug)
    if found is None or found.file is None:
        raise Http404(slug)
    return handed(found.file, "inline" if found.kind == EvidenceKind.PHOTO else "attachment")


def photo_of(obligation: Any, answer: UUID) -> HttpResponse:
    """Hand out the photo of what a round found wanting at an obligation."""
    found = finding_of(obligation, answer)
    if found is None or found.photo is None:
        raise Http404(answer)
    return handed(found.photo, "inline")


def _found(way: Way, request: HttpRequest, edition: Any, slug: str) -> Any:
    obligation = way.find(request.user, edition, slug)
    if obligation is None:
        raise Http404(slug)
    return obligation


def _sentence(broken: RuleBroken, edition: Any) -> str:
    if isinstance(broken, errors.EvidenceMissing):
        kinds = str(broken.values["kinds"]).split(", ")
        named = languages.comma(reader_of(edition).language).join(str(word(EVIDENCE_KINDS, kind)) for kind in kinds)
        return errors.EvidenceMissing(**{**broken.values, "kinds": named}).sentence(_)
    return broken.sentence(_)


def _checked(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise Refused(form)
    return form.cleaned_data


def take_step(request: HttpRequest, obligation: Any, way: Way) -> str:
    """Take an obligation one step on."""
    sent = _checked(answering.StepForm(request.POST, way.steps))
    step = Step(sent["step"])
    operations.take_step(
        obligation=obligation,
        step=step,
        reason=sent["reason"],
        revision=sent["revision"],
        by=way.who(request),
        at=timezone.now(),
    )
    return str(TAKEN[step])


def note_progress(request: HttpRequest, obligation: Any, way: Way) -> str:
    """Note how far the work has come."""
    sent = _checked(answering.ProgressForm(request.POST))
    operations.note_progress(obligation=obligation, progress=sent["progress"], by=way.who(request), at=timezone.now())
    return _("It is noted how far the work has come.")


def add_proof(request: HttpRequest, obligation: Any, way: Way) -> str:
    """Add a photo, a document or the note of an inspection."""
    form = answering.ProofForm(request.POST, request.FILES)
    sent = _checked(form)
    operations.add_evidence(
        obligation=obligation,
        kind=EvidenceKind(sent["kind"]),
        data=form.data_of_file(),
        name=sent["file"].name if sent["file"] else "",
        words=sent["words"],
        slug=sent["once"],
        by=way.who(request),
        at=timezone.now(),
    )
    return _("The evidence is added.")


def say(request: HttpRequest, obligation: Any, way: Way) -> str:
    """Say something about an obligation."""
    sent = _checked(answering.CommentForm(request.POST))
    operations.add_comment(
        obligation=obligation,
        words=sent["words"],
        is_of_body=answers_for(way.who(request), obligation),
        slug=sent["once"],
        by=way.who(request),
        at=timezone.now(),
    )
    return _("Your words are added.")


def set_before(request: HttpRequest, obligation: Any, way: Way) -> str:
    """Let an obligation begin after another, change the lag, or take the other away."""
    sent = _checked(answering.BeforeForm(request.POST, obligation, reader_of(obligation.edition).language))
    lags = queries.lags_of(obligation)
    if request.POST.get("act") == "remove":
        lags.pop(sent["before"], None)
    else:
        lags[sent["before"]] = sent["lag"] or 0
    operations.set_predecessors(
        obligation=obligation, lags=lags, revision=sent["revision"], by=way.who(request), at=timezone.now()
    )
    n_before = len(lags)
    words = ngettext("It begins after %(number)s other.", "It begins after %(number)s others.", n_before)
    return words % {"number": reader_of(obligation.edition).number(n_before)}


def set_use(request: HttpRequest, obligation: Any, way: Way) -> str:
    """Say how much of limited hands or equipment an obligation holds."""
    sent = _checked(answering.UseForm(request.POST, obligation))
    amounts = queries.amounts_of(obligation) | {sent["resource"]: sent["amount"]}
    operations.set_uses(
        obligation=obligation, amounts=amounts, revision=sent["revision"], by=way.who(request), at=timezone.now()
    )
    return _("It is noted what the work holds.")


def _show(request: HttpRequest, edition: Any, slug: str, faults: list[str]) -> HttpResponse:
    context = page_of(request, OBLIGATION, edition, slug) | {"faults": faults, "typed": request.POST}
    return render(request, "desk/readiness/obligation.html", context, status=422)


AT_DESK = Way(
    name="obligation",
    reads="readiness.view_readiness",
    answers="readiness.change_readiness",
    steps=frozenset(Step),
    find=OBLIGATION.find,
    show=_show,
)
