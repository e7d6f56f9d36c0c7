"""The addresses of the public site; they are lasting, so nothing here may be renamed."""

from __future__ import annotations

from django.urls import path

from ejlas.web.public.views import applying, deadlines, feeds, pages, passes, press, robots

app_name = "public"

urlpatterns = [
    path("", pages.root, name="root"),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("favicon.ico", robots.favicon, name="favicon"),
    path("press/", press.show, name="press"),
    path("pass/<str:token>/", passes.show, name="pass"),
    path("deadlines/<str:token>.ics", deadlines.show, name="deadlines"),
    path("<language:language>/<edition:edition>/", pages.show_home, name="home"),
    path("<language:language>/<edition:edition>/programme/", pages.show_programme, name="programme"),
    path("<language:language>/<edition:edition>/programme/print/", pages.print_programme, name="print"),
    path("<language:language>/<edition:edition>/parties/", pages.show_parties, name="parties"),
    path("<language:language>/<edition:edition>/delegations/", pages.show_delegations, name="delegations"),
    path("<language:language>/<edition:edition>/press/", applying.apply, name="press-apply"),
    path("<language:language>/<edition:edition>/declaration/", pages.show_declaration, name="declaration"),
    path("<language:language>/<edition:edition>/data/", pages.show_data, name="data"),
    path("<language:language>/<edition:edition>/versions/", pages.show_versions, name="versions"),
    path("<edition:edition>/", pages.edition_root, name="edition"),
    path("<edition:edition>/programme.ics", feeds.document, {"form": "ics"}, name="feed-ics"),
    path("<edition:edition>/programme.json", feeds.document, {"form": "json"}, name="feed-json"),
    path("<edition:edition>/programme.xlsx", feeds.document, {"form": "xlsx"}, name="feed-xlsx"),
    path("<edition:edition>/schedule.xml", feeds.document, {"form": "xml"}, name="feed-xml"),
    path("<edition:edition>/programme-<language:language>.pdf", feeds.document, {"form": "pdf"}, name="feed-pdf"),
    path("<edition:edition>/versions.json", feeds.versions, name="feed-versions"),
    path("<edition:edition>/theme.css", feeds.theme, name="theme"),
]
