"""The edition in the words of schema.org, for search engines and programme readers."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString

from ejlas.exports.reading import Item
from ejlas.web.public.edition import Indexed
from ejlas.web.ui.labels import BILATERAL, TRILATERAL
from ejlas.web.ui.reading import Reader

_NOT_EVENTS = {BILATERAL, TRILATERAL, "arrivals", "departures"}
_MOST = 60  # what stands in the feeds in full is only outlined here


def in_page(thing: dict[str, Any]) -> SafeString:
    """Return JSON that can stand inside a script element: nothing in it can close the element or open another."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    return SafeString(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def event(indexed: Indexed, reader: Reader, address: str) -> dict[str, Any]:
    """Describe the edition as a schema.org Event with its public sessions."""
    edition = indexed.content["edition"]
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": address,
        "url": address,
        "name": reader.plain(edition["name"]),
        "startDate": edition["opens_at"] or edition["starts_on"],
        "endDate": edition["ends_on"],
        "inLanguage": edition["languages"],
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "location": _place(reader.plain(edition["city"]), edition["country"]),
        "organizer": {"@type": "GovernmentOrganization", "name": reader.plain(edition["host_office"])},
        "superEvent": {"@type": "EventSeries", "name": reader.plain(edition["forum_name"])},
    }
    if edition["summary"]:
        described["description"] = reader.plain(edition["summary"])
    sessions = [timed for timed in indexed.sessions if timed.kind not in _NOT_EVENTS][:_MOST]
    described["subEvent"] = [_session(timed, indexed, reader) for timed in sessions]
    return described


def _place(name: str, country: str) -> dict[str, Any]:
    return {"@type": "Place", "name": name, "address": {"@type": "PostalAddress", "addressCountry": country}}


def _session(timed: Item, indexed: Indexed, reader: Reader) -> dict[str, Any]:
    session = timed.session
    described: dict[str, Any] = {
        "@type": "Event",
        "name": reader.plain(session["title"]),
        "startDate": session["starts_at"],
        "endDate": session["ends_at"],
    }
    if session["languages"]:
        described["inLanguage"] = session["languages"]
    if session["venue"] in indexed.venues:
        venue = indexed.venues[session["venue"] or ""]
        described["location"] = _place(reader.plain(venue["name"]), indexed.content["edition"]["country"])
    return described
