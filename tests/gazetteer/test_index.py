"""Places found under any spelling, and none invented."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from trucewatch import gazetteer
from trucewatch.errors import GazetteerError
from trucewatch.gazetteer import EXACT, Candidate, Gazetteer
from trucewatch.gazetteer.index import DATA


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return gazetteer.open()


def near(candidate: Candidate, lat: float, lon: float) -> bool:
    return abs(candidate.lat - lat) < 0.3 and abs(candidate.lon - lon) < 0.3


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Khan Tuman", "SYR", 36.12, 37.05),
        ("Khan Touman", "SYR", 36.12, 37.05),
        ("al-Eis", "SYR", 36.0, 37.0),
        ("Tal al-Eis", "SYR", 36.0, 37.0),
        ("Zitan", "SYR", 36.06, 37.01),
        ("Handarat", "SYR", 36.29, 37.16),
        ("Sheikh Maqsoud", "SYR", 36.23, 37.16),
        ("Sheikh Maksoud", "SYR", 36.23, 37.16),
        ("Maarat al-Numan", "SYR", 35.64, 36.67),
        ("Ma'arrat an-Nu'man", "SYR", 35.64, 36.67),
        ("Deir Ezzor", "SYR", 35.34, 40.14),
        ("Deir al-Zor", "SYR", 35.34, 40.14),
        ("Douma", "SYR", 33.57, 36.40),
        ("Duma", "SYR", 33.57, 36.40),
        ("Daraya", "SYR", 33.46, 36.23),
        ("Darayya", "SYR", 33.46, 36.23),
        ("Kinsibba", "SYR", 35.72, 36.19),
        ("Kinsabba", "SYR", 35.72, 36.19),
        ("Al-Rai", "SYR", 36.62, 37.45),
        ("Azaz", "SYR", 36.59, 37.05),
        ("Mare'", "SYR", 36.48, 37.20),
        ("Tel Rifaat", "SYR", 36.47, 37.10),
        ("Salma", "SYR", 35.69, 36.14),
        ("Robotyne", "UKR", 47.44, 35.84),
        ("Avdiivka", "UKR", 48.14, 37.75),
        ("Zamzam camp", "SDN", 13.48, 25.31),
        ("El Fasher", "SDN", 13.63, 25.35),
        ("Al-Fashir", "SDN", 13.63, 25.35),
        ("Kauda", "SDN", 11.10, 30.52),
        ("Wadi Halfa", "SDN", 21.80, 31.35),
        ("Hodeidah", "YEM", 14.80, 42.95),
        ("Hudaydah", "YEM", 14.80, 42.95),
        ("Wadi al-Qadi", "YEM", 13.58, 44.01),
        ("Mitiga", "LBY", 32.89, 13.28),
        ("حلب", "SYR", 36.20, 37.16),
        ("Краматорск", "UKR", 48.74, 37.58),
    ],
)
def test_spellings_are_found(places: Gazetteer, name: str, country: str, lat: float, lon: float) -> None:
    assert any(c.country == country and near(c, lat, lon) for c in places.find(name))


@pytest.mark.parametrize("name", ["Qwxyzville", "Umm Nowhere al-Ghayr Mawjud", "", "-"])
def test_a_name_of_no_place_finds_nothing(places: Gazetteer, name: str) -> None:
    assert places.find(name) == ()


def test_a_shorter_name_is_not_taken_for_a_longer_one(places: Gazetteer) -> None:
    assert not any("Salam" in c.name for c in places.find("Salma"))


def test_own_spelling_comes_before_near_spellings(places: Gazetteer) -> None:
    scores = [c.score for c in places.find("Kunduz")]
    assert scores[0] == 1.0
    assert scores == sorted(scores, reverse=True)
    assert all(c.score < EXACT for c in places.find("Kundouz"))


def test_one_place_of_two_sources_is_one_candidate(places: Gazetteer) -> None:
    towns = [c for c in places.find("Aleppo") if c.kind == "town" and c.country == "SYR"]
    assert len(towns) == 1
    assert towns[0].geonameid == 170063


def test_countries_capitals_and_peoples(places: Gazetteer) -> None:
    yemen = places.capital("YEM")
    assert yemen is not None
    assert near(yemen, 15.35, 44.2)
    assert places.country_of("Syrian") == places.country_of("Syrians") == "SYR"
    assert places.country_of("Wooden") is None
    syria = places.country("SYR")
    assert syria is not None
    assert syria.kind == "country"
    assert places.find("U.S.")[0].country == "USA"


def test_it_opens_in_under_half_a_second() -> None:
    start = time.perf_counter()
    Gazetteer(DATA / "places.sqlite")
    assert time.perf_counter() - start < 0.5


def test_threads_may_share_it(places: Gazetteer) -> None:
    names = ["Homs", "Taiz", "Goma", "Kyiv", "Marib", "Juba"] * 20
    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(places.find, names))


def test_a_broken_index_is_a_clear_error(tmp_path: Path) -> None:
    broken = tmp_path / "places.sqlite"
    broken.write_bytes(b"no database at all, only words" * 50)
    with pytest.raises(GazetteerError, match="gazetteer-broken"):
        Gazetteer(broken)
    with pytest.raises(GazetteerError):
        Gazetteer(tmp_path / "missing.sqlite")


def test_every_supplement_row_has_a_source_a_kind_and_a_point() -> None:
    from trucewatch.gazetteer.index import table

    kinds = {"admin1", "town", "village", "quarter", "camp", "site", "road", "water", "mountain", "region"}
    for file in DATA.glob("supplement_*.csv"):
        for row in table(file.name):
            assert row["source"]
            assert row["kind"] in kinds
            assert -90 <= float(row["lat"]) <= 90
            assert -180 <= float(row["lon"]) <= 180
            assert len(row["country"]) == 3


def test_a_name_whose_vowels_differ_is_only_near(places: Gazetteer) -> None:
    found = places.find("Ikhtren")
    assert found[0].country == "SYR"
    assert 0.5 < found[0].score < EXACT


def test_no_near_spelling_of_another_language_is_meant_behind_an_arabic_article(places: Gazetteer) -> None:
    assert {c.country for c in places.find("al-Kamishlov") if c.score < EXACT} <= {"SYR", "IRQ", "IRN", "EGY", "YEM"}
    assert any(c.country == "RUS" for c in places.find("Kamishlov"))


def test_a_country_has_three_letters_for_two(places: Gazetteer) -> None:
    assert places.alpha3("ye") == "YEM"
    assert places.alpha3("zz") is None
