"""The lines of a passport, typed, pasted or read with the camera: checked, confirmed by a person, then the form."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ejlas.core import languages
from ejlas.core.errors import RuleBroken
from ejlas.core.formats import mrz
from ejlas.delegations.rules.countries import code_of
from ejlas.delegations.rules.people import DocumentKind, PersonField, Sex
from ejlas.web.portal.access import requires_delegation
from ejlas.web.portal.frame import day_words, frame
from ejlas.web.ui.camera import with_camera
from ejlas.web.ui.delegation_labels import DOCUMENT_KINDS, PERSON_FIELDS, SEXES
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader

F = PersonField
MOST = 2000
_DIPLOMATIC, _SERVICE = ("PD", "PC"), ("PS", "PO")


@with_camera
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@requires_delegation
def read(request: HttpRequest, delegation: Any) -> HttpResponse:
    """Ask for the lines; show what they say, and let the name be confirmed."""
    context = frame(request, delegation)
    lines = request.POST.get("lines", "")[:MOST]
    context |= {"lines": lines, "fault": "", "facts": [], "hidden": []}
    if request.method == "POST":
        today = timezone.now().astimezone(delegation.edition.zone).date()
        try:
            found = mrz.read(lines, today=today)
        except RuleBroken as broken:
            context["fault"] = broken.sentence(_)
        else:
            context |= _confirmed(found, context["reader"])
    return render(request, "portal/passport.html", context, status=422 if context["fault"] else 200)


def _confirmed(found: mrz.Reading, reader: Reader) -> dict[str, Any]:
    """Return what the lines say, in words for the person and in values for the form."""
    kind = _kind(found)
    values = {
        F.FAMILY_NAME: found.family_name,
        F.GIVEN_NAME: found.given_name,
        F.SEX: found.sex if found.sex in set(Sex) else "",
        F.NATIONALITY: code_of(found.nationality),
        F.DOCUMENT_KIND: kind.value,
        F.DOCUMENT_NUMBER: found.number,
        F.DOCUMENT_STATE: code_of(found.issuing_state),
        F.BORN_ON: found.born_on.isoformat() if found.born_on else "",
        F.DOCUMENT_EXPIRES_ON: found.expires_on.isoformat() if found.expires_on else "",
    }
    shown = {
        **values,
        F.SEX: word(SEXES, values[F.SEX]) if values[F.SEX] else "",
        F.NATIONALITY: _state(values[F.NATIONALITY], reader),
        F.DOCUMENT_STATE: _state(values[F.DOCUMENT_STATE], reader),
        F.DOCUMENT_KIND: word(DOCUMENT_KINDS, kind),
        F.BORN_ON: day_words(found.born_on, reader),
        F.DOCUMENT_EXPIRES_ON: day_words(found.expires_on, reader),
    }
    doubtful = {"number": F.DOCUMENT_NUMBER, "expires_on": F.DOCUMENT_EXPIRES_ON, "issuing_state": F.DOCUMENT_STATE}
    unsure = {str(doubtful.get(name, name)) for name in found.doubtful}
    return {
        "names": (found.given_name, found.family_name),
        "facts": [
            (str(PERSON_FIELDS[name]), value, str(name) in unsure, name in _LATIN)
            for name, value in shown.items()
            if value
        ],
        "hidden": [(name.value, _for_form(name, value, reader)) for name, value in values.items() if value],
    }


_LATIN = frozenset({F.FAMILY_NAME, F.GIVEN_NAME, F.DOCUMENT_NUMBER})


def _state(code: str, reader: Reader) -> str:
    return languages.state_name(code, reader.language) if code else ""


def _for_form(name: PersonField, value: str, reader: Reader) -> str:
    return _state(value, reader) if name in (F.NATIONALITY, F.DOCUMENT_STATE) else value


def _kind(found: mrz.Reading) -> DocumentKind:
    if found.document_kind != "passport":
        return DocumentKind.IDENTITY_CARD if found.document_kind == "card" else DocumentKind.OTHER
    if found.document_code in _DIPLOMATIC:
        return DocumentKind.DIPLOMATIC
    return DocumentKind.SERVICE if found.document_code in _SERVICE else DocumentKind.PASSPORT
