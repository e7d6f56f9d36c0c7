"""Codes and names that others give: states, regions, time zones; and what a party and an edition owe to theirs."""

from __future__ import annotations

from collections.abc import Iterator

from ejlas.core import regions
from ejlas.core.errors import marked
from ejlas.core.formats.problem import Problem, shown
from ejlas.forum import rules
from ejlas.forum.rules import PartyKind, PartyRole
from ejlas.journeys.summit_file.items import Item
from ejlas.journeys.summit_file.schema import SummitFile
from ejlas.journeys.summit_file.schema.base import Kind
from ejlas.journeys.summit_file.shapes import leaves
from ejlas.journeys.summit_file.sheet import Sheet, zones
from ejlas.journeys.summit_file.wording import Said, nearest, remedy_for


def problems(sheet: Sheet) -> Iterator[Problem]:
    """Check the edition's own names, the codes of states and regions, and that one party is the host."""
    yield from _edition(sheet)
    yield from _countries(sheet)
    for party in sheet.root.many("parties"):
        yield from _party(sheet, party)
    yield from _hosts(sheet)
    for claim in sheet.root.many("claims"):
        yield from _adopted(sheet, claim)


def _edition(sheet: Sheet) -> Iterator[Problem]:
    if sheet.edition is None:
        return
    slug, timezone = sheet.edition.get("slug"), sheet.edition.get("timezone")
    if slug is not None and not rules.slug_is_free(slug):
        wrong = marked("%(slug)s is an address of the system or looks like the code of a language")
        remedy = marked("choose another, such as the place and the year: rasht2025")
        yield sheet.problem(sheet.edition.at("slug"), wrong, remedy, slug=slug)
    if timezone is not None and timezone not in zones():
        wrong = marked("there is no time zone %(name)s")
        yield sheet.problem(sheet.edition.at("timezone"), wrong, _zone_remedy(timezone), name=shown(timezone))


def _zone_remedy(timezone: str) -> Said:
    guess = nearest(timezone, sorted(zones())) or next(
        (zone for zone in sorted(zones()) if timezone and zone.lower().endswith(f"/{timezone.lower()}")), ""
    )
    if guess:
        return marked("did you mean %(guess)s?"), {"guess": guess}
    return marked("write a name of the IANA list, such as Asia/Tehran"), {}


def _countries(sheet: Sheet) -> Iterator[Problem]:
    for leaf in leaves(SummitFile, sheet.document.value):
        if leaf.value.kind == Kind.COUNTRY and _is_code(leaf.raw, 2) and not regions.country_exists(leaf.raw):
            wrong = marked("ISO 3166-1 has no state %(code)s")
            yield sheet.problem(leaf.path, wrong, remedy_for(leaf.value), code=leaf.raw)


def _is_code(raw: object, length: int) -> bool:
    return isinstance(raw, str) and len(raw) == length and raw.isascii() and raw.isalpha() and raw.isupper()


def _party(sheet: Sheet, party: Item) -> Iterator[Problem]:
    kind, iso, country = party.get("kind"), party.get("iso"), party.get("country")
    if kind == PartyKind.REGION and "iso" not in party:
        wrong = marked("the code of the region is missing")
        remedy = marked("write iso and its code of ISO 3166-2, or another kind of party")
        yield sheet.problem(party.at("iso"), wrong, remedy)
    if kind in {PartyKind.STATE, PartyKind.CITY} and "country" not in party:
        wrong, remedy = marked("the country is missing"), marked("write country and the two letters of ISO 3166-1")
        yield sheet.problem(party.at("country"), wrong, remedy)
    if iso and not regions.region_exists(iso):
        wrong = marked("ISO 3166-2 has no region %(code)s")
        yield sheet.problem(party.at("iso"), wrong, _region_remedy(iso[:2]), code=iso)
    elif iso and country and regions.region_country(iso) != country:
        wrong, remedy = marked("the region %(code)s is not in %(country)s"), marked("correct the code or the country")
        yield sheet.problem(party.at("iso"), wrong, remedy, code=iso, country=country)


def _region_remedy(country: str) -> Said:
    codes = regions.regions_of(country)
    if codes:
        message = marked("look it up under %(country)s in ISO 3166-2, where codes run from %(first)s to %(last)s")
        return message, {"country": country, "first": codes[0], "last": codes[-1]}
    return marked("look it up in ISO 3166-2; %(country)s has no regions there"), {"country": country}


def _hosts(sheet: Sheet) -> Iterator[Problem]:
    parties = list(sheet.root.many("parties"))
    hosts = [party for party in parties if party.get("role") == PartyRole.HOST]
    if parties and not hosts and all(party.get("role") for party in parties):
        wrong, remedy = marked("no party is the host"), marked("write role: host for one of them")
        yield sheet.problem(("parties",), wrong, remedy)
    for other in hosts[1:]:
        wrong, remedy = marked("a host stands already in line %(taken)s"), marked("write role: member, or guest, here")
        yield sheet.problem(other.at("role"), wrong, remedy, taken=sheet.line_of(hosts[0].at("role")))


def _adopted(sheet: Sheet, claim: Item) -> Iterator[Problem]:
    adopted = [version for version in claim.many("versions") if version.get("is_adopted")]
    for other in adopted[1:]:
        wrong, taken = marked("line %(taken)s adopts another version"), sheet.line_of(adopted[0].at("is_adopted"))
        yield sheet.problem(other.at("is_adopted"), wrong, marked("adopt one version at most"), taken=taken)
