"""Kinds of things of passes and gates: passes, categories, zones, windows of time, gates, and the house's rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.delegations import forms
from ejlas.delegations.operations.passes import badges, matrix, steps
from ejlas.delegations.queries.passes import things
from ejlas.delegations.rules.passes.badges import BadgeKind
from ejlas.web.ui.badge_labels import BADGE_KINDS, BADGE_STATES, OWN_REASONS, PASSBACK, WAYS, WHEN_FULL
from ejlas.web.ui.delegation_labels import CAPACITY_KINDS
from ejlas.web.ui.kinds.base import (
    Column,
    Filter,
    Kind,
    Sheet,
    moment_column,
    number_column,
    row_filter,
    word_column,
    word_filter,
)
from ejlas.web.ui.kinds.edition import EDITION
from ejlas.web.ui.labels import word

_STATE = _in("where a thing stands", "State")
_VIEW, _CHANGE = "delegations.view_passes", "delegations.change_passes"


def number_of(badge: Any, sheet: Sheet) -> SafeString:
    """Return the number of a pass as it stands on the card."""
    return format_html("<bdi>{}</bdi>", sheet.number(badge.number))


def badge_name(badge: Any, sheet: Sheet) -> SafeString:
    """Return whom a pass names; of a token the delegation and the number, of a spare the number."""
    if badge.kind == BadgeKind.BADGE:
        return sheet.text(badge.title)
    kind = word(BADGE_KINDS, badge.kind)
    if badge.delegation is None:
        return format_html("{} {}", kind, number_of(badge, sheet))
    return format_html("{} · {} {}", sheet.text(badge.delegation.title), kind, number_of(badge, sheet))


def category_mark(category: Any, sheet: Sheet) -> SafeString:
    """Return the letters and the name of a category."""
    return format_html('<bdi class="tag">{}</bdi> {}', category.short, sheet.text(category.name))


def reason_words(reason: str) -> Any:
    """Return a reason in words: the system's own, else as an officer wrote it."""
    return OWN_REASONS.get(reason, reason)


BADGE = Kind(
    name="badge",
    address="passes",
    one=_("Pass"),
    many=_("Passes"),
    purpose=_("Every badge, token and spare, from the approval to the return."),
    view=_VIEW,
    change=_CHANGE,
    things=things.badges_for,
    form=forms.BadgeForm,
    title=lambda thing: thing.title,
    called=badge_name,
    words={"kind": BADGE_KINDS, "state": BADGE_STATES, "state_before": BADGE_STATES},
    columns=(
        Column("number", _("Number"), number_of, ("number",), is_number=True),
        word_column("kind", _("Kind of card"), BADGE_KINDS),
        Column(
            "category",
            _("Category"),
            lambda thing, sheet: category_mark(thing.category, sheet),
            ("category__position",),
        ),
        Column(
            "delegation",
            _("Delegation"),
            lambda thing, sheet: sheet.text(thing.delegation.title) if thing.delegation else "",
            ("delegation__position",),
        ),
        word_column("state", _STATE, BADGE_STATES),
        moment_column("issued_at", _("Handed out")),
    ),
    filters=(
        word_filter("state", _STATE, BADGE_STATES),
        word_filter("kind", _("Kind of card"), BADGE_KINDS),
        row_filter("category", _("Category"), lambda edition: edition.category_set),
        Filter(
            "delegation",
            _("Delegation"),
            lambda edition, reader: [
                (each.slug, reader.plain(each.title.to_stored()) or each.slug)
                for each in edition.delegation_set.select_related("party")[:51]
            ],
            lambda found, value, _edition: found.filter(delegation__slug=value),
            lambda edition: edition.delegation_set.select_related("party"),
            "title",
        ),
    ),
    add=badges.add_by_desk,
    change_one=steps.change_badge,
    remove=badges.remove_badge,
    labels={
        "number": _("Number"),
        "kind": _("Kind of card"),
        "state": _STATE,
        "state_before": _("State before"),
        "print_number": _("Print"),
        "delegation": _("Delegation"),
        "person": _("Person"),
        "mark": _("Use"),
        "holder": _("Holder"),
        "reason": _("Reason"),
        "replaces": _("In the place of"),
        "printed_at": _("Printed"),
        "issued_at": _("Handed out"),
        "issued_to": _("Handed to"),
        "is_by_authority": _("By written authority"),
        "authority": _("Written authority"),
        "signature": _("Signature"),
        "returned_at": _("Given back"),
        "is_category_chosen": _("Category chosen by hand"),
    },
    given=frozenset({"state", "state_before", "print_number", "printed_at", "issued_at", "issued_to", "returned_at"}),
    hidden=frozenset(
        {
            "gate_photo",
            "gate_photo_of",
            "gate_revision",
            "link_hash",
            "holder",
            "issued_to",
            "authority",
            "signature",
            "replaces",
        }
    ),
)

CATEGORY = Kind(
    name="category",
    address="categories",
    one=_in("of passes", "Category"),
    many=_in("of passes", "Categories"),
    purpose=_("What a pass opens follows from its category, and a badge's category from capacity and rank."),
    view=_VIEW,
    change=_CHANGE,
    things=things.categories_for,
    form=forms.CategoryForm,
    title=lambda thing: thing.name,
    words={"kind": BADGE_KINDS, "capacities": CAPACITY_KINDS},
    columns=(
        word_column("kind", _("Kind of card"), BADGE_KINDS),
        Column("short", _("Letters on the card"), lambda thing, _sheet: format_html("<bdi>{}</bdi>", thing.short)),
        number_column("per_delegation", _("Most of one delegation")),
    ),
    filters=(word_filter("kind", _("Kind of card"), BADGE_KINDS),),
    add=matrix.add_category,
    change_one=matrix.change_thing,
    change_many=matrix.change_many,
    remove=matrix.remove_thing,
    labels={"limits": _("At most so many for one use"), "code": _("Number in the code of a pass")},
    given=frozenset({"code"}),
)

ZONE = Kind(
    name="zone",
    address="zones",
    one=_("Zone"),
    many=_("Zones"),
    purpose=_("The parts of the place that have gates of their own."),
    view=_VIEW,
    change=_CHANGE,
    things=things.zones_for,
    form=forms.ZoneForm,
    title=lambda thing: thing.name,
    words={"passback": PASSBACK, "when_full": WHEN_FULL},
    columns=(
        Column("letter", _("Letter on the cards"), lambda thing, _sheet: format_html("<bdi>{}</bdi>", thing.letter)),
        number_column("capacity", _("Most people inside")),
        word_column("when_full", _("When it is full"), WHEN_FULL),
        word_column("passback", _("A pass that is inside already"), PASSBACK),
    ),
    add=matrix.add_zone,
    change_one=matrix.change_thing,
    change_many=matrix.change_many,
    remove=matrix.remove_thing,
    labels={"bit": _("Place in the code of a pass")},
    given=frozenset({"bit"}),
)

WINDOW = Kind(
    name="window",
    address="windows",
    one=_("Window of time"),
    many=_("Windows of time"),
    purpose=_("When zones are entered: days, parts of days, the time of a ceremony."),
    view=_VIEW,
    change=_CHANGE,
    things=things.windows_for,
    form=forms.WindowForm,
    title=lambda thing: thing.name,
    columns=(moment_column("starts_at", _("From")), moment_column("ends_at", _("Until"))),
    add=matrix.add_window,
    change_one=matrix.change_thing,
    change_many=matrix.change_many,
    remove=matrix.remove_thing,
)

GATE = Kind(
    name="gate",
    address="gates",
    one=_("Gate"),
    many=_("Gates"),
    purpose=_("The doors at which passes are read, and the zone into which each leads."),
    view=_VIEW,
    change="delegations.change_gates",
    things=things.gates_for,
    form=forms.GateForm,
    title=lambda thing: thing.name,
    words={"ways": WAYS},
    columns=(
        Column("zone", _("Leads into the zone"), lambda thing, sheet: sheet.text(thing.zone.name), ("zone__position",)),
        word_column("ways", _("Ways"), WAYS),
    ),
    filters=(row_filter("zone", _("Leads into the zone"), lambda edition: edition.zone_set),),
    add=matrix.add_gate,
    change_one=matrix.change_thing,
    change_many=matrix.change_many,
    remove=matrix.remove_thing,
)

PASS_RULES = replace(
    EDITION,
    name="pass-rules",
    address="edition/passes",
    one=_("Rules for passes"),
    many=_("Rules for passes"),
    purpose=_("What opens gates, for how long a gate works without network, and how long scans are kept."),
    view=_VIEW,
    change=_CHANGE,
    form=forms.PassRulesForm,
    change_one=matrix.change_edition,
    called=lambda _thing, _sheet: format_html("{}", _("Rules for passes")),
)
