"""Places of one's own: three formats in, found beside those of the package."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from trucewatch.errors import GazetteerError
from trucewatch.gazetteer import Gazetteer, import_places, own_path
from trucewatch.gazetteer.index import DATA

DUMP = "\t".join([
    "990001", "Qwarbeshan", "Qwarbeshan", "Karbeshan,Qwārbeshān", "35.5", "36.9", "P", "PPL", "SY", "", "09", "",
    "", "", "1200", "", "", "Asia/Damascus", "2016-01-01",
])


def found(target: Path, name: str) -> list[tuple[str, float, str]]:
    return [(c.name, c.lat, c.country) for c in Gazetteer(DATA / "places.sqlite", target).find(name)]


def test_a_geonames_dump_is_taken_in(tmp_path: Path) -> None:
    dump, target = tmp_path / "SY.txt", tmp_path / "own.sqlite"
    dump.write_text(DUMP + "\n", encoding="utf-8")
    assert import_places(dump, target).places == 1
    assert found(target, "Karbeshan") == [("Qwarbeshan", 35.5, "SYR")]


def test_a_zip_of_a_dump_is_taken_in(tmp_path: Path) -> None:
    packed, target = tmp_path / "SY.zip", tmp_path / "own.sqlite"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("SY.txt", DUMP)
        archive.writestr("readme.txt", "what the columns are")
    assert import_places(packed, target).places == 1


def test_a_csv_tells_of_rows_that_are_no_place(tmp_path: Path) -> None:
    table, target = tmp_path / "mine.csv", tmp_path / "own.sqlite"
    table.write_text("name,lat,lon,country\nQwarbeshan,35.5,36.9,SY\n,1,2,SY\nNowhere,95,0,SY\nElsewhere,x,0,SY\n")
    done = import_places(table, target)
    assert (done.places, done.left_out) == (1, 3)
    assert "no name" in done.reasons[0]
    assert found(target, "Qwarbeshan") == [("Qwarbeshan", 35.5, "SYR")]


def test_a_geojson_gives_points_and_the_middle_of_areas(tmp_path: Path) -> None:
    area = [[[36.0, 35.0], [37.0, 35.0], [37.0, 36.0], [36.0, 36.0], [36.0, 35.0]]]
    features = [
        {"properties": {"name": "Qwarbeshan", "country": "SYR"}, "geometry": {"type": "Polygon", "coordinates": area}},
        {"properties": {"name": "No point"}, "geometry": None},
    ]
    source, target = tmp_path / "mine.geojson", tmp_path / "own.sqlite"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    done = import_places(source, target)
    assert (done.places, done.left_out) == (1, 1)
    assert found(target, "Qwarbeshan") == [("Qwarbeshan", 35.5, "SYR")]


def test_to_import_again_replaces(tmp_path: Path) -> None:
    dump, target = tmp_path / "SY.txt", tmp_path / "own.sqlite"
    dump.write_text(DUMP, encoding="utf-8")
    import_places(dump, target)
    dump.write_text(DUMP.replace("35.5", "35.6"), encoding="utf-8")
    import_places(dump, target)
    assert found(target, "Qwarbeshan") == [("Qwarbeshan", 35.6, "SYR")]


def test_a_place_of_the_package_is_not_found_twice(tmp_path: Path) -> None:
    table, target = tmp_path / "mine.csv", tmp_path / "own.sqlite"
    table.write_text("name,lat,lon,country,geonameid\nAleppo,36.20,37.16,SY,170063\n")
    import_places(table, target)
    towns = [c for c in Gazetteer(DATA / "places.sqlite", target).find("Aleppo") if c.geonameid == 170063]
    assert [c.source for c in towns] == ["mine.csv"]


@pytest.mark.parametrize(
    ("name", "content"), [
        ("mine.xlsx", "x"), ("mine.csv", "place,x\nA,1\n"), ("mine.json", "{}"), ("mine.json", "{"), ("mine.zip", "x"),
        ("missing.csv", None),
    ],
)
def test_what_cannot_be_read_is_a_clear_error(tmp_path: Path, name: str, content: str | None) -> None:
    source, target = tmp_path / name, tmp_path / "own.sqlite"
    if content is not None:
        source.write_text(content)
    with pytest.raises(GazetteerError) as caught:
        import_places(source, target)
    assert str(source) in str(caught.value)


def test_a_file_that_is_no_index_is_not_written_to(tmp_path: Path) -> None:
    table, target = tmp_path / "mine.csv", tmp_path / "own.sqlite"
    table.write_text("name,lat,lon\nA,1,1\n")
    target.write_bytes(b"not a database, only words " * 50)
    with pytest.raises(GazetteerError, match="gazetteer-own"):
        import_places(table, target)


def test_the_users_file_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRUCEWATCH_PLACES", str(tmp_path / "p.sqlite"))
    assert own_path() == tmp_path / "p.sqlite"
    monkeypatch.delenv("TRUCEWATCH_PLACES")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert own_path() == tmp_path / "trucewatch" / "places.sqlite"
