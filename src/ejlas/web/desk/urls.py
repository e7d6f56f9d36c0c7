"""The addresses of the desk: the editions, and below each its rooms."""

from __future__ import annotations

from django.urls import path
from django.urls.resolvers import URLPattern

from ejlas.web.desk.views import home, lists, search, things, trail
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


urlpatterns = [
    path("", home.editions, name="editions"),
    path("<edition:edition>/", home.home, name="home"),
    path("<edition:edition>/search/", search.search, name="search"),
    path("<edition:edition>/trail/", trail.trail, name="trail"),
    path("<edition:edition>/put-back/", trail.put_back, name="put-back"),
    *(pattern for kind in KINDS for pattern in _of(kind)),
]
