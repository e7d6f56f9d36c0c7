"""Every question that others ask of delegations, their people and their letters."""

from ejlas.delegations.queries.lists import (
    Load,
    capacities_for,
    capacities_of,
    delegation_at,
    delegations_filed_by,
    delegations_for,
    delegations_of_kind,
    own_loads,
    parties_without_delegation,
    requests_for,
    windows_of,
)
from ejlas.delegations.queries.people import (
    lacking,
    paper,
    papers_of,
    people_for,
    people_of,
    people_with_needs,
    person_at,
    twins_of,
    with_reach,
)
from ejlas.delegations.queries.public import delegations_content

__all__ = [
    "Load",
    "capacities_for",
    "capacities_of",
    "delegation_at",
    "delegations_content",
    "delegations_filed_by",
    "delegations_for",
    "delegations_of_kind",
    "lacking",
    "own_loads",
    "paper",
    "papers_of",
    "parties_without_delegation",
    "people_for",
    "people_of",
    "people_with_needs",
    "person_at",
    "requests_for",
    "twins_of",
    "windows_of",
    "with_reach",
]
