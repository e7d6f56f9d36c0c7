"""What the form and the sheets of a list are asked against: capacities with the places left, words, states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils import translation
from django.utils.translation import gettext as _

from ejlas.core import languages
from ejlas.core.collation import sorted_by
from ejlas.delegations import queries
from ejlas.delegations.forms.filing import FilingAsk
from ejlas.delegations.queries import Load
from ejlas.delegations.rules import house
from ejlas.delegations.rules.values import Context
from ejlas.web.portal.frame import capacity_words
from ejlas.web.ui.delegation_labels import CAPACITY_KINDS, DOCUMENT_KINDS, PERSON_FIELDS, SEXES
from ejlas.web.ui.reading import INTERFACE, Reader

if TYPE_CHECKING:
    from ejlas.delegations.models import Delegation

WORDS: dict[str, Mapping[Any, Any]] = {"sex": SEXES, "document_kind": DOCUMENT_KINDS}


def ask_of(
    delegation: Delegation, loads: list[Load], reader: Reader, *, today: date, needs_reason: bool = False
) -> FilingAsk:
    """Return what one person of a delegation is asked against."""
    capacities = [(load.capacity, _with_places(load, reader), load.left != 0) for load in loads]
    return FilingAsk(
        delegation.edition,
        reader.language,
        capacities,
        WORDS,
        context_of(delegation, loads, today=today),
        needs_reason=needs_reason,
        fields=PERSON_FIELDS,
    )


def context_of(delegation: Delegation, loads: list[Load], *, today: date) -> Context:
    """Return what a row of a list is read against."""
    edition, own = delegation.edition, house.stored(delegation.edition.settings)
    country = delegation.country or (delegation.party.country if delegation.party else "")
    return Context(
        capacities={load.capacity.slug: _names(load) for load in loads},
        languages=tuple(edition.languages),
        today=today,
        opens_on=edition.starts_on,
        closes_on=edition.ends_on,
        document_days=own["document_days"],
        country=country,
    )


def loads_of(delegation: Delegation) -> list[Load]:
    """Return how full each capacity of a delegation is. Three SQL queries."""
    return queries.own_loads(delegation)


def _with_places(load: Load, reader: Reader) -> str:
    name = capacity_words(load.capacity, reader)
    if load.left is None:
        return name
    if load.left == 0:
        return _("%(capacity)s · no place left") % {"capacity": name}
    return _("%(capacity)s · places left: %(n)s") % {"capacity": name, "n": reader.number(load.left)}


def _names(load: Load) -> dict[str, str]:
    name: Any = load.capacity.name
    return {**_usual(load.capacity.kind), **name.values}


@lru_cache(maxsize=64)
def _usual(kind: str) -> dict[str, str]:
    """Return the usual word for a capacity in each language of the interface."""
    words = {}
    for code in INTERFACE:
        with translation.override(code):
            words[code] = str(CAPACITY_KINDS.get(kind, kind))  # type: ignore[call-overload]
    return words


def states_of(language: str) -> tuple[str, ...]:
    """Return the names of all states in a language, in its order, for an input that suggests them."""
    return _states(language)


@lru_cache(maxsize=8)
def _states(language: str) -> tuple[str, ...]:
    import pycountry

    names = [languages.state_name(each.alpha_2, language) for each in pycountry.countries]
    return tuple(sorted_by(names, str, language))
