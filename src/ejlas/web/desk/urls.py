"""The addresses of the desk: the editions, and below each its rooms."""

from __future__ import annotations

from django.urls import include, path
from django.urls.resolvers import URLPattern

from ejlas.web.desk import (
    answer_urls,
    delegation_urls,
    design_urls,
    edition_urls,
    gate_urls,
    inspection_urls,
    letter_urls,
    meeting_urls,
    pass_urls,
    plan_urls,
    privacy_urls,
    readiness_urls,
    ready_urls,
)
from ejlas.web.desk.views import home, invitations, lists, people, search, things, trail, webhooks
from ejlas.web.ui.kinds import KINDS, Kind

app_name = "desk"


def _of(kind: Kind) -> list[URLPattern]:
    """Return the addresses of a kind; words of the system never stand where a thing's name stands."""
    base, name = f"<edition:edition>/{kind.address}/", kind.name
    return [
        path(base, lists.list_view(kind), name=f"{name}-list"),
        path(f"{base}many/", lists.many_view(kind), name=f"{name}-many"),
        path(f"{base}add/", things.add_view(kind), name=f"{name}-add"),
        path(f"{base}of/<slug:slug>/", things.show_view(kind), name=name),
        path(f"{base}of/<slug:slug>/change/", things.change_view(kind), name=f"{name}-change"),
        path(f"{base}of/<slug:slug>/remove/", things.remove_view(kind), name=f"{name}-remove"),
        path(f"{base}of/<slug:slug>/history/", trail.history_view(kind), name=f"{name}-history"),
    ]


_people = [
    path("", people.roles, name="people"),
    path("add/", people.add, name="people-add"),
    path("of/<int:key>/", people.show, name="people-role"),
    path("of/<int:key>/change/", people.change, name="people-change"),
    path("of/<int:key>/withdraw/", people.withdraw, name="people-withdraw"),
    path("of/<int:key>/again/", people.give_again, name="people-again"),
    path("invitations/", invitations.invitations, name="people-invitations"),
    path("invitations/<int:key>/again/", invitations.send_again, name="people-send-again"),
    path("invitations/<int:key>/withdraw/", invitations.withdraw, name="people-invitation-withdraw"),
]

_webhooks = [
    path("", webhooks.webhooks, name="webhooks"),
    path("add/", webhooks.add, name="webhook-add"),
    path("of/<int:key>/", webhooks.show, name="webhook"),
    path("of/<int:key>/change/", webhooks.change, name="webhook-change"),
    path("of/<int:key>/pause/", webhooks.pause, name="webhook-pause"),
    path("of/<int:key>/resume/", webhooks.resume, name="webhook-resume"),
    path("of/<int:key>/secret/", webhooks.renew_secret, name="webhook-secret"),
    path("of/<int:key>/remove/", webhooks.remove, name="webhook-remove"),
    path("of/<int:key>/deliveries/<int:delivery>/again/", webhooks.send_again, name="webhook-send-again"),
]

urlpatterns = [
    path("", home.editions, name="editions"),
    *answer_urls.urlpatterns,
    *edition_urls.urlpatterns,
    path("<edition:edition>/", home.home, name="home"),
    path("<edition:edition>/search/", search.search, name="search"),
    path("<edition:edition>/trail/", trail.trail, name="trail"),
    path("<edition:edition>/put-back/", trail.put_back, name="put-back"),
    path("<edition:edition>/people/", include(_people)),
    path("<edition:edition>/plan/", include(plan_urls.urlpatterns)),
    path("<edition:edition>/webhooks/", include(_webhooks)),
    path("<edition:edition>/", include(delegation_urls.urlpatterns)),
    path("<edition:edition>/", include(privacy_urls.urlpatterns)),
    path("<edition:edition>/", include(pass_urls.urlpatterns)),
    path("<edition:edition>/", include(design_urls.urlpatterns)),
    path("<edition:edition>/", include(gate_urls.urlpatterns)),
    path("<edition:edition>/", include(readiness_urls.urlpatterns)),
    path("<edition:edition>/", include(ready_urls.urlpatterns)),
    path("<edition:edition>/", include(meeting_urls.urlpatterns)),
    path("<edition:edition>/", include(inspection_urls.urlpatterns)),
    *letter_urls.urlpatterns,
    *(pattern for kind in KINDS for pattern in _of(kind)),
]
