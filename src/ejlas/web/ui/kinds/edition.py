"""The edition itself as a kind of thing, once for each form that changes it; and the series that it belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ejlas.forum import forms, operations, queries
from ejlas.web.ui.kinds.base import Kind, Sheet
from ejlas.web.ui.labels import CALENDARS


def _called(words: Any) -> Any:
    def called(_thing: Any, _sheet: Sheet) -> SafeString:
        return format_html("{}", words)

    return called


EDITION = Kind(
    name="edition",
    address="edition",
    one=_("Edition"),
    many=_("This edition"),
    purpose=_("What the summit is called, when and where it is, who hosts."),
    view="forum.view_edition",
    change="forum.change_edition",
    things=queries.own_edition,
    form=forms.EditionForm,
    title=lambda thing: thing.name,
    words={"calendars": CALENDARS},
    columns=(),
    change_one=operations.change_edition,
    is_alone=True,
    labels={
        "colours": _("Colours"),
        "languages": _("Working languages"),
        "fallback_languages": _("Shown where a wording is missing"),
        **{name: field.label for name, field in forms.BilateralRulesForm.base_fields.items()},
    },
)

LANGUAGES = replace(
    EDITION,
    name="languages",
    address="languages",
    one=_("Languages"),
    many=_("Languages"),
    purpose=_("In which languages this edition works, and how much is worded in each."),
    form=forms.LanguagesForm,
    called=_called(_("Languages")),
)

BILATERAL_RULES = replace(
    EDITION,
    name="bilateral-rules",
    address="edition/bilaterals",
    one=_("Rules for bilaterals"),
    many=_("Rules for bilaterals"),
    purpose=_("The numbers by which bilaterals are planned."),
    form=forms.BilateralRulesForm,
    called=_called(_("Rules for bilaterals")),
)

FORUM = replace(
    EDITION,
    name="forum",
    address="forums",
    one=_("Series"),
    many=_("Series"),
    purpose=_("The standing series of meetings to which editions belong."),
    view="forum.add_edition",
    change="forum.add_edition",
    things=lambda _user, _edition: queries.forums(),
    form=forms.ForumForm,
    change_one=operations.change_forum,
    labels={},
)
