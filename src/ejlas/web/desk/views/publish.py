"""Publishing: what would change for the public, a note, and the versions so far."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from ejlas.core.inputs.texts import tidy
from ejlas.exports import comparison
from ejlas.exports.comparison import Act, Difference
from ejlas.exports.upcoming import Upcoming, upcoming
from ejlas.forum import queries as forum
from ejlas.journeys.publish_edition import publish_edition
from ejlas.programme import queries as programme
from ejlas.web.desk import addresses, history
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.translating import TRANSLATED
from ejlas.web.ui import change_labels
from ejlas.web.ui.access import requires
from ejlas.web.ui.reading import Reader

_HIDDEN = {
    "sessions": lazy("Sessions marked as not public"),
    "bilaterals": lazy("Bilaterals marked as not public"),
    "placeless": lazy("Bilaterals without a place"),
}
MOST_SHOWN = 200
MOST_OF_A_NOTE = 500
PER_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@requires("forum.publish_edition")
def publish(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show what a publication would change, and publish what was shown."""
    coming = upcoming(edition)
    if request.method != "POST":
        return _page(request, edition, coming)
    note = tidy(request.POST.get("note", ""), keep_lines=True)
    if len(note) > MOST_OF_A_NOTE:
        fault = _("The note is longer than %(most)d characters.") % {"most": MOST_OF_A_NOTE}
        return _page(request, edition, coming, note=note, fault=fault, status=422)
    if request.POST.get("seen") != coming.digest:
        fault = _("Something changed since you looked at this page. Look at the list again, then publish.")
        return _page(request, edition, coming, note=note, fault=fault, status=409)
    made = publish_edition(edition=edition, note=note, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    if made is None:
        messages.info(request, _("Nothing differs from what the public sees; no version was made."))
    else:
        number = reader_of(edition).number(made.number)
        messages.success(request, _("Version %(number)s is public.") % {"number": number})
    return redirect("desk:publish", edition.slug)


def _page(
    request: HttpRequest, edition: Any, coming: Upcoming, *, note: str = "", fault: str = "", status: int = 200
) -> HttpResponse:
    reader = reader_of(edition)
    page = Paginator(forum.publications_of(edition), PER_PAGE).get_page(request.GET.get("page"))
    newest = forum.publications_of(edition).first()
    counts = comparison.counts(coming.differences)
    hidden = programme.hidden_counts(edition)
    context = frame(request, edition, "publish") | {
        "coming": coming,
        "counts": [(history.ACTS[act.value], reader.number(counts[act])) for act in Act if counts[act]],
        "groups": _groups(coming.differences[:MOST_SHOWN], edition, reader),
        "n_more": reader.number(max(0, len(coming.differences) - MOST_SHOWN)),
        "has_more": len(coming.differences) > MOST_SHOWN,
        "next_number": reader.number(newest.number + 1 if newest else 1),
        "hidden": [(words, reader.number(hidden[name])) for name, words in _HIDDEN.items() if hidden[name]],
        "versions": [_version(each, edition, reader) for each in page.object_list],
        "page": page,
        "note": note,
        "fault": fault,
        "most": MOST_OF_A_NOTE,
    }
    return render(request, "desk/publish.html", context, status=status)


def _groups(differences: tuple[Difference, ...], edition: Any, reader: Reader) -> list[dict[str, Any]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in differences:
        groups.setdefault(each.kind, []).append(_told(each, edition, reader))
    return [{"words": change_labels.KINDS.get(kind, kind), "rows": rows} for kind, rows in groups.items()]


def _told(difference: Difference, edition: Any, reader: Reader) -> dict[str, Any]:
    kind = TRANSLATED.get(difference.kind)
    asked = kind.form.base_fields if kind else {}
    parts = []
    for name, before, after in difference.parts:
        label = asked[name].label if name in asked else change_labels.PARTS.get(name, name)
        old, new = _apart(before, after)
        parts.append((label, history.words_of(old, reader), history.words_of(new, reader)))
    return {
        "title": reader.name(difference.title) or difference.slug,
        "act": history.ACTS[difference.act.value],
        "is": difference.act.value,
        "address": _address(kind, difference, edition),
        "parts": parts,
    }


def _apart(before: Any, after: Any) -> tuple[Any, Any]:
    """Return of two texts only the languages in which they differ."""
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return before, after
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return tuple({name: side[name] for name in names if name in side} for side in (before, after))  # type: ignore[return-value]


def _address(kind: Any, difference: Difference, edition: Any) -> str:
    # A mandate is known to the public by its place alone.
    if kind is None or difference.act is Act.REMOVED or kind.name == "mandate":
        return ""
    try:
        return addresses.of_thing(kind, edition, difference.slug)["address"]
    except NoReverseMatch:
        return ""


def _version(publication: Any, edition: Any, reader: Reader) -> dict[str, Any]:
    at = publication.published_at.astimezone(edition.zone)
    return {
        "number": reader.number(publication.number),
        "moment": at.isoformat(),
        "at": " · ".join([*reader.dates(at.date()), reader.time(at)]),
        "by": publication.published_by,
        "note": publication.note,
    }
