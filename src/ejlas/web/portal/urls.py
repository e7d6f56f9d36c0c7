"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from ejlas.web.portal.views import delegation, files, home, passes, passports, people, returning, sheets

app_name = "portal"

_AT = "<edition:edition>/<slug:delegation>/"
_PERSON = f"{_AT}people/<slug:person>/"

urlpatterns = [
    path("", home.show, name="home"),
    path(_AT, delegation.show, name="delegation"),
    path(f"{_AT}submit/", delegation.submit, name="submit"),
    path(f"{_AT}confirm/", delegation.confirm, name="confirm"),
    path(f"{_AT}list/", delegation.paper, name="list"),
    path(f"{_AT}passes/", passes.show, name="passes"),
    path(f"{_AT}new/", people.new, name="person-new"),
    path(f"{_AT}requests/<slug:asked>/take-back/", people.take_back, name="request-take-back"),
    path(f"{_AT}passport/", passports.read, name="passport"),
    path(f"{_AT}return/", returning.offer, name="return"),
    path(f"{_AT}papers/", files.papers, name="papers"),
    path(f"{_AT}papers/<slug:paper>/file/", files.paper_file, name="paper-file"),
    path(f"{_AT}papers/<slug:paper>/remove/", files.paper_remove, name="paper-remove"),
    path(f"{_AT}sheets/", sheets.begin, name="sheets"),
    path(f"{_AT}sheets/template/", sheets.template, name="sheet-template"),
    path(f"{_AT}sheets/<slug:upload>/", sheets.show, name="sheet"),
    path(f"{_AT}sheets/<slug:upload>/columns/", sheets.choose_columns, name="sheet-columns"),
    path(f"{_AT}sheets/<slug:upload>/correct/", sheets.correct, name="sheet-correct"),
    path(f"{_AT}sheets/<slug:upload>/take/", sheets.take, name="sheet-take"),
    path(f"{_AT}sheets/<slug:upload>/discard/", sheets.discard, name="sheet-discard"),
    path(_PERSON, people.show, name="person"),
    path(f"{_PERSON}change/", people.change, name="person-change"),
    path(f"{_PERSON}withdraw/", people.withdraw, name="person-withdraw"),
    path(f"{_PERSON}substitute/", people.substitute, name="person-substitute"),
    path(f"{_PERSON}send/", people.send, name="person-send"),
    path(f"{_PERSON}phone/", passes.on_phone, name="phone"),
    path(f"{_PERSON}photo/", files.photo, name="photo"),
    path(f"{_PERSON}photo/file/", files.photo_file, name="photo-file"),
    path(f"{_PERSON}photo/remove/", files.photo_remove, name="photo-remove"),
    path(f"{_PERSON}papers/", files.person_papers, name="person-papers"),
]
