"""The addresses of the edition itself, of its languages, publication and successor, and of the series."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views import edition, editions, languages, next_edition, publish, things, trail, translations
from ejlas.web.ui.kinds import BILATERAL_RULES, DELEGATION_RULES, EDITION, LANGUAGES, PASS_RULES, READINESS_RULES

_AT = "<edition:edition>/"

urlpatterns: list[URLPattern] = [
    path("new/", editions.new, name="edition-new"),
    path("forums/new/", editions.new_forum, name="forum-new"),
    path("forums/<slug:slug>/", editions.forum, name="forum"),
    path(f"{_AT}edition/", edition.show, name="edition"),
    path(f"{_AT}edition/change/", things.change_view(EDITION), name="edition-change"),
    path(f"{_AT}edition/history/", trail.history_view(EDITION), name="edition-history"),
    path(f"{_AT}edition/bilaterals/", things.show_view(BILATERAL_RULES), name="bilateral-rules"),
    path(f"{_AT}edition/bilaterals/change/", things.change_view(BILATERAL_RULES), name="bilateral-rules-change"),
    path(f"{_AT}edition/bilaterals/history/", trail.history_view(BILATERAL_RULES), name="bilateral-rules-history"),
    path(f"{_AT}edition/delegations/", things.show_view(DELEGATION_RULES), name="delegation-rules"),
    path(f"{_AT}edition/delegations/change/", things.change_view(DELEGATION_RULES), name="delegation-rules-change"),
    path(f"{_AT}edition/delegations/history/", trail.history_view(DELEGATION_RULES), name="delegation-rules-history"),
    path(f"{_AT}edition/passes/", things.show_view(PASS_RULES), name="pass-rules"),
    path(f"{_AT}edition/passes/change/", things.change_view(PASS_RULES), name="pass-rules-change"),
    path(f"{_AT}edition/passes/history/", trail.history_view(PASS_RULES), name="pass-rules-history"),
    path(f"{_AT}edition/readiness/", things.show_view(READINESS_RULES), name="readiness-rules"),
    path(f"{_AT}edition/readiness/change/", things.change_view(READINESS_RULES), name="readiness-rules-change"),
    path(f"{_AT}edition/readiness/history/", trail.history_view(READINESS_RULES), name="readiness-rules-history"),
    path(f"{_AT}languages/", languages.show, name="languages"),
    path(f"{_AT}languages/change/", languages.change, name="languages-change"),
    path(f"{_AT}languages/history/", trail.history_view(LANGUAGES), name="languages-history"),
    path(f"{_AT}translations/", translations.translations, name="translations"),
    path(f"{_AT}translations/file/", translations.take_in, name="translations-file"),
    path(f"{_AT}publish/", publish.publish, name="publish"),
    path(f"{_AT}next/", next_edition.begin, name="next-edition"),
]
