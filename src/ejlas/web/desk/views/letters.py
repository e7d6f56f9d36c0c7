"""The register of letters: one letter, writing letters from a template, and entering one that came in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ejlas.core import languages
from ejlas.core.errors import RuleBroken
from ejlas.core.files.rules import LABELS, LETTERS
from ejlas.delegations import queries as delegations
from ejlas.delegations.forms.letters import ReplyForm, SentForm, WriteForm
from ejlas.delegations.operations import letters as operations
from ejlas.delegations.operations.letter_ways import Scan
from ejlas.delegations.operations.letter_ways import receive as enter
from ejlas.delegations.queries import letters as queries
from ejlas.delegations.rules.letter_people import names_people, shows_documents
from ejlas.delegations.rules.letters import LetterDirection, LetterKind, LetterState
from ejlas.web.desk import changing
from ejlas.web.desk import letters as shown
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.views.things import page_of
from ejlas.web.ui.access import requires
from ejlas.web.ui.delegation_labels import LETTER_CHANNELS, LETTER_STATES
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.asking import ask
from ejlas.web.ui.kinds.letters import LETTER, register_words, template_name
from ejlas.web.ui.people import signed_in
from ejlas.web.ui.reading import Reader

DAYS = 14
MOST_SCANS = 10
MOST_TOLD = 8
INCOMING = (
    "kind",
    "delegation",
    "language",
    "correspondent",
    "their_number",
    "dated_on",
    "answers",
    "subject",
    "body",
    "note",
)


# --- One letter ---


@require_safe
@requires("delegations.view_letters")
def show(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show a letter with its way, its people, its attachments and its history."""
    return page(request, edition, slug)


def page(request: HttpRequest, edition: Any, slug: str, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Return the page of a letter; `sent_form` and `reply_form` are those that were sent wrongly. Raises Http404."""
    context = page_of(request, LETTER, edition, slug)
    letter, reader = context["thing"], context["desk"].reader
    sheet = Sheet(edition, reader)
    is_out = letter.direction == LetterDirection.OUT
    context |= {
        "is_out": is_out,
        "register": register_words(letter, sheet),
        "way": shown.way_of(letter, shown.passed_by(letter)),
        "places": shown.places_left(letter),
        "steps": shown.steps_now(letter),
        "can_clear": is_out and letter.state == LetterState.DRAFT,
        "can_send": is_out and letter.state == LetterState.CLEARED,
        "people": [sheet.text(each.title) for each in queries.people_of_letter(letter).unsealed()],
        "shows_documents": shows_documents(letter.kind),
        "text_language": letter.language,
        "text_direction": languages.direction(letter.language),
        "files": [
            (each, languages.number(each.file.n_bytes / 1e6, reader.language, decimals=1))
            for each in queries.files_of(letter)
        ],
        "taken": ", ".join(sorted({LABELS[each] for each in LETTERS})),
        "answered": shown.rows([letter.answers] if letter.answers else [], sheet),
        "replies": shown.rows(letter.answered_by.select_related("delegation__party"), sheet),
        "delegation": letter.delegation,
        "delegation_name": sheet.text(letter.delegation.title) if letter.delegation else "",
        "reply_day": sheet.day(letter.reply_on),
    }
    if letter.number is not None:
        context["remove_address"] = ""
    if context["can_change"]:
        context |= _forms(letter, edition, reader) | forms
    return render(request, "desk/letters/letter.html", context, status=status)


def _forms(letter: Any, edition: Any, reader: Reader) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    if letter.direction == LetterDirection.OUT and letter.state == LetterState.CLEARED:
        asked["sent_form"] = sent_form(edition, reader, None)
    if shown.answers_now(letter):
        asked["reply_form"] = reply_form(letter, edition, reader, None)
    return asked


def sent_form(edition: Any, reader: Reader, data: Any) -> SentForm:
    """Return the form by which a letter went another way than by our mail."""
    today = timezone.now().astimezone(edition.zone).date()
    form = SentForm(data, edition=edition, language=reader.language, initial={"on": today})
    form.offer(LETTER_CHANNELS)
    return form


def reply_form(letter: Any, edition: Any, reader: Reader, data: Any) -> ReplyForm:
    """Return the form of a reply to a letter."""
    today = timezone.now().astimezone(edition.zone).date()
    form = ReplyForm(data, edition=edition, language=reader.language, initial={"on": today})
    incoming = queries.incoming_of(letter).order_by("-position")[:100]
    offered = [(each.slug, f"{each.register} · {each.their_number or each.subject}") for each in incoming]
    form.offer(LETTER_STATES, shown.answers_now(letter), offered)
    return form


# --- Entering one that came in ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.change_letters")
def receive(request: HttpRequest, edition: Any) -> HttpResponse:
    """Enter a letter that came in, with what was scanned of it."""
    reader = reader_of(edition)
    started = {name: request.GET[name] for name in ("delegation", "answers") if name in request.GET}
    form: Any = LETTER.form(
        request.POST or None,
        ask=ask(LETTER, edition, reader.language, only=INCOMING),
        initial=_started(edition, started),
    )
    if request.method == "POST" and form.is_valid():
        files = request.FILES.getlist("scans")[:MOST_SCANS]
        scans = [Scan(each.name or "", each.read()) for each in files]
        try:
            letter = enter(edition=edition, fields=form.values(), scans=scans, by=signed_in(request), at=timezone.now())
        except RuleBroken as broken:
            changing.refuse(form, broken)
        else:
            words = _("It is in the register as number %(number)s.")
            messages.success(request, words % {"number": languages.digits(letter.register, reader.language)})
            return redirect("desk:letter", edition.slug, letter.slug)
    context = frame(request, edition, LETTER.name) | {
        "form": form,
        "taken": ", ".join(sorted({LABELS[each] for each in LETTERS})),
    }
    return render(request, "desk/letters/receive.html", context, status=422 if form.errors else 200)


def _started(edition: Any, asked: dict[str, str]) -> dict[str, Any]:
    """Return what the address says already of the letter that is to be entered."""
    started: dict[str, Any] = {"kind": LetterKind.OTHER, "language": edition.languages[0]}
    if "delegation" in asked:
        started["delegation"] = delegations.delegation_at(edition, asked["delegation"])
    if "answers" in asked:
        started["answers"] = edition.letter_set.filter(slug=asked["answers"]).first()
    return started


# --- Writing ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires("delegations.change_letters")
def write(request: HttpRequest, edition: Any) -> HttpResponse:
    """Write letters from a template: to whom, in which language, and with whom in them."""
    reader = reader_of(edition)
    templates = queries.templates_of(edition)
    every = list(edition.delegation_set.select_related("edition__forum", "party").order_by("position", "pk"))
    form = _write_form(request, edition, reader, templates, every)
    context = frame(request, edition, LETTER.name) | _counts(request, edition, reader) | {"form": form}
    if request.method == "POST" and form.is_valid():
        by_slug = {each.slug: each for each in every}
        template = next(each for each in templates if each.slug == form.cleaned_data["template"])
        chosen = [by_slug[slug] for slug in form.cleaned_data["delegations"]]
        if chosen and names_people(template.kind) and "people-asked" not in request.POST:
            return render(request, "desk/letters/people.html", context | _people(form, chosen, reader))
        try:
            return _write(request, edition, template, chosen, form)
        except RuleBroken as broken:
            changing.refuse(form, broken)
    context["has_templates"] = bool(templates)
    return render(request, "desk/letters/write.html", context, status=422 if form.errors else 200)


def _write(request: HttpRequest, edition: Any, template: Any, chosen: list[Any], form: Any) -> HttpResponse:
    reader = reader_of(edition)
    done = operations.write_letters(
        template=template,
        delegations=chosen,
        portal=shown.portal_address(request),
        language=form.cleaned_data["language"],
        chosen=request.POST.getlist("people") if "people-asked" in request.POST else None,
        by=signed_in(request),
        at=timezone.now(),
    )
    n_written = len(done.letters)
    words = ngettext("%(count)s draft is written.", "%(count)s drafts are written.", n_written)
    messages.success(request, words % {"count": reader.number(n_written)})
    unlike = [each for each in done.letters if each.slug in done.borrowed or each.slug in done.left]
    for letter in unlike[:MOST_TOLD]:
        _tell(request, letter, done, reader)
    if len(unlike) > MOST_TOLD:
        messages.info(request, _("Of the other drafts, look at each before it is cleared."))
    if n_written == 1:
        return redirect("desk:letter", edition.slug, done.letters[0].slug)
    return redirect(f"{reverse('desk:letter-list', args=[edition.slug])}?state=draft&direction=out")


def _tell(request: HttpRequest, letter: Any, done: operations.Written, reader: Reader) -> None:
    """Say what of a draft stands in another language, and which of its places nothing filled."""
    name = reader.plain(letter.delegation.title.to_stored())
    if letter.slug in done.borrowed:
        spoken = languages.name_of(letter.language, reader.language)
        words = _("%(name)s: the letter is in this language: %(language)s. Worded in another one: %(places)s.")
        places = shown.said_in(done.borrowed[letter.slug], reader.language) or "—"
        messages.info(request, words % {"name": name, "language": spoken, "places": places})
    if letter.slug in done.left:
        words = _("%(name)s: nothing is known yet for these places: %(places)s.")
        places = ", ".join(f"{{{each}}}" for each in done.left[letter.slug])
        messages.warning(request, words % {"name": name, "places": places})


def _write_form(
    request: HttpRequest, edition: Any, reader: Reader, templates: list[Any], every: list[Any]
) -> WriteForm:
    sheet = Sheet(edition, reader)
    is_reminder = request.GET.get("who") == "unanswered"
    kind = request.GET.get("kind") or (LetterKind.REMINDER if is_reminder else LetterKind.INVITATION)
    first = next((each.slug for each in templates if each.kind == kind), "")
    form = WriteForm(
        request.POST or None,
        edition=edition,
        language=reader.language,
        initial={"template": first, "delegations": _ticked(request, edition, every)},
    )
    form.offer(
        templates=[(each.slug, template_name(each, sheet)) for each in templates],
        languages=[(code, languages.name_of(code, reader.language)) for code in edition.languages],
        delegations=[(each.slug, reader.plain(each.title.to_stored()) or each.slug) for each in every],
    )
    return form


def _ticked(request: HttpRequest, edition: Any, every: list[Any]) -> list[str]:
    """Return the delegations that the address of the page asks to write to."""
    who = request.GET.get("who", "")
    if who == "uninvited":
        return [each.slug for each in queries.uninvited(edition)]
    if who == "unanswered":
        return [each.slug for each in queries.unanswered(edition, days=_days(request), at=timezone.now())]
    return [each.slug for each in every if who == "all" or each.slug == request.GET.get("delegation")]


def _days(request: HttpRequest) -> int:
    days = request.GET.get("days", "")
    return int(days) if days.isascii() and days.isdecimal() and len(days) < 4 else DAYS


def _counts(request: HttpRequest, edition: Any, reader: Reader) -> dict[str, Any]:
    """Return how many wait for an invitation or have not answered one."""
    days = _days(request)
    return {
        "n_uninvited": reader.number(queries.uninvited(edition).count()),
        "n_unanswered": reader.number(queries.unanswered(edition, days=days, at=timezone.now()).count()),
        "days": days,
        "days_words": reader.number(days),
    }


def _people(form: Any, chosen: list[Any], reader: Reader) -> dict[str, Any]:
    """Return the approved people of each delegation, to be ticked."""
    groups: dict[int, list[tuple[str, Any]]] = {each.pk: [] for each in chosen}
    for person in queries.approved_of(chosen):
        office = reader.plain(person.office.to_stored())
        groups[person.delegation_id].append((person.slug, f"{person.passport_name}{f' · {office}' if office else ''}"))
    return {
        "groups": [(reader.name(each.title.to_stored()), groups[each.pk]) for each in chosen],
        "kept": [
            ("template", form.cleaned_data["template"]),
            ("language", form.cleaned_data["language"]),
            *(("delegations", slug) for slug in form.cleaned_data["delegations"]),
        ],
    }
