"""One person of a delegation: what is known, where it stands; added, changed, withdrawn, substituted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core import languages
from ejlas.core.changes import ChangedMeanwhile
from ejlas.core.errors import RuleBroken
from ejlas.delegations import operations, queries
from ejlas.delegations.forms.filing import FilingForm, shown, values_of
from ejlas.delegations.operations import filing as acts_on
from ejlas.delegations.queries import filing
from ejlas.delegations.rules.capacities import Need
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.records import DAYS, day_of
from ejlas.delegations.rules.states import PersonState, RequestKind
from ejlas.web.portal import merging
from ejlas.web.portal.access import person_of, requires_delegation
from ejlas.web.portal.acts import acts_of
from ejlas.web.portal.asking import ask_of, loads_of, states_of
from ejlas.web.portal.facts import facts_of
from ejlas.web.portal.frame import frame, name_of
from ejlas.web.portal.rows import WAY, row_of
from ejlas.web.ui.delegation_labels import NEEDS, PERSON_STATES
from ejlas.web.ui.labels import word
from ejlas.web.ui.people import signed_in

if TYPE_CHECKING:
    from ejlas.delegations.models import Delegation, Person

PREFILLED = "prefilled"


@dataclass(frozen=True, slots=True)
class Task:
    """What a form is for: who is named, changed or replaced, at once or as a request to the host."""

    kind: RequestKind
    person: Person | None
    asks: bool

    @property
    def edits(self) -> Person | None:
        """The person whose values the form begins with."""
        return self.person if self.kind is RequestKind.CHANGE else None


@require_safe
@requires_delegation
def show(request: HttpRequest, delegation: Any, person: str) -> HttpResponse:
    """Show one person, what is missing, and where that person stands."""
    found, acts = person_of(delegation, person), acts_of(delegation, timezone.now())
    context = frame(request, delegation)
    reader = context["reader"]
    instead = filing.substitutes_of(found) if found.state == PersonState.WITHDRAWN else None
    passed = list(PersonState).index(PersonState(found.state)) if found.state in WAY else -1
    context |= {
        "person": found,
        "row": row_of(found, reader),
        "way": [
            (word(PERSON_STATES, state), state == found.state, list(PersonState).index(state) < passed) for state in WAY
        ],
        "groups": facts_of(found, reader),
        "needs": [(word(NEEDS, need), _where_to_add(delegation, found, need)) for need in found.lacks],
        "n_papers": reader.number(queries.papers_of(delegation, found).count()),
        "may_change": acts.may_change(found),
        "may_withdraw": acts.may_withdraw(found),
        "may_substitute": acts.may_substitute(found),
        "may_ask": acts.may_ask_of(found),
        "may_send": acts.may_send(found),
        "instead": (instead.slug, name_of(instead, reader)) if instead else None,
    }
    return render(request, "portal/person.html", context)


def _where_to_add(delegation: Delegation, person: Person, need: str) -> str:
    """Return the page on which something that is missing is added."""
    pages = {Need.PHOTO: "photo", Need.PRESS_CARD: "person-papers", Need.ASSIGNMENT: "person-papers"}
    page = pages.get(Need(need), "person-change")
    return reverse(f"portal:{page}", args=[delegation.edition.slug, delegation.slug, person.slug])


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def new(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Name somebody; once the list is with the host, as a request."""
    acts = acts_of(delegation, timezone.now())
    return _form(request, delegation, Task(RequestKind.ADD, None, acts.may_ask))


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def change(request: HttpRequest, delegation: Any, person: str) -> HttpResponse:
    """Change what is known of a person."""
    found, acts = person_of(delegation, person), acts_of(delegation, timezone.now())
    if not acts.may_change(found) and not acts.may_ask_of(found):
        return _closed(request, delegation, found)
    return _form(request, delegation, Task(RequestKind.CHANGE, found, not acts.may_change(found)))


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def substitute(request: HttpRequest, delegation: Any, person: str) -> HttpResponse:
    """Name somebody in the place of a person."""
    found, acts = person_of(delegation, person), acts_of(delegation, timezone.now())
    if not acts.may_substitute(found) and not acts.may_ask_of(found):
        return _closed(request, delegation, found)
    return _form(request, delegation, Task(RequestKind.SUBSTITUTE, found, not acts.may_substitute(found)))


def _closed(request: HttpRequest, delegation: Delegation, person: Person) -> HttpResponse:
    messages.error(request, operations.ListClosed().sentence(_))
    return redirect("portal:person", delegation.edition.slug, delegation.slug, person.slug)


# --- The form ---


def _form(request: HttpRequest, delegation: Delegation, task: Task) -> HttpResponse:
    context = frame(request, delegation)
    reader, loads = context["reader"], loads_of(delegation)
    today = timezone.now().astimezone(delegation.edition.zone).date()
    ask = ask_of(delegation, loads, reader, today=today, needs_reason=task.asks)
    stands = values_of(task.edits, ask.spoken) if task.edits else {}
    initial = shown(stands, reader.language) if task.edits else _begun(request, task)
    is_sent = request.method == "POST" and PREFILLED not in request.POST
    form = FilingForm(request.POST if is_sent else None, ask=ask, initial=initial)
    conflicts: dict[str, Any] = {}
    if is_sent and form.is_valid():
        done, form, conflicts = _save(request, delegation, task, form, stands)
        if done is not None:
            return done
    elif request.method == "GET" and task.edits and stands.get("document_number"):
        # The number stands in the form: who reads it is written down.
        operations.note_reading(person=task.edits, purpose="portal", by=signed_in(request), at=timezone.now())
    marks = request.POST.get(merging.SEEN, "") if is_sent and not conflicts else ""
    context |= {
        "form": form,
        "task": task,
        "person": task.person,
        "person_name": name_of(task.person, reader) if task.person else None,
        "conflicts": conflicts,
        "told": ChangedMeanwhile().sentence(_) if conflicts else "",
        "states": states_of(reader.language),
        "revision": _revision(request, task, is_sent=is_sent and not conflicts),
        "seen": marks or (merging.seen(stands, task.edits.slug) if task.edits else ""),
        "is_late": task.kind is RequestKind.ADD and acts_of(delegation, timezone.now()).is_late,
        "back": _back(delegation, task.person),
    }
    status = 409 if conflicts else 422 if is_sent else 200
    return render(request, "portal/form.html", context, status=status)


def _begun(request: HttpRequest, task: Task) -> dict[str, Any]:
    """Return what a passport has told, or the capacity of whom somebody replaces."""
    begun = {"capacity": task.person.capacity.slug} if task.person else {}
    if request.method == "POST" and PREFILLED in request.POST:
        begun |= {
            name: _day_or_words(name, str(value)) for name, value in request.POST.items() if name in set(PersonField)
        }
    return begun


def _day_or_words(name: str, value: str) -> Any:
    """Return a value that a passport gave, a day as a day, so that it is shown in the reader's calendar."""
    try:
        return day_of(value) if name in DAYS else value[:200]
    except ValueError:
        return value[:200]


def _revision(request: HttpRequest, task: Task, *, is_sent: bool) -> str:
    if task.edits is None:
        return ""
    return request.POST.get("revision", "") if is_sent else str(task.edits.revision)


def _back(delegation: Delegation, person: Person | None) -> str:
    at = [delegation.edition.slug, delegation.slug]
    return reverse("portal:person", args=[*at, person.slug]) if person else reverse("portal:delegation", args=at)


_Saved = tuple[HttpResponse | None, FilingForm, dict[str, Any]]


def _save(request: HttpRequest, delegation: Delegation, task: Task, form: FilingForm, stands: dict[str, Any]) -> _Saved:
    """Write what a valid form says, beside what somebody else wrote meanwhile; else return the form to show again."""
    values, conflicts = form.values(), {}
    seen = request.POST.get("revision", "")
    if task.edits is not None and seen != str(task.edits.revision):
        merged = merging.merge(values, stands, request.POST.get(merging.SEEN, ""), task.edits.slug)
        values, conflicts = merged.values, merged.conflicts
    if conflicts:
        again = FilingForm(None, ask=form.ask, initial=shown(values, form.ask.language))
        said = shown(conflicts, form.ask.language)
        return None, again, {name: _told(again, name, value) for name, value in said.items()}
    try:
        person = _write(request, delegation, task, form, values)
    except ChangedMeanwhile as broken:
        # Between the reading and the writing of this very request: the next attempt sees it.
        form.add_error(None, broken.sentence(_))
        return None, form, {}
    except RuleBroken as broken:
        form.add_error(broken.field if broken.field in form.fields else None, broken.sentence(_))
        return None, form, {}
    for note in form.notes:
        messages.info(request, note.sentence(_))
    return _after(request, delegation, person, task), form, {}


def _told(form: FilingForm, name: str, value: Any) -> str:
    """Return a value of somebody else in words."""
    choices = dict(getattr(form.fields[name], "choices", ()) or ())
    if isinstance(value, list):
        return languages.comma(form.ask.language).join(str(choices.get(each, each)) for each in value) or "—"
    return str(choices.get(value, value) or "—")


def _write(
    request: HttpRequest, delegation: Delegation, task: Task, form: FilingForm, values: dict[str, Any]
) -> Person | None:
    by, at = signed_in(request), timezone.now()
    fields = form.columns(values, task.edits)
    if task.asks:
        reason = form.cleaned_data["reason"]
        operations.ask(
            delegation=delegation, kind=task.kind, reason=reason, by=by, at=at, person=task.person, fields=fields
        )
        return None
    if task.person is None:
        return operations.add_person(delegation=delegation, fields=fields, by=by, at=at)
    if task.kind is RequestKind.SUBSTITUTE:
        return operations.substitute(person=task.person, fields=fields, by=by, at=at)
    operations.change_person(
        thing=task.person, fields=fields, by=by, at=at, revision=task.person.revision, by_host=False
    )
    return task.person


def _after(request: HttpRequest, delegation: Delegation, person: Person | None, task: Task) -> HttpResponse:
    at = [delegation.edition.slug, delegation.slug]
    if person is None:
        messages.success(request, _("The host has your request; the answer is shown here."))
        return redirect("portal:delegation", *at)
    messages.success(request, _("Saved."))
    if "another" in request.POST:
        return redirect("portal:person-new", *at)
    return redirect("portal:person", *at, person.slug)


# --- Taking off, sending one ---


@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def withdraw(request: HttpRequest, delegation: Any, person: str) -> HttpResponse:
    """Ask once more, and take a person off the list; after the lock, ask the host to."""
    found, acts = person_of(delegation, person), acts_of(delegation, timezone.now())
    if not acts.may_withdraw(found) and not acts.may_ask_of(found):
        return _closed(request, delegation, found)
    asks = not acts.may_withdraw(found)
    fault = ""
    if request.method == "POST":
        try:
            return _withdrawn(request, delegation, found, asks=asks)
        except RuleBroken as broken:
            fault = broken.sentence(_)
    context = frame(request, delegation)
    context |= {"person": found, "row": row_of(found, context["reader"]), "asks": asks, "fault": fault}
    context["reason"] = request.POST.get("reason", "")
    return render(request, "portal/withdraw.html", context, status=422 if fault else 200)


def _withdrawn(request: HttpRequest, delegation: Delegation, person: Person, *, asks: bool) -> HttpResponse:
    by, at = signed_in(request), timezone.now()
    if asks:
        reason = request.POST.get("reason", "")[:2000]
        kind = RequestKind.WITHDRAW
        operations.ask(delegation=delegation, kind=kind, reason=reason, by=by, at=at, person=person)
        messages.success(request, _("The host has your request; the answer is shown here."))
    else:
        acts_on.withdraw_person(person=person, by=by, at=at)
        messages.success(request, _("%(name)s is withdrawn.") % {"name": person.passport_name})
    return redirect("portal:delegation", delegation.edition.slug, delegation.slug)


@require_POST
@requires_delegation
def send(request: HttpRequest, delegation: Any, person: str) -> HttpResponse:
    """Send one person to the check."""
    found = person_of(delegation, person)
    try:
        acts_on.send_person(person=found, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    else:
        messages.success(request, _("%(name)s is with the host.") % {"name": found.passport_name})
    return redirect("portal:person", delegation.edition.slug, delegation.slug, found.slug)


@require_POST
@requires_delegation
def take_back(request: HttpRequest, delegation: Any, asked: str) -> HttpResponse:
    """Take a request back that nobody has answered."""
    found = filing.requests_of(delegation).filter(slug=asked).first()
    if found is None:
        raise Http404(asked)
    try:
        operations.take_back(request=found, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
    else:
        messages.success(request, _("The request is taken back."))
    return redirect("portal:delegation", delegation.edition.slug, delegation.slug)
