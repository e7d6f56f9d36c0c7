"""Kinds of things of outcomes: texts and their points."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as _in

from ejlas.outcomes import forms, operations, queries
from ejlas.web.ui.kinds.base import (
    Column,
    Filter,
    Kind,
    Sheet,
    day_column,
    number_column,
    row_filter,
    text_column,
    word_column,
    word_filter,
)
from ejlas.web.ui.labels import CONFIDENCE, LACKS, POINT_STATES, TEXT_KINDS, VERBS, word

_STATE = _in("where a thing stands", "State")


def _lacks(thing: Any, _sheet: Sheet) -> SafeString:
    return format_html_join(
        " ", '<span class="tag is-needed">{}</span>', ((word(LACKS, lack),) for lack in thing.lacks)
    )


TEXT = Kind(
    name="text",
    address="texts",
    one=_("Text"),
    many=_("Texts"),
    purpose=_("Declarations, statements and agreements of this edition."),
    view="outcomes.view_texts",
    change="outcomes.change_texts",
    things=queries.texts_for,
    form=forms.TextForm,
    title=lambda thing: thing.title,
    words={"kind": TEXT_KINDS, "confidence": CONFIDENCE},
    columns=(word_column("kind", _("Kind"), TEXT_KINDS), day_column("adopted_on", _("Day of adoption"))),
    filters=(word_filter("kind", _("Kind"), TEXT_KINDS),),
)

POINT = Kind(
    name="point",
    address="points",
    one=_("Point"),
    many=_("Points"),
    purpose=_("The paragraphs of the texts, and what each lacks to be a commitment."),
    view="outcomes.view_texts",
    change="outcomes.change_texts",
    things=queries.points_for,
    form=forms.PointForm,
    title=lambda thing: thing.wording,
    words={"verb": VERBS, "state": POINT_STATES, "confidence": CONFIDENCE},
    columns=(
        Column("text", _("Text"), lambda thing, sheet: sheet.text(thing.text.title), ("text__position",)),
        number_column("number", _("Number")),
        text_column("topic_name", _("Subject")),
        word_column("verb", _("Verb"), VERBS),
        word_column("state", _STATE, POINT_STATES),
        day_column("due_on", _("Due")),
        Column("lacks", _("Lacks"), _lacks),
    ),
    filters=(
        row_filter("text", _("Text"), lambda edition: edition.outcometext_set, "title"),
        word_filter("state", _STATE, POINT_STATES),
        Filter(
            "lacks",
            _("Lacks"),
            lambda _edition, _reader: [("1", _("An owner, a date or a measure"))],
            lambda things, value, _at: queries.lacking(things) if value == "1" else things,
        ),
        word_filter("verb", _("Verb"), VERBS),
    ),
    order=("text__position", "number", "pk"),
    add=operations.add_point,
    change_one=operations.change_point,
    change_many=operations.change_points,
    remove=operations.remove_point,
)
