"""Kinds of things of delegations: delegations, capacities, and the people that lists name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.core import languages
from ejlas.delegations import forms, operations, queries
from ejlas.forum.forms.finding import few
from ejlas.web.ui.delegation_labels import (
    CAPACITY_KINDS,
    DELEGATION_KINDS,
    LATE,
    LIST_ORDERS,
    LIST_STATES,
    NEEDS,
    PERSON_FIELDS,
    PERSON_STATES,
    PUBLIC_LISTS,
    SEXES,
)
from ejlas.web.ui.kinds.base import (
    Column,
    Filter,
    Kind,
    Sheet,
    number_column,
    text_column,
    word_column,
    word_filter,
    yes_filter,
)
from ejlas.web.ui.kinds.edition import EDITION
from ejlas.web.ui.labels import word
from ejlas.web.ui.reading import Reader

_STATE = _in("where a thing stands", "State")


def capacity_name(capacity: Any, sheet: Sheet) -> SafeString:
    """Return the name of a capacity, else the usual word for what such a person is."""
    return sheet.text(capacity.name) if capacity.name else format_html("{}", word(CAPACITY_KINDS, capacity.kind))


def _delegation_name(thing: Any, sheet: Sheet) -> SafeString:
    return sheet.text(thing.title)


def _needs(thing: Any, _sheet: Sheet) -> SafeString:
    return format_html_join(" ", '<span class="tag">{}</span>', ((word(NEEDS, need),) for need in thing.needs))


def _lacks(thing: Any, _sheet: Sheet) -> SafeString:
    return format_html_join(
        " ", '<span class="tag is-needed">{}</span>', ((word(NEEDS, need),) for need in thing.lacks)
    )


def _counted(name: str, label: Any) -> Column:
    return Column(name, label, lambda thing, sheet: sheet.number(getattr(thing, name, None)), (name,), is_number=True)


def _nationality(thing: Any, sheet: Sheet) -> str:
    return languages.state_name(thing.nationality, sheet.reader.language) if thing.nationality else ""


def _delegations(edition: Any, reader: Reader) -> list[tuple[str, Any]]:
    found = few(edition.delegation_set.all()).select_related("party")
    return [(each.slug, reader.plain(each.title.to_stored()) or each.slug) for each in found]


def _capacities(edition: Any, reader: Reader) -> list[tuple[str, Any]]:
    found = edition.capacity_set.order_by("audience", "position", "pk")
    return [
        (each.slug, reader.plain(each.name.to_stored()) if each.name else word(CAPACITY_KINDS, each.kind))
        for each in found
    ]


DELEGATION = Kind(
    name="delegation",
    address="delegations",
    one=_("Delegation"),
    many=_("Delegations"),
    purpose=_("Who files each list, until when, and where it stands; media apply here too."),
    view="delegations.view_delegations",
    change="delegations.change_delegations",
    things=queries.delegations_for,
    form=forms.DelegationForm,
    title=lambda thing: thing.title,
    called=_delegation_name,
    words={"kind": DELEGATION_KINDS, "list_state": LIST_STATES},
    columns=(
        word_column("kind", _("Kind"), DELEGATION_KINDS),
        word_column("list_state", _("List"), LIST_STATES),
        _counted("n_people", _("People")),
        _counted("n_lacking", _("Something missing")),
        _counted("n_approved", _in("number of people", "Approved")),
        Column("contact", _("Focal point"), lambda thing, _sheet: format_html("<bdi>{}</bdi>", thing.contact_name)),
    ),
    filters=(
        word_filter("kind", _("Kind"), DELEGATION_KINDS),
        word_filter("list_state", _("List"), LIST_STATES),
    ),
    add=operations.add_medium,
    change_one=operations.change_delegation,
    remove=operations.remove_delegation,
    labels={"list_state": _("List"), "answer": _("Reason"), "party": _("Party"), "kind": _("Kind")},
)

CAPACITY = Kind(
    name="capacity",
    address="capacities",
    one=_("Capacity"),
    many=_("Capacities"),
    purpose=_("What a person may be here, how many there may be, and what is asked of each."),
    view="delegations.view_delegations",
    change="delegations.change_delegations",
    things=queries.capacities_for,
    form=forms.CapacityForm,
    title=lambda thing: thing.name,
    called=capacity_name,
    words={"kind": CAPACITY_KINDS, "audience": DELEGATION_KINDS, "needs": NEEDS},
    columns=(
        word_column("audience", _("For"), DELEGATION_KINDS),
        number_column("per_delegation", _("Most of one delegation")),
        number_column("in_all", _("Most in all")),
        Column("needs", _("What is asked of each"), _needs),
    ),
    filters=(word_filter("audience", _("For"), DELEGATION_KINDS),),
    change_one=operations.change_capacity,
    remove=operations.remove_delegation,
)

PERSON = Kind(
    name="person",
    address="persons",
    one=_("Person"),
    many=_("People of delegations"),
    purpose=_("Everyone whom a delegation or a medium names, and how far each is on the way to a pass."),
    view="delegations.view_people",
    change="delegations.change_people",
    things=queries.people_for,
    form=forms.PersonForm,
    title=lambda thing: thing.title,
    words={"sex": SEXES, "capacities": CAPACITY_KINDS, "state": PERSON_STATES, "lacks": NEEDS},
    columns=(
        Column(
            "delegation",
            _("Delegation"),
            lambda thing, sheet: sheet.text(thing.delegation.title),
            ("delegation__position",),
        ),
        Column(
            "capacity",
            _("Capacity"),
            lambda thing, sheet: capacity_name(thing.capacity, sheet),
            ("capacity__position",),
        ),
        text_column("office", _("Office")),
        Column("nationality", _("Nationality"), _nationality, ("nationality",)),
        word_column("state", _STATE, PERSON_STATES),
        Column("lacks", _("Missing"), _lacks),
    ),
    filters=(
        word_filter("state", _STATE, PERSON_STATES),
        Filter(
            "delegation",
            _("Delegation"),
            _delegations,
            lambda things, value, _edition: things.filter(delegation__slug=value),
            lambda edition: edition.delegation_set.select_related("party"),
            "title",
        ),
        Filter("capacity", _("Capacity"), _capacities, lambda things, value, _at: things.filter(capacity__slug=value)),
        yes_filter("is_lacking", _("Missing"), _("Something is missing"), _("All is there")),
    ),
    add=operations.add_by_host,
    change_one=operations.change_person,
    change_many=operations.change_people,
    remove=operations.remove_person,
    labels={
        **{str(name): label for name, label in PERSON_FIELDS.items()},
        "state": _STATE,
        "photo": _("Photo"),
        "photo_taken_on": _("Photo taken on"),
        "reason": _("Reason"),
        "lacks": _("Missing"),
        "submitted_at": _("Sent to the host"),
        "decided_at": _("Decided"),
        "is_late": _("Named late"),
        "is_walk_in": _("Walk-in"),
        "approver": _("Office or officer who approves"),
        "merged_into": _("One person with"),
        "apart_from": _("Other people than"),
    },
    hidden=frozenset(
        {"document_hash", "birth_hash", "spoken", "apart_from", "has_needs", "photo", "merged_into", "substitutes"}
    ),
)

DELEGATION_RULES = replace(
    EDITION,
    name="delegation-rules",
    address="edition/delegations",
    one=_("Rules for delegations"),
    many=_("Rules for delegations"),
    purpose=_("Windows, numbers and how long what is personal is kept."),
    form=forms.DelegationRulesForm,
    words={"late": LATE, "public_list": PUBLIC_LISTS, "public_order": LIST_ORDERS},
    called=lambda _thing, _sheet: format_html("{}", _("Rules for delegations")),
)
