"""What a publication holds: all that the public may see of an edition, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING, NotRequired, TypedDict

from ejlas.delegations import queries as delegations
from ejlas.delegations.rules.public import DelegationsContent
from ejlas.exports import summit_map
from ejlas.forum import queries as forum
from ejlas.forum.rules import ClaimContent, EditionContent, MapContent, OfficeContent, PartyContent, SourceContent
from ejlas.outcomes import queries as outcomes
from ejlas.outcomes.rules import TextContent
from ejlas.programme import queries as programme
from ejlas.programme.rules import ProgrammeContent

if TYPE_CHECKING:
    from ejlas.forum.models import Edition


class Content(TypedDict):
    """The content of one publication; JSON as it is stored.

    Texts are stored texts (core.text); `source` fields hold slugs of `sources`; `party`, `room`, `venue` and
    `speaker` fields hold slugs of the lists here. Moments are ISO 8601 with the offset of the edition's place.
    Publications of before delegations were kept say nothing of them.
    """

    format: int
    edition: EditionContent
    sources: list[SourceContent]
    claims: list[ClaimContent]
    parties: list[PartyContent]
    offices: list[OfficeContent]
    delegations: NotRequired[DelegationsContent]
    programme: ProgrammeContent
    texts: list[TextContent]
    map: MapContent


FORMAT = 1


def build(edition: Edition) -> Content:
    """Return all that the public may see of an edition as it stands now, in a fixed number of SQL queries."""
    parties = forum.parties_content(edition)
    points = [
        (party["slug"], party["latitude"], party["longitude"])
        for party in parties
        if party["latitude"] is not None and party["longitude"] is not None
    ]
    return {
        "format": FORMAT,
        "edition": forum.edition_content(edition),
        "sources": forum.sources_content(edition),
        "claims": forum.claims_content(edition),
        "parties": parties,
        "offices": forum.offices_content(edition),
        "delegations": delegations.delegations_content(edition),
        "programme": programme.programme_content(edition),
        "texts": outcomes.texts_content(edition),
        "map": summit_map.draw(points),
    }
