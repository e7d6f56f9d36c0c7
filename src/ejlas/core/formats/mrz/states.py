"""The three-letter codes of states and organisations that machine-readable documents bear (ICAO 9303 part 3)."""

from __future__ import annotations

from functools import lru_cache

# Beside ISO 3166-1: Germany's single letter, the kinds of British nationals, the United Nations and other
# organisations, stateless persons and refugees, and the Utopia of specimens.
_SPECIAL = frozenset(
    [
        "D",
        "EUE",
        "GBD",
        "GBN",
        "GBO",
        "GBP",
        "GBS",
        "RKS",
        "UNO",
        "UNA",
        "UNK",
        "UTO",
        "XAA",
        "XBA",
        "XCC",
        "XCE",
        "XCO",
        "XDC",
        "XEC",
        "XES",
        "XIM",
        "XMP",
        "XOM",
        "XPO",
        "XXA",
        "XXB",
        "XXC",
        "XXX",
        "XCT",
        "XIT",
        "IAO",
    ]
)


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    # Imported here: the package takes longer to load than most pages to make.
    import pycountry

    return frozenset(country.alpha_3 for country in pycountry.countries) | _SPECIAL


def state_is_known(code: str) -> bool:
    """Tell whether documents may bear this code, without fillers: `IRN`, `D`, `UNO`."""
    return code in _codes()
