"""The addresses of delegations at the desk: acts on lists and people, queues, vetting, twins, requests and places."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views.delegations import (
    acts,
    files,
    lists,
    persons,
    places,
    queues,
    requests,
    rolls,
    twins,
    vetting,
)

urlpatterns: list[URLPattern] = [
    path("delegations/open/", lists.open_all, name="delegations-open"),
    path("delegations/of/<slug:slug>/act/", lists.act, name="delegation-act"),
    path("delegations/of/<slug:slug>/invite/", lists.invite, name="delegation-invite"),
    path("delegations/of/<slug:slug>/walk-in/", lists.walk_in, name="delegation-walk-in"),
    path("persons/of/<slug:slug>/personal/", persons.personal, name="person-personal"),
    path("persons/of/<slug:slug>/number/", persons.number, name="person-number"),
    path("persons/of/<slug:slug>/photo/", files.photo_view("delegations.read_personal"), name="person-photo"),
    path("papers/<slug:slug>/", files.paper_view("delegations.read_personal"), name="paper"),
    path("queues/", queues.overview, name="queues"),
    path("queues/act/", acts.of_desk, name="queue-act"),
    path("queues/of/<slug:slug>/", queues.queue, name="queue"),
    path("vetting/", vetting.waiting, name="vetting"),
    path("vetting/act/", acts.of_vetting, name="vetting-act"),
    path("vetting/of/<slug:slug>/", vetting.person, name="vetting-person"),
    path("vetting/of/<slug:slug>/number/", vetting.number, name="vetting-number"),
    path("vetting/of/<slug:slug>/photo/", files.photo_view("delegations.vet_people"), name="vetting-photo"),
    path("vetting/papers/<slug:slug>/", files.paper_view("delegations.vet_people"), name="vetting-paper"),
    path("twins/", twins.twins, name="twins"),
    path("twins/act/", twins.act, name="twins-act"),
    path("requests/", requests.requests, name="requests"),
    path("requests/of/<slug:slug>/", requests.show, name="request"),
    path("places/", places.places, name="places"),
    path("rolls/", rolls.rolls, name="rolls"),
    path("rolls/needs/", rolls.care, name="roll-care"),
    path("rolls/people.vcf", rolls.cards, name="roll-cards"),
]
