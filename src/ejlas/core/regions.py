"""Which countries and regions exist by ISO 3166; their names are the forum's own data and stand elsewhere."""

from __future__ import annotations

from functools import lru_cache


class UnknownRegion(ValueError):
    """ISO 3166-2 has no region with this code."""


@lru_cache(maxsize=1)
def _regions() -> frozenset[str]:
    # Imported here: the package takes longer to load than most pages to make, and few pages ask.
    import pycountry

    return frozenset(region.code for region in pycountry.subdivisions)


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    import pycountry

    return frozenset(country.alpha_2 for country in pycountry.countries)


def country_codes() -> tuple[str, ...]:
    """Return the alpha-2 codes of ISO 3166-1, in order."""
    return tuple(sorted(_countries()))


def country_exists(code: str) -> bool:
    """Tell whether ISO 3166-1 has the alpha-2 code, in capitals: `IR`."""
    return code in _countries()


def region_exists(code: str) -> bool:
    """Tell whether ISO 3166-2 has the code, in capitals: `IR-01` is Gilan."""
    return code in _regions()


def region_country(code: str) -> str:
    """Return the alpha-2 code of the country a region belongs to. Raises UnknownRegion."""
    if not region_exists(code):
        raise UnknownRegion(f"ISO 3166-2 has no region {code!r}")
    return code.partition("-")[0]


def regions_of(country_code: str) -> tuple[str, ...]:
    """Return the codes of a country's regions, in order; empty for a country without any."""
    return tuple(sorted(code for code in _regions() if code.startswith(f"{country_code}-")))
