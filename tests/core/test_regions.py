"""Codes of countries and regions, with those that were renumbered."""

import pytest

from ejlas.core import regions


@pytest.mark.parametrize("code", ["IR-01", "IR-19", "AZ-LAN", "KZ-47", "TM-B", "RU-AST"])
def test_region_exists(code):
    assert regions.region_exists(code)


@pytest.mark.parametrize("code", ["IR-99", "ir-01", "IR", "", "IR-01 "])
def test_region_does_not_exist(code):
    assert not regions.region_exists(code)


def test_country_exists():
    found = [regions.country_exists(code) for code in ("IR", "TM", "XX", "ir", "IRN", "")]

    assert found == [True, True, False, False, False, False]


def test_region_country_is_the_country_of_the_code():
    assert [regions.region_country(code) for code in ("IR-01", "AZ-LAN")] == ["IR", "AZ"]


def test_region_country_refuses_an_unknown_region():
    with pytest.raises(regions.UnknownRegion):
        regions.region_country("IR-99")


def test_regions_of_a_country():
    found = regions.regions_of("TM")

    assert found == ("TM-A", "TM-B", "TM-D", "TM-L", "TM-M", "TM-S")
    assert regions.regions_of("XX") == ()
