"""The devices at the gates: how they stand, to which gate each belongs, and shutting one out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ejlas.delegations.forms.watching import MoveForm
from ejlas.delegations.operations.gate import devices as operations
from ejlas.delegations.queries.gate import posts, watching
from ejlas.delegations.rules.passes import house
from ejlas.web.desk.frame import frame, reader_of
from ejlas.web.desk.gates import devices as shapes
from ejlas.web.ui.access import requires
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.people import signed_in


@require_safe
@requires(watching.CHANGE)
def devices(request: HttpRequest, edition: Any) -> HttpResponse:
    """Show the devices that keep gates, or those that were shut out, and how one is enrolled."""
    is_out = request.GET.get("state") == "out"
    sheet, at = Sheet(edition, reader_of(edition)), timezone.now()
    found = watching.devices_for(request.user, edition).filter(shut_out_at__isnull=not is_out)
    link = request.build_absolute_uri(reverse("gate:home"))
    context = frame(request, edition, "devices") | {
        "rows": [shapes.row(each, sheet, at) for each in found],
        "is_out": is_out,
        "address": reverse("desk:devices", args=[edition.slug]),
        "link": f"{link}{edition.slug}/",
    }
    context["code"] = SafeString(shapes.code(context["link"]))
    return render(request, "desk/gates/devices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(watching.CHANGE)
def device(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Show a device, and move it to another gate."""
    found = _found(request, edition, slug)
    sheet = Sheet(edition, reader_of(edition))
    gates = {gate.slug: gate for gate in posts.gates_of(edition)}
    choices = [(slug, sheet.reader.plain(gate.name.to_stored()) or slug) for slug, gate in gates.items()]
    form = MoveForm(request.POST if request.method == "POST" else None, gates=choices, here=found.gate.slug)
    if request.method == "POST" and form.is_valid():
        to = gates[form.cleaned_data["gate"]]
        operations.move_device(device=found, gate=to, by=signed_in(request), at=timezone.now())
        messages.success(request, _("The device keeps the other gate as soon as it hears of it."))
        return redirect("desk:device", edition.slug, slug)
    context = _context(request, edition, found, sheet) | {"form": form}
    return render(request, "desk/gates/device.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(watching.CHANGE)
def shut_out(request: HttpRequest, edition: Any, slug: str) -> HttpResponse:
    """Shut a device out, once it was said what happens."""
    found = _found(request, edition, slug)
    if request.method == "POST":
        operations.shut_out_device(device=found, by=signed_in(request), at=timezone.now())
        messages.success(request, _("The device is shut out."))
        return redirect("desk:devices", edition.slug)
    sheet = Sheet(edition, reader_of(edition))
    context = _context(request, edition, found, sheet)
    context["hours"] = house.stored(edition.settings)["list_hours"]
    return render(request, "desk/gates/shut_out.html", context)


def _found(request: HttpRequest, edition: Any, slug: str) -> Any:
    found = watching.devices_for(request.user, edition).filter(slug=slug).first()
    if found is None:
        raise Http404(slug)
    return found


def _context(request: HttpRequest, edition: Any, found: Any, sheet: Sheet) -> dict[str, Any]:
    return frame(request, edition, "devices") | {"device": shapes.row(found, sheet, timezone.now())}
