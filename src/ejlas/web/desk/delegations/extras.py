"""What the pages of some kinds show beside what every kind has: a template of their own and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from ejlas.web.desk.delegations import delegation_page, person_page
from ejlas.web.desk.passes import badge_page, reach_page
from ejlas.web.desk.readiness import body_page, duty_page, inspection_page, mandate_page, meeting_page, obligation_page
from ejlas.web.ui.kinds import Sheet

Prepare = Callable[[HttpRequest, Any, Any, Sheet], dict[str, Any]]
PrepareList = Callable[[HttpRequest, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Extra:
    """The template of a kind's page, and what it shows of a request, an edition and a thing."""

    template: str
    prepare: Prepare


OF_THING: dict[str, Extra] = {
    "delegation": Extra("desk/delegations/delegation.html", delegation_page.prepare),
    "person": Extra("desk/delegations/person.html", person_page.prepare),
    "badge": Extra("desk/passes/badge.html", badge_page.prepare),
    "body": Extra("desk/readiness/body.html", body_page.prepare),
    "duty": Extra("desk/readiness/duty.html", duty_page.prepare),
    "mandate": Extra("desk/readiness/mandate.html", mandate_page.prepare),
    "obligation": Extra("desk/readiness/obligation.html", obligation_page.prepare),
    "coordination-meeting": Extra("desk/readiness/meeting.html", meeting_page.prepare),
    "workstream": Extra("desk/readiness/workstream.html", body_page.prepare_workstream),
    "inspection": Extra("desk/readiness/inspection.html", inspection_page.prepare),
    "zone": Extra("desk/passes/zone.html", reach_page.prepare_zone),
}
OF_LIST: dict[str, PrepareList] = {"delegation": delegation_page.prepare_list}

# What the removal of things of a kind takes along or leaves behind, in words.
OF_REMOVAL: dict[str, Callable[[Sequence[Any], Sheet], str]] = {"duty": duty_page.of_removal}


def template_of(name: str) -> str:
    """Return the template of a kind's page."""
    return OF_THING[name].template if name in OF_THING else "desk/thing.html"


def of_thing(name: str, request: HttpRequest, edition: Any, thing: Any, sheet: Sheet) -> dict[str, Any]:
    """Return what the page of a thing shows beside what every kind has."""
    return OF_THING[name].prepare(request, edition, thing, sheet) if name in OF_THING else {}


def of_list(name: str, request: HttpRequest, edition: Any) -> dict[str, Any]:
    """Return what a list shows beside what every kind has."""
    return OF_LIST[name](request, edition) if name in OF_LIST else {}


def of_removal(name: str, things: Sequence[Any], sheet: Sheet) -> str:
    """Say what becomes of what hangs on things that are removed; nothing where nothing does."""
    return OF_REMOVAL[name](things, sheet) if name in OF_REMOVAL else ""
