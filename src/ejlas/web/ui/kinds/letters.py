"""Kinds of things of letters: their templates, and the register."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.core import languages
from ejlas.delegations.forms import letters as forms
from ejlas.delegations.operations import letters as operations
from ejlas.delegations.queries import letters as queries
from ejlas.forum.forms.finding import few
from ejlas.web.ui.delegation_labels import LETTER_DIRECTIONS, LETTER_KINDS, LETTER_STATES
from ejlas.web.ui.kinds.base import Column, Filter, Kind, Sheet, word_column, word_filter
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader

_STATE = _in("how far a letter has come", "State")


def register_words(letter: Any, sheet: Sheet) -> SafeString:
    """Return the register number in the reader's digits; nothing for a draft without one."""
    words = languages.digits(letter.register, sheet.reader.language)
    return format_html('<bdi class="register">{}</bdi>', words) if letter.register else SafeString("")


def template_name(template: Any, sheet: Sheet) -> SafeString:
    """Return the kind of a template, and what its letters are about."""
    kind, subject = word(LETTER_KINDS, template.kind), sheet.text(template.subject)
    return format_html("{} · {}", kind, subject) if subject else format_html("{}", kind)


def _spoken(template: Any, sheet: Sheet) -> str:
    joint = languages.comma(sheet.reader.language)
    return joint.join(languages.name_of(code, sheet.reader.language) for code in template.body.values)


def _number(letter: Any, sheet: Sheet) -> SafeString:
    """Return our number of a letter, and that of its sender."""
    own = register_words(letter, sheet)
    theirs = format_html(' <br><bdi class="register soft">{}</bdi>', letter.their_number) if letter.their_number else ""
    return format_html("{}{}", own, theirs) if own or theirs else SafeString("")


def _with_whom(letter: Any, sheet: Sheet) -> SafeString:
    if letter.delegation is not None:
        return sheet.text(letter.delegation.title)
    return format_html("<bdi>{}</bdi>", letter.correspondent) if letter.correspondent else SafeString("")


def _went_on(letter: Any, sheet: Sheet) -> SafeString:
    return sheet.day(letter.sent_at.astimezone(sheet.edition.zone).date() if letter.sent_at else None)


def _offered(edition: Any, reader: Reader) -> list[tuple[str, Any]]:
    found = few(edition.delegation_set.all()).select_related("party")
    return [(each.slug, reader.plain(each.title.to_stored()) or each.slug) for each in found]


TEMPLATE = Kind(
    name="template",
    address="letter-templates",
    one=_("Template of letters"),
    many=_("Templates of letters"),
    purpose=_("What each kind of letter says, in every language of the edition; each letter fills its places."),
    view="delegations.view_letters",
    change="delegations.change_letters",
    things=queries.templates_for,
    form=forms.TemplateForm,
    title=lambda thing: thing.subject,
    called=template_name,
    words={"kind": LETTER_KINDS},
    columns=(word_column("kind", _("Kind of letter"), LETTER_KINDS), Column("languages", _("Languages"), _spoken)),
    filters=(word_filter("kind", _("Kind of letter"), LETTER_KINDS),),
)

LETTER = Kind(
    name="letter",
    address="letters",
    one=_("Letter"),
    many=_("Letters"),
    purpose=_("The register of letters that went out and came in, with their numbers, attachments and replies."),
    view="delegations.view_letters",
    change="delegations.change_letters",
    things=queries.letters_for,
    form=forms.LetterForm,
    title=lambda thing: thing.title,
    words={"kind": LETTER_KINDS, "direction": LETTER_DIRECTIONS},
    columns=(
        Column("register", _("Number"), _number, ("year", "number")),
        word_column("direction", _("Out or in"), LETTER_DIRECTIONS),
        word_column("kind", _("Kind of letter"), LETTER_KINDS),
        word_column("state", _STATE, LETTER_STATES),
        Column("delegation", _("With whom"), _with_whom, ("delegation__position",)),
        Column("dated_on", _("Day of the letter"), lambda thing, sheet: sheet.day(thing.dated_on), ("dated_on",)),
        Column("sent_at", _("Sent or received"), _went_on, ("sent_at",)),
    ),
    filters=(
        word_filter("direction", _("Out or in"), LETTER_DIRECTIONS),
        word_filter("kind", _("Kind of letter"), LETTER_KINDS),
        word_filter("state", _STATE, LETTER_STATES),
        Filter(
            "delegation",
            _("Delegation"),
            _offered,
            lambda things, value, _edition: things.filter(delegation__slug=value),
            lambda edition: edition.delegation_set.select_related("party"),
            "title",
        ),
    ),
    order=("-position", "-pk"),
    add=operations.add_letter,
    change_one=operations.change_letter,
    remove=operations.remove_letter,
    given=frozenset({"state"}),
    labels={
        "state": _STATE,
        "channel": _("How it went"),
        "sent_at": _("Sent or received"),
        "register": _("Number"),
        "reply_level": _("Who comes, and at which level"),
        "reply_on": _("Day of the answer"),
        "people": _("People whom it names"),
        "year": _("Year"),
        "number": _("Number"),
    },
)
