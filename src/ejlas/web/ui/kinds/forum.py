"""Kinds of things of the forum: parties, offices, and the facts around an edition."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ejlas.core import languages
from ejlas.core.text import Text
from ejlas.forum import forms, queries
from ejlas.journeys.remove_party import remove_party
from ejlas.journeys.remove_source import remove_source
from ejlas.readiness.operations.duties import remove_duty
from ejlas.web.ui.kinds.base import (
    Column,
    Kind,
    Sheet,
    day_column,
    moment_column,
    number_column,
    row_filter,
    text_column,
    word_column,
    word_filter,
)
from ejlas.web.ui.labels import ATTENDANCE, CONFIDENCE, DUTY_BEARERS, MANDATE_KINDS, PARTY_KINDS, PARTY_ROLES

_SURE = word_column("confidence", _("Support"), CONFIDENCE)


def language_names(codes: Any, sheet: Sheet) -> str:
    """Return the names of languages in the reader's, with commas between."""
    reader = sheet.reader.language
    return languages.comma(reader).join(languages.name_of(code, reader) for code in codes)


def _state(thing: Any, sheet: Sheet) -> str:
    return languages.state_name(thing.country, sheet.reader.language) if thing.country else ""


def _link(thing: Any, _sheet: Sheet) -> SafeString:
    if not thing.url:
        return SafeString("")
    host = thing.url.split("/")[2] if "//" in thing.url else thing.url
    return format_html('<a href="{}" rel="noreferrer" dir="ltr">{}</a>', thing.url, host)


PARTY = Kind(
    name="party",
    address="parties",
    one=_("Party"),
    many=_("Parties"),
    purpose=_("Who is invited, in what quality, and who leads the delegation."),
    view="forum.view_parties",
    change="forum.change_parties",
    things=queries.parties_for,
    form=forms.PartyForm,
    title=lambda thing: thing.name,
    words={
        "kind": PARTY_KINDS,
        "role": PARTY_ROLES,
        "head_attendance": ATTENDANCE,
        "confidence": CONFIDENCE,
    },
    columns=(
        word_column("role", _("Takes part as"), PARTY_ROLES),
        word_column("kind", _("Kind"), PARTY_KINDS),
        Column("country", _("State"), _state, ("country",)),
        text_column("head_office", _("Head")),
        word_column("head_attendance", _("Presence of the head"), ATTENDANCE),
        number_column("rank_class", _("Rank class")),
        moment_column("arrives_at", _("Arrives")),
        moment_column("departs_at", _("Departs")),
    ),
    filters=(
        word_filter("role", _("Takes part as"), PARTY_ROLES),
        word_filter("kind", _("Kind"), PARTY_KINDS),
        word_filter("head_attendance", _("Presence of the head"), ATTENDANCE),
        word_filter("confidence", _("Support"), CONFIDENCE),
    ),
    remove=remove_party,
)

OFFICE = Kind(
    name="office",
    address="offices",
    one=_("Office"),
    many=_("Offices"),
    purpose=_("Ministers, ambassadors and organisations that take part beside the parties."),
    view="forum.view_parties",
    change="forum.change_parties",
    things=queries.offices_for,
    form=forms.OfficeForm,
    title=lambda thing: thing.name,
    words={"attendance": ATTENDANCE, "confidence": CONFIDENCE},
    columns=(
        text_column("role", _("What it does")),
        Column("party", _("Party"), lambda thing, sheet: sheet.text(thing.party.name) if thing.party else ""),
        Column("country", _("State"), _state, ("country",)),
        word_column("attendance", _("Presence"), ATTENDANCE),
        number_column("rank_class", _("Rank class")),
        _SURE,
    ),
    filters=(
        word_filter("attendance", _("Presence"), ATTENDANCE),
        row_filter("party", _("Party"), lambda edition: edition.party_set),
        word_filter("confidence", _("Support"), CONFIDENCE),
    ),
)

SOURCE = Kind(
    name="source",
    address="sources",
    one=_("Source"),
    many=_("Sources"),
    purpose=_("Public pages on which the facts of this edition rest."),
    view="forum.view_facts",
    change="forum.change_facts",
    things=queries.sources_for,
    form=forms.SourceForm,
    title=lambda thing: Text({thing.language: thing.title or thing.slug}),
    columns=(
        Column("url", _("Address"), _link, ("url",)),
        day_column("published_on", _("Day of publication")),
        Column("language", _("Language"), lambda thing, sheet: language_names([thing.language], sheet), ("language",)),
    ),
    remove=remove_source,
)

CLAIM = Kind(
    name="claim",
    address="claims",
    one=_("Disputed fact"),
    many=_("Disputed facts"),
    purpose=_("Facts on which sources disagree; every version keeps its sources."),
    view="forum.view_facts",
    change="forum.change_facts",
    things=queries.claims_for,
    form=forms.ClaimForm,
    title=lambda thing: thing.subject,
    words={"confidence": CONFIDENCE},
    columns=(
        Column("versions", _("Versions"), lambda thing, sheet: sheet.number(len(thing.versions)), is_number=True),
        Column(
            "adopted",
            _("We go by"),
            lambda thing, sheet: sheet.text(
                next((Text.from_stored(each["wording"]) for each in thing.versions if each["is_adopted"]), None)
            ),
        ),
    ),
)

MANDATE = Kind(
    name="mandate",
    address="mandates",
    one=_("Mandate"),
    many=_("Mandates"),
    purpose=_("The decisions on which the hosting rests, and the host agreement."),
    view="forum.view_facts",
    change="forum.change_facts",
    things=queries.mandates_for,
    form=forms.MandateForm,
    title=lambda thing: thing.wording,
    words={"kind": MANDATE_KINDS, "confidence": CONFIDENCE},
    columns=(
        word_column("kind", _("Kind of decision"), MANDATE_KINDS),
        text_column("decided_by", _("Who decided")),
        day_column("decided_on", _("Day of the decision")),
        text_column("document", _("Document")),
        _SURE,
    ),
    filters=(
        word_filter("kind", _("Kind of decision"), MANDATE_KINDS),
        word_filter("confidence", _("Support"), CONFIDENCE),
    ),
    labels={"file": _("File of the document")},
    given=frozenset({"file"}),
    # The API hands out no file of the host's papers, and says of none.
    hidden=frozenset({"file"}),
)

DUTY = Kind(
    name="duty",
    address="duties",
    one=_("Duty"),
    many=_("Duties"),
    purpose=_("How the work is split between host, lead ministry and secretariat."),
    view="forum.view_facts",
    change="forum.change_facts",
    things=queries.duties_for,
    form=forms.DutyForm,
    title=lambda thing: thing.task,
    words={"bearer": DUTY_BEARERS},
    columns=(word_column("bearer", _("Who answers for it"), DUTY_BEARERS),),
    filters=(word_filter("bearer", _("Who answers for it"), DUTY_BEARERS),),
    remove=remove_duty,
)

MILESTONE = Kind(
    name="milestone",
    address="milestones",
    one=_("Milestone"),
    many=_("Milestones"),
    purpose=_("The dated steps of the preparation."),
    view="forum.view_facts",
    change="forum.change_facts",
    things=queries.milestones_for,
    form=forms.MilestoneForm,
    title=lambda thing: thing.wording,
    words={"confidence": CONFIDENCE},
    columns=(day_column("date", _("Day")), _SURE),
    filters=(word_filter("confidence", _("Support"), CONFIDENCE),),
    order=("date", "position", "pk"),
)
