"""What an edition begins with: zones, categories, tokens, a window, the matrix, a gate for each zone, and the key."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction

from ejlas.accounts.models import User
from ejlas.core.text import Text
from ejlas.delegations.models import Capacity, CardDesign, Category, Zone
from ejlas.delegations.operations.passes import badges, designs, lists, matrix
from ejlas.delegations.rules.passes import standard
from ejlas.delegations.rules.passes.access import Cell
from ejlas.delegations.rules.passes.standard_names import ENTRANCE, NAMES
from ejlas.forum import queries as forum_queries
from ejlas.forum.models import Edition

# Gates open on the day before the opening, and close with the last day.
OPENS, DAYS_BEFORE = time(6, 0), 1


@transaction.atomic
def open_passes(*, edition: Edition, by: User, at: datetime) -> int:
    """Set up the passes of an edition without zones, and make those of all who were approved; return how many."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    lists.signing_key(edition, at=at)
    if not Zone.objects.filter(edition=edition).exists():
        _set_up(edition, by=by, at=at)
    if not CardDesign.objects.filter(edition=edition).exists():
        designs.add_standard_designs(edition=edition, by=by, at=at)
    return len(badges.make_badges(edition=edition, by=by, at=at))


def _set_up(edition: Edition, *, by: User, at: datetime) -> None:
    first = datetime.combine(edition.starts_on - timedelta(days=DAYS_BEFORE), OPENS, tzinfo=edition.zone)
    last = datetime.combine(edition.ends_on + timedelta(days=1), time(0, 0), tzinfo=edition.zone)
    fields = {"slug": "days", "name": _name(edition, "days"), "starts_at": first, "ends_at": last}
    matrix.add_window(edition=edition, fields=fields, by=by, at=at)
    for each in standard.ZONES:
        zone, (x, y) = _zone(edition, each, by=by, at=at), each.place
        named = {"slug": f"gate-{each.slug}", "name": _gate_name(edition, each.slug)}
        matrix.add_gate(edition=edition, fields={**named, "zone": zone, "place_x": x, "place_y": y}, by=by, at=at)
    there = set(Capacity.objects.filter(edition=edition).values_list("slug", flat=True))
    for category in standard.CATEGORIES:
        _category(edition, category, there, by=by, at=at)
    cells = [Cell(each.slug, zone, "days") for each in standard.CATEGORIES for zone in each.zones]
    matrix.change_matrix(edition=edition, allowed=cells, forbidden=(), by=by, at=at)


def _zone(edition: Edition, each: standard.StandardZone, *, by: User, at: datetime) -> Zone:
    fields = {
        "slug": each.slug,
        "name": _name(edition, each.slug),
        "letter": each.letter,
        "passback": each.passback,
        "when_full": each.when_full,
    }
    return matrix.add_zone(edition=edition, fields=fields, by=by, at=at)


def _category(
    edition: Edition, each: standard.StandardCategory, there: set[str], *, by: User, at: datetime
) -> Category:
    fields = {
        "slug": each.slug,
        "name": _name(edition, each.slug),
        "kind": each.kind,
        "short": each.short,
        "colour": each.colour,
        "capacities": [kind.value for kind in each.capacities if kind.value in there],
        "per_delegation": each.per_delegation,
        "limits": [{"use": use, "most": most} for use, most in each.limits.items()],
    }
    return matrix.add_category(edition=edition, fields=fields, by=by, at=at)


def _name(edition: Edition, slug: str) -> Text:
    return Text({code: text for code, text in NAMES[slug].items() if code in (*edition.languages, "en")})


def _gate_name(edition: Edition, zone: str) -> Text:
    named = _name(edition, zone)
    return Text({code: ENTRANCE[code].format(zone=text) for code, text in named.values.items()})


@transaction.atomic
def copy_setup(*, old: Edition, new: Edition, by: User, at: datetime) -> int:
    """Give a new edition the zones and categories of an old one; return how many. Windows are of their days."""
    n_copied = 0
    for model, add in ((Zone, matrix.add_zone), (Category, matrix.add_category)):
        for row in model._default_manager.filter(edition=old).order_by("position", "pk"):
            add(edition=new, fields=forum_queries.fields_of(row) | {"slug": row.slug}, by=by, at=at)
            n_copied += 1
    return n_copied
