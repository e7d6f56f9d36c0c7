"""Designs of cards: the list with a picture of each, and adding, copying and removing one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ejlas.core import languages
from ejlas.core.errors import RuleBroken
from ejlas.core.text import Text
from ejlas.delegations.operations.passes import designs as operations
from ejlas.delegations.queries.passes import designs as queries
from ejlas.delegations.rules.passes import card_faults, cards
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.delegations.rules.passes.cards import Element, ElementKind, Side, design_of
from ejlas.exports.cards.badge_values import card_edition
from ejlas.exports.cards.printing import preview
from ejlas.exports.cards.samples import samples_for, values_of
from ejlas.exports.typesetting import CannotTypeset
from ejlas.web.desk.designs import words
from ejlas.web.desk.frame import frame
from ejlas.web.ui.access import requires
from ejlas.web.ui.badge_labels import BADGE_KINDS
from ejlas.web.ui.people import signed_in

CHANGE = "delegations.change_passes"
_SMALL_PPI = 60
_KEPT_SECONDS = 30 * 24 * 3600


@require_safe
@requires(CHANGE)
def designs(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show every design of an edition."""
    context = frame(request, edition, "designs")
    reader = context["desk"].reader
    found = list(queries.designs_of(edition))
    context |= {
        "n_designs": reader.number(len(found)),
        "designs": [
            {
                "slug": each.slug,
                "revision": each.revision,
                "name": reader.html(each.name.to_stored()) or each.slug,
                "plain": reader.plain(each.name.to_stored()) or each.slug,
                "kinds": languages.comma(reader.language).join(
                    str(BADGE_KINDS[BadgeKind(kind)]) for kind in each.kinds if kind in set(BadgeKind)
                ),
                "size": _size(each.design.get("width", 0), each.design.get("height", 0), reader.language),
                "is_double_sided": any(part.get("side") == Side.BACK for part in each.design.get("elements", ())),
            }
            for each in found
        ],
        "sizes": [
            (name, f"{words.SIZES[name]} ({_size(size.width, size.height, reader.language)})")
            for name, size in cards.SIZES.items()
        ],
    }
    return render(request, "desk/designs/list.html", context)


def _size(width: float, height: float, language: str) -> str:
    shown = " × ".join(languages.number(side, language) for side in (width, height))
    return _("%(size)s mm") % {"size": shown}


@require_POST
@requires(CHANGE)
def add_standard(request: HttpRequest, edition: Any) -> HttpResponse:
    """Add the standard designs that are not there."""
    try:
        made = operations.add_standard_designs(edition=edition, by=signed_in(request), at=timezone.now())
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect("desk:designs", edition.slug)
    if made:
        sentence = ngettext("%(count)s design is added.", "%(count)s designs are added.", len(made))
        messages.success(request, sentence % {"count": frame(request, edition, "")["desk"].reader.number(len(made))})
    else:
        messages.info(request, _("The standard designs are all there."))
    return redirect("desk:designs", edition.slug)


@require_POST
@requires(CHANGE)
def add(request: HttpRequest, edition: Any) -> HttpResponse:
    """Add a design of a size, with a name and a code to begin from."""
    size = cards.SIZES.get(request.POST.get("size", ""))
    if size is None:
        # The page offers sizes; nothing is made of a form that has none.
        return redirect("desk:designs", edition.slug)
    width, height = size
    side = min(40, width - 10)
    begun = cards.Design(
        width,
        height,
        (
            Element(ElementKind.NAME, 5, 5, width - 10, 12, size=16),
            Element(ElementKind.CODE, (width - side) / 2, 20, side, min(side, height - 20)),
        ),
    )
    fields = {
        "name": Text({code: _named(code) for code in edition.languages[:1]}),
        "kinds": [BadgeKind.BADGE.value],
        "design": begun.stored(),
    }
    return _made(
        request,
        edition,
        lambda: operations.add_design(edition=edition, fields=fields, by=signed_in(request), at=timezone.now()),
    )


def _named(code: str) -> str:
    from ejlas.exports.reading import in_words_of

    with in_words_of(code):
        return _("New design")


@require_POST
@requires(CHANGE)
def copy(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Copy a design under a name that says so."""
    found = design_at(edition, slug)
    name = Text({code: _("%(name)s (copy)") % {"name": each} for code, each in found.name.values.items()})
    return _made(
        request,
        edition,
        lambda: operations.copy_design(design=found, name=name, by=signed_in(request), at=timezone.now()),
    )


def _made(request: HttpRequest, edition: Any, make: Any) -> HttpResponse:
    try:
        made = make()
    except RuleBroken as broken:
        messages.error(request, broken.sentence(_))
        return redirect("desk:designs", edition.slug)
    return redirect("desk:design", edition.slug, made.slug)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(CHANGE)
def remove(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Ask once more, and remove a design."""
    found = design_at(edition, slug)
    context = frame(request, edition, "designs")
    name = context["desk"].reader.plain(found.name.to_stored()) or found.slug
    if request.method == "POST":
        revision = request.POST.get("revision", "")
        try:
            operations.remove_design(
                thing=found,
                by=signed_in(request),
                at=timezone.now(),
                revision=int(revision) if revision.isdigit() else None,
            )
        except RuleBroken as broken:
            messages.error(request, broken.sentence(_))
            return redirect("desk:design", edition.slug, slug)
        messages.success(request, _("“%(name)s” is removed.") % {"name": name})
        return redirect("desk:designs", edition.slug)
    return render(request, "desk/designs/remove.html", context | {"design": found, "name": name})


@require_safe
@requires(CHANGE)
def picture(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show a small picture of the front of a design."""
    found = design_at(edition, slug)
    key = f"design:{edition.slug}:{found.slug}:{found.revision}:{edition.revision}"
    made = caches["default"].get(key)
    if made is None:
        made = _drawn(edition, found)
        caches["default"].set(key, made, _KEPT_SECONDS)
    if not made:
        raise Http404(slug)
    response = HttpResponse(made, content_type="image/png")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _drawn(edition: Any, design: Any) -> bytes:
    if card_faults.check(design.design):
        return b""
    sample = samples_for(design.kinds)[0]
    try:
        return preview(
            design_of(design.design),
            values_of(sample, edition, queries.categories_opened(edition)),
            edition=card_edition(edition),
            side=Side.FRONT,
            language=edition.languages[0],
            at=timezone.now(),
            ppi=_SMALL_PPI,
        )
    except CannotTypeset:
        return b""


def design_at(edition: Any, slug: str) -> Any:
    """Return a design of an edition. Raises Http404."""
    found = queries.design_at(edition, slug)
    if found is None:
        raise Http404(slug)
    return found
