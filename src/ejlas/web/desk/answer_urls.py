"""Links by which a body answers: what they open without a sign-in, and the page of the desk that lists them."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.readiness.sites import LINK
from ejlas.web.desk.views.readiness import answering, by_link, links

_AT, _OF = "answer/<str:token>/", "answer/<str:token>/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path(_AT, by_link.every, name="answer"),
    path(_OF, by_link.show, name=LINK),
    path(f"{_OF}step/", by_link.act_view(answering.take_step), name=f"{LINK}-step"),
    path(f"{_OF}progress/", by_link.act_view(answering.note_progress), name=f"{LINK}-progress"),
    path(f"{_OF}prove/", by_link.act_view(answering.add_proof), name=f"{LINK}-prove"),
    path(f"{_OF}say/", by_link.act_view(answering.say), name=f"{LINK}-say"),
    path(f"{_OF}proofs/<slug:file>/", by_link.file_view(answering.file_of), name=f"{LINK}-proof"),
    path(f"{_OF}findings/<uuid:file>/", by_link.file_view(answering.photo_of), name=f"{LINK}-finding"),
    path("<edition:edition>/bodies/of/<slug:slug>/links/", links.every, name="body-links"),
]
