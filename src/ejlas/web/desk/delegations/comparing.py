"""Two rows side by side that may be one person: where they agree, where they differ, nothing decrypted."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from ejlas.core import languages
from ejlas.web.ui.delegation_labels import PERSON_STATES, SEXES
from ejlas.web.ui.kinds import BY_NAME, Sheet
from ejlas.web.ui.kinds.delegations import capacity_name
from ejlas.web.ui.labels import word

_SAME, _OTHER, _UNKNOWN = lazy("The same"), lazy("Differs"), lazy("Not known of both")


def beside(one: Any, other: Any, sheet: Sheet) -> dict[str, Any]:
    """Return two people side by side, with the rows in which they differ marked."""
    return {
        "one": _head(one, sheet),
        "other": _head(other, sheet),
        "rows": [row for row in _rows(one, other, sheet) if row["values"][0] or row["values"][1]],
        "verdicts": [
            {"label": _("Travel document"), **_compared(one.document_hash, other.document_hash)},
            {"label": _("Date of birth"), **_compared(one.birth_hash, other.birth_hash)},
        ],
    }


def _head(person: Any, sheet: Sheet) -> dict[str, Any]:
    return {
        "slug": person.slug,
        "seen": f"{person.slug}:{person.revision}",
        "name": BY_NAME["person"].name_of(person, sheet),
        "plain": sheet.reader.plain(person.title.to_stored()),
        "address": reverse("desk:person", args=[sheet.edition.slug, person.slug]),
    }


def _rows(one: Any, other: Any, sheet: Sheet) -> list[dict[str, Any]]:
    asked = (
        (lazy("Delegation"), lambda person: sheet.text(person.delegation.title)),
        (lazy("Name as the travel document has it"), lambda person: person.passport_name),
        (lazy("Preferred spelling"), lambda person: sheet.text(person.name)),
        (lazy("Capacity"), lambda person: capacity_name(person.capacity, sheet)),
        (lazy("Office"), lambda person: sheet.text(person.office)),
        (lazy("Nationality"), lambda person: _state(person.nationality, sheet)),
        (lazy("Sex, as the document has it"), lambda person: word(SEXES, person.sex) if person.sex else ""),
        (lazy("Languages"), lambda person: _languages(person.languages, sheet)),
        (lazy("Stands"), lambda person: word(PERSON_STATES, person.state)),
    )
    rows = []
    for label, cell in asked:
        values = (cell(one), cell(other))
        rows.append({"label": label, "values": values, "differs": str(values[0]) != str(values[1])})
    return rows


def _state(code: str, sheet: Sheet) -> str:
    return languages.state_name(code, sheet.reader.language) if code else ""


def _languages(codes: list[str], sheet: Sheet) -> str:
    language = sheet.reader.language
    return languages.comma(language).join(languages.name_of(code, language) for code in codes)


def _compared(one: str, other: str) -> dict[str, Any]:
    if not one or not other:
        return {"words": _UNKNOWN, "state": "unknown"}
    return {"words": _SAME, "state": "same"} if one == other else {"words": _OTHER, "state": "differs"}
