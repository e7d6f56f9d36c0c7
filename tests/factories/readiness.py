"""Bodies and what they owe, for the tests of what is built upon them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.test import Client

from ejlas.accounts import operations as roles
from ejlas.accounts import queries as accounts
from ejlas.accounts.rules import Role
from ejlas.core.text import Text
from ejlas.forum import operations as forum
from ejlas.readiness.models import Body, Inspection, Obligation, Resource, Workstream
from ejlas.readiness.operations import meetings, obligations
from tests.factories.people import person

AT = datetime(2025, 9, 1, 8, 0, tzinfo=UTC)


def worded(edition: Any, words: str) -> Text:
    """Return the same words for every language of an edition, so that nothing is left to translate."""
    return Text(dict.fromkeys([*edition.languages, "en"], words))


def body(edition: Any, slug: str = "airport", **more: Any) -> Body:
    """Return a body of an edition, which is made where it is not there."""
    found = Body.objects.filter(edition=edition, slug=slug).select_related("edition").first()
    if found is not None:
        return found
    fields = {"slug": slug, "name": worded(edition, slug.capitalize()), "language": edition.languages[0], **more}
    return forum.add_thing(Body, edition=edition, fields=fields, by=accounts.system_account(), at=AT)


def of_body(edition: Any, slug: str = "airport", language: str = "en") -> Client:
    """Return a client that is signed in as one who answers for a body."""
    user = person(edition=edition.slug, language=language, password=None)
    by = accounts.system_account()
    roles.grant_role(user=user, role=Role.BODY, edition=edition.slug, body=slug, by=by, at=AT)
    client = Client(headers={"host": "localhost", "accept-language": language})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def workstream(edition: Any, slug: str = "arrivals") -> Workstream:
    """Return a workstream of an edition, which is made where it is not there."""
    found = Workstream.objects.filter(edition=edition, slug=slug).first()
    fields = {"slug": slug, "name": worded(edition, slug.capitalize())}
    return found or forum.add_thing(Workstream, edition=edition, fields=fields, by=accounts.system_account(), at=AT)


def resource(edition: Any, slug: str = "crews", capacity: int = 2) -> Resource:
    """Return limited hands of an edition."""
    fields = {"slug": slug, "name": worded(edition, slug.capitalize()), "capacity": capacity}
    return forum.add_thing(Resource, edition=edition, fields=fields, by=accounts.system_account(), at=AT)


def owed(edition: Any, name: str | Text = "Light on the apron", **more: Any) -> Obligation:
    """Write down an obligation of the airport."""
    fields = {
        "name": worded(edition, name) if isinstance(name, str) else name,
        "body": body(edition),
        "workstream": workstream(edition),
        "due_on": date(2025, 11, 10),
        "least_days": 3,
        "likely_days": 5,
        "most_days": 12,
        **more,
    }
    return obligations.add_obligation(edition=edition, fields=fields, by=accounts.system_account(), at=AT)


def readiness_begun(edition: Any) -> None:
    """Give an edition one row of each kind of readiness."""
    by = accounts.system_account()
    owed(edition)
    resource(edition)
    starts = datetime(2025, 9, 5, 6, 0, tzinfo=UTC)
    meetings.call_meeting(edition=edition, fields={"starts_at": starts}, by=by, at=AT)
    fields = {"name": worded(edition, "Round of the airport"), "held_on": date(2025, 11, 12)}
    forum.add_thing(Inspection, edition=edition, fields=fields, by=by, at=AT)
