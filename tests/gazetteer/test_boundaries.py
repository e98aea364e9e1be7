from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.gazetteer import boundaries


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (36.20, 37.16, ("SYR", "Aleppo")),
        (33.513, 36.292, ("SYR", "Damascus")),
        (35.52, 35.79, ("SYR", "Latakia")),
        (48.00, 37.80, ("UKR", "Donetsk")),
        (44.95, 34.10, ("UKR", "Autonomous Republic of Crimea")),
        (13.63, 25.35, ("SDN", "North Darfur")),
        (4.85, 31.58, ("SSD", "Central Equatoria")),
        (31.50, 34.46, ("PSE", "Gaza")),
    ],
)
def test_a_point_lies_in_its_province(lat: float, lon: float, expected: tuple[str, str]) -> None:
    assert boundaries.province_at(lat, lon) == expected


def test_where_only_the_outline_is_kept_the_country_is_known() -> None:
    assert boundaries.province_at(46.20, 6.15) == ("CHE", None)


def test_a_country_inside_another_is_a_hole_in_it() -> None:
    assert boundaries.province_at(-29.31, 27.48) == ("LSO", None)


def test_the_sea_is_nowhere() -> None:
    assert boundaries.province_at(0.0, -30.0) is None


def test_an_unknown_country_has_no_lines() -> None:
    assert boundaries.outline("XXX") == ()
    assert boundaries.provinces("XXX") == ()


def test_provinces_carry_geonames_ids() -> None:
    assert {p.name: p.geonameid for p in boundaries.provinces("SYR")}["Aleppo"] == 170062


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_point_has_an_answer(lat: float, lon: float) -> None:
    found = boundaries.province_at(lat, lon)
    assert found is None or found[0] in boundaries.countries()


def test_neighbours_share_their_border() -> None:
    """Thinning leaves no gap: the points of a border stand in both provinces."""
    syria = boundaries.provinces("SYR")
    points = {p.name: {q for shape in p.polygons for ring in shape for q in ring} for p in syria}
    assert len(points["Aleppo"] & points["Idlib"]) > 5
