"""What the demo needs so that gates can be kept in it: zones that are open now, and people with passes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from ejlas.accounts import queries as accounts
from ejlas.core.text import Text
from ejlas.delegations import operations, queries
from ejlas.delegations.operations.passes import badges, matrix, opening, steps
from ejlas.delegations.queries.passes import things
from ejlas.delegations.rules.states import DelegationKind, PersonState, Step

if TYPE_CHECKING:
    from ejlas.accounts.models import User
    from ejlas.delegations.models import Delegation
    from ejlas.forum.models import Edition

OPEN_FOR = timedelta(days=30)
# Each delegation but the one that files its own list: family name, given name, the name in other scripts, capacity.
PEOPLE: Mapping[str, tuple[tuple[str, str, Mapping[str, str], str], ...]] = {
    "gilan": (
        ("Sefidrud", "Mahan", {"fa": "ماهان سفیدرود"}, "head"),
        ("Shalizar", "Bahar", {"fa": "بهار شالیزار"}, "delegate"),
        ("Darfak", "Kian", {"fa": "کیان درفک"}, "protocol"),
    ),
    "astrakhan": (
        ("Volzhanin", "Gleb", {"ru": "Глеб Волжанин", "fa": "گلب ولژانین"}, "head"),
        ("Lotosova", "Inga", {"ru": "Инга Лотосова", "fa": "اینگا لوتوسووا"}, "interpreter"),
        ("Kamyshev", "Yegor", {"ru": "Егор Камышев"}, "security"),
    ),
    "lankaran": (
        ("Dənizli", "Orxan", {"az": "Orxan Dənizli", "fa": "اورخان دنیزلی"}, "head"),
        ("Çayçı", "Sevda", {"az": "Sevda Çayçı"}, "delegate"),
    ),
    "mangystau": (
        ("Teñizov", "Alibek", {"kk": "Әлібек Теңізов", "ru": "Алибек Тенизов"}, "head"),
        ("Dalabai", "Aruzhan", {"kk": "Аружан Далабай"}, "adviser"),
    ),
    "balkan": (
        ("Kenarow", "Begli", {"tk": "Begli Kenarow", "fa": "بگلی کناروف"}, "head"),
        ("Deňizowa", "Jeren", {"tk": "Jeren Deňizowa"}, "interpreter"),
    ),
}


def give_passes(edition: Edition, *, at: datetime) -> None:
    """Open the gates of an edition now, and give invented people passes; a second time does nothing.

    Belongs to the transaction of the caller.
    """
    by = accounts.system_account()
    if things.has_zones(edition):
        return
    opening.open_passes(edition=edition, by=by, at=at)
    window = things.windows_of(edition)[0]
    if window.ends_at <= at:
        # The example was held long ago; in the demo its gates are open.
        fields = {"starts_at": at - timedelta(days=1), "ends_at": at + OPEN_FOR}
        matrix.change_thing(thing=window, fields=fields, by=by, at=at)
    for delegation in queries.delegations_of_kind(edition, DelegationKind.PARTY):
        rows = list(_rows(delegation))
        if rows and not delegation.people.exists():
            _approve(delegation, rows, by=by, at=at)
            _add_tokens(delegation, by=by, at=at)
    made = list(things.badges_of(edition))
    steps.note_printed(badges=made, by=by, at=at)
    steps.hand_out(badges=made, to=steps.Collected(is_signed_on_paper=True), by=by, at=at)


def _rows(delegation: Delegation) -> Iterator[dict[str, Any]]:
    capacities = {each.slug: each for each in queries.capacities_of(delegation.edition, delegation.kind)}
    for family, given, spellings, capacity in PEOPLE.get(delegation.slug, ()):
        if capacity in capacities:
            yield {
                "capacity": capacities[capacity],
                "family_name": family,
                "given_name": given,
                "name": Text(spellings),
                "nationality": delegation.country,
                "note": "Invented for the demo.",
            }


def _approve(delegation: Delegation, rows: list[dict[str, Any]], *, by: User, at: datetime) -> None:
    named = operations.add_people(delegation=delegation, rows=rows, by=by, at=at, by_host=True)
    for person in named.people:
        # The demo has neither photos nor documents: what is asked for is set aside for these alone.
        operations.change_person(thing=person, fields={"state": PersonState.VETTING}, by=by, at=at)
        operations.take_step(person=person, step=Step.CLEAR, by=by, at=at)


def _add_tokens(delegation: Delegation, *, by: User, at: datetime) -> None:
    for category in things.token_categories(delegation.edition):
        n_tokens = min(category.per_delegation or 1, 2)
        badges.add_tokens(delegation=delegation, category=category, n_tokens=n_tokens, by=by, at=at)
