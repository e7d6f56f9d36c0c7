"""All that is held of a person in the words of the reader: for the page that tells it, and before it is erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.utils.translation import pgettext as _in

from ejlas.accounts.rules import Role
from ejlas.core import languages
from ejlas.core.inputs.moments import day_from
from ejlas.delegations.queries.privacy import EVERYONE, Held, HeldField, HeldFile
from ejlas.delegations.rules.people import PersonField
from ejlas.delegations.rules.records import DAYS
from ejlas.web.desk import history
from ejlas.web.ui.badge_labels import BADGE_STATES
from ejlas.web.ui.delegation_labels import (
    DOCUMENT_KINDS,
    LETTER_KINDS,
    PAPER_KINDS,
    PERSON_STATES,
    REQUEST_KINDS,
    REQUEST_STATES,
    SEXES,
)
from ejlas.web.ui.kinds import Sheet
from ejlas.web.ui.kinds.delegations import capacity_name
from ejlas.web.ui.labels import ROLES, word
from ejlas.web.ui.privacy_labels import FIELDS, PURPOSES, STANDING
from ejlas.web.ui.scan_labels import ANSWERS, SCAN_WAYS

_WORDS: Mapping[str, Mapping[Any, Any]] = {"sex": SEXES, "document_kind": DOCUMENT_KINDS}
_STATES = frozenset({"nationality", "document_state"})
_LTR = frozenset({"email", "phone", "document_number"})


def told(held: Held, sheet: Sheet) -> dict[str, Any]:
    """Return everything, for the page."""
    return {
        "standing": _standing(held, sheet),
        "fields": [_field(each, sheet) for each in held.fields],
        "photo": _file(held.photo, FIELDS["photo"], sheet) if held.photo else None,
        "papers": [_file(each, word(PAPER_KINDS, each.kind), sheet) for each in held.papers],
        "requests": [_request(each, sheet) for each in held.requests],
        "letters": [{**each, "kind": word(LETTER_KINDS, each["kind"])} for each in held.letters],
        "published": _joined(sheet.number(each) for each in held.published),
        "others": [
            {"slug": slug, "address": reverse("desk:person-held", args=[sheet.edition.slug, slug])}
            for slug in held.merged
        ],
        "passes": [{**each, "words": word(BADGE_STATES, each["state"])} for each in held.passes],
        "scans": [_scan(each, sheet) for each in held.scans],
        "scans_until": sheet.day(held.scans[0]["kept_until"]) if held.scans else "",
        "lines": history.told(held.lines, sheet.reader, sheet.edition),
    }


def going(held: Held, sheet: Sheet) -> list[str]:
    """Return what an erasure takes away, one sentence for each part; nothing that is held is shown."""
    number = sheet.reader.number
    named = [str(FIELDS[each.name]) for each in held.fields]
    words = [_("What is known of the person: %(fields)s") % {"fields": _joined(named)}]
    if held.photo is not None:
        words.append(_("The photo"))
    n_papers = sum(bool(each.n_bytes) for each in held.papers)
    counted = (
        (n_papers, ngettext("%(n)s paper", "%(n)s papers", n_papers)),
        (
            len(held.requests),
            ngettext("What was asked for in %(n)s request", "What was asked for in %(n)s requests", len(held.requests)),
        ),
        (
            len(held.merged),
            ngettext(
                "%(n)s other entry that was found to be the same person",
                "%(n)s other entries that were found to be the same person",
                len(held.merged),
            ),
        ),
        (
            len(held.lines),
            ngettext(
                "What stood before and after in %(n)s line of the trail",
                "What stood before and after in %(n)s lines of the trail",
                len(held.lines),
            ),
        ),
    )
    return [*words, *(sentence % {"n": number(n)} for n, sentence in counted if n)]


def _joined(words: Iterable[str]) -> str:
    return _in("between two words", ", ").join(words)


def _standing(held: Held, sheet: Sheet) -> list[tuple[Any, Any]]:
    person = held.person
    shown: dict[str, Any] = {
        "edition": sheet.text(person.edition.name),
        "delegation": sheet.text(person.delegation.title),
        "capacity": capacity_name(person.capacity, sheet),
        "state": word(PERSON_STATES, person.state),
        "submitted_at": sheet.moment(person.submitted_at),
        "decided_at": sheet.moment(person.decided_at),
    }
    pairs = ((name, shown.get(name, value)) for name, value in held.standing.items())
    return [(STANDING[name], _("Yes") if value is True else value) for name, value in pairs if value is not False]


def _field(held: HeldField, sheet: Sheet) -> dict[str, Any]:
    return {
        "label": FIELDS[held.name],
        "value": value_words(held.name, held.value, sheet),
        "is_ltr": held.name in _LTR,
        "purpose": PURPOSES[held.purpose],
        "readers": _readers(held.readers),
        "until": sheet.day(held.kept_until),
    }


def value_words(name: str, value: Any, sheet: Sheet) -> Any:
    """Return the value of a field in words."""
    code = sheet.reader.language
    if isinstance(value, Mapping):
        return _texts(value)
    if name == PersonField.LANGUAGES:
        return _joined(languages.name_of(each, code) for each in value)
    if name in DAYS:
        return " · ".join(sheet.reader.dates(day_from(value)))
    if name in _STATES:
        return languages.state_name(value, code) or value
    return word(_WORDS[name], value) if name in _WORDS else value


def _texts(value: Mapping[str, str]) -> SafeString:
    pairs = ((code, languages.direction(code), text) for code, text in value.items())
    return format_html_join(SafeString("<br>"), '<span lang="{}" dir="{}">{}</span>', pairs)


def _readers(roles: tuple[Role, ...]) -> str:
    desk = [_("everyone at the desk")] if roles == EVERYONE else [str(ROLES[role]) for role in roles]
    return _joined([*desk, _("who files the list")])


def _file(held: HeldFile, label: Any, sheet: Sheet) -> dict[str, Any]:
    return {
        "label": label,
        "name": held.name,
        "is_kept": bool(held.n_bytes),
        "kilobytes": sheet.number(max(1, held.n_bytes // 1000)),
        "added": sheet.moment(held.added_at),
        "by": held.added_by,
        "readers": _readers(held.readers),
        "until": sheet.day(held.kept_until),
        "address": reverse("desk:paper", args=[sheet.edition.slug, held.slug]) if held.slug else "",
    }


def _scan(held: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    return {
        **held,
        "at": sheet.moment(held["at"]),
        "way": word(SCAN_WAYS, held["way"]),
        "answer": word(ANSWERS, held["answer"]),
    }


def _request(held: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    wanted = [
        (FIELDS.get(name, name), value_words(name, value, sheet)) for name, value in held["wanted"].items() if value
    ]
    return {
        **held,
        "kind": word(REQUEST_KINDS, held["kind"]),
        "state": word(REQUEST_STATES, held["state"]),
        "wanted": wanted,
    }
