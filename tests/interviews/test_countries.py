"""A country is told by a zone where only one lies in it; of several none is taken."""

import pytest

from accounts.when import zone_names
from interviews.countries import country_names, country_of


@pytest.mark.parametrize(
    ("zone", "place", "country"),
    [
        ("Africa/Cairo", "", "EG"),
        ("Asia/Muscat", "", "OM"),
        ("Asia/Calcutta", "", "IN"),
        ("Africa/Kampala", "", "UG"),
        ("Africa/Nairobi", "", ""),
        ("Africa/Nairobi", "12 Harbour Road, Kisumu, Kenya", "KE"),
        ("Africa/Nairobi", "Kampala, uganda ", "UG"),
        ("Africa/Nairobi", "Kenya House", ""),
        ("Africa/Nairobi", "Paris, France", ""),
        ("Asia/Dubai", "", ""),
        ("America/New_York", "Atlanta, Georgia", "US"),
        ("EST", "", ""),
        ("UTC", "Nairobi, Kenya", ""),
        ("", "", ""),
    ],
)
def test_only_what_is_certain_is_told(zone, place, country):
    assert country_of(zone, place) == country


def test_every_zone_of_the_form_gives_a_country_with_a_name_or_none():
    found = {zone: country_of(zone) for zone in zone_names()}
    assert {country for country in found.values() if country} <= set(country_names())
    assert sum(map(bool, found.values())) > len(found) / 2
