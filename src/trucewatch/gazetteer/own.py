"""Places of one's own beside those of the package: a second index, filled from files.

Three formats: a country's dump of GeoNames (`SY.txt`, or the `.zip` it comes in; tab-separated, see
download.geonames.org/export/dump/readme.txt), CSV with a header, and GeoJSON. CSV columns and GeoJSON properties:
`name` (needed), `country` (ISO 3166-1, two or three letters), `admin1`, `kind`, `population`, `alternates`
(joined by "|"), `geonameid`; in CSV also `lat` and `lon` in degrees.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import Any, TextIO, get_args

from trucewatch.errors import GazetteerError
from trucewatch.gazetteer.index import SCHEMA, Kind, table
from trucewatch.gazetteer.tables import TABLES, Row, columns, forms_of, settlement

LARGEST = 2_000_000_000  # bytes of a file to import
_LARGEST_JSON = 300_000_000  # read as a whole
_LONGEST_NAME = 200
_SHOWN = 20  # rows left out that are told one by one
_COLUMNS = 19  # of a GeoNames dump


@dataclass(frozen=True, slots=True)
class Imported:
    """How many places were taken in, how many rows were not, and the first of those with the reason."""

    places: int
    left_out: int
    reasons: tuple[str, ...]


def own_path() -> Path:
    """Where one's own places are kept: TRUCEWATCH_PLACES, else a file in the user's data folder."""
    if named := os.environ.get("TRUCEWATCH_PLACES"):
        return Path(named)
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return data / "trucewatch" / "places.sqlite"


def import_places(source: Path, target: Path | None = None) -> Imported:
    """Take the places of a file into one's own index (made where it lacks), all or none of them.

    A place that is there already, by GeoNames id or by name and point, is replaced. Rows that say no name or no
    point are left out and told. Raises GazetteerError for a file that cannot be read or is of no known format.
    """
    target = target or own_path()
    reader = _reader(source)
    left_out: list[str] = []
    places = 0
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _opened(target) as db, _text(source) as lines:
            for number, raw in reader(lines):
                try:
                    row = _row(raw, source.name)
                except (ValueError, TypeError, KeyError) as problem:
                    left_out.append(f"{source}:{number}: {problem}")
                    continue
                if row is not None:
                    _put(db, row)
                    places += 1
    except (OSError, UnicodeDecodeError, zipfile.BadZipFile, csv.Error, json.JSONDecodeError) as problem:
        raise GazetteerError(
            "gazetteer-import", f"cannot be read: {problem}", place=str(source), mend=_MEND
        ) from problem
    except sqlite3.Error as problem:
        raise GazetteerError(
            "gazetteer-own", f"cannot be written: {problem}", place=str(target), mend="remove it and import again"
        ) from problem
    return Imported(places, len(left_out), tuple(left_out[:_SHOWN]))


_MEND = "a GeoNames dump (.txt, .zip), a CSV with the columns name, lat and lon, or a GeoJSON of points"


# ----------------------------------------------------------------------------------------- formats


def _reader(source: Path) -> Callable[[TextIO], Iterator[tuple[int, Mapping[str, Any]]]]:
    suffix = source.suffix.lower()
    if suffix in (".geojson", ".json"):
        return _geojson
    if suffix == ".csv":
        return _csv
    if suffix in (".txt", ".zip", ".tsv"):
        return _dump
    raise GazetteerError("gazetteer-format", f"unknown format {suffix!r}", place=str(source), mend=_MEND)


@contextmanager
def _text(source: Path) -> Iterator[TextIO]:
    size = source.stat().st_size
    most = _LARGEST_JSON if source.suffix.lower() in (".geojson", ".json") else LARGEST
    if size > most:
        raise GazetteerError(
            "gazetteer-import", f"larger than {most} bytes", place=str(source), mend="cut it into parts"
        )
    if source.suffix.lower() != ".zip":
        with source.open(encoding="utf-8-sig", newline="") as lines:
            yield lines
        return
    with zipfile.ZipFile(source) as archive:
        inside = [i for i in archive.infolist() if i.filename.endswith(".txt") and i.filename != "readme.txt"]
        if len(inside) != 1 or inside[0].file_size > LARGEST:
            raise GazetteerError("gazetteer-import", "does not hold one dump", place=str(source), mend=_MEND)
        with archive.open(inside[0]) as raw, TextIOWrapper(raw, encoding="utf-8") as lines:
            yield lines


def _dump(lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The rows of a GeoNames dump; what is neither a place of people nor a thing on the ground is passed over."""
    admin1 = {(p["country"], p["code"]): p["name"] for p in table("admin1.csv")}
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != _COLUMNS:
            yield number, {"name": None}
            continue
        kind = _kind(cells[6], cells[7], int(cells[14] or 0) if cells[14].isdigit() else 0)
        country = _alpha3(cells[8])
        if kind is not None:
            yield number, {
                "geonameid": cells[0], "name": cells[1], "alternates": cells[3].replace(",", "|"), "lat": cells[4],
                "lon": cells[5], "country": country, "admin1": admin1.get((country, cells[10])), "kind": kind,
                "population": cells[14],
            }


def _csv(lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    rows = csv.DictReader(lines)
    missing = {"name", "lat", "lon"} - set(rows.fieldnames or ())
    if missing:
        raise csv.Error(f"no column {', '.join(sorted(missing))}")
    for row in rows:
        yield rows.line_num, row


def _geojson(lines: TextIO) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Points, and the mean of the outer ring's corners for areas."""
    whole = json.load(lines)
    features = whole.get("features") if isinstance(whole, dict) else None
    if not isinstance(features, list):
        raise json.JSONDecodeError("not a FeatureCollection", "", 0)
    for number, feature in enumerate(features, 1):
        try:
            properties, geometry = feature["properties"], feature["geometry"]
            lon, lat = _middle(geometry["type"], geometry["coordinates"])
            yield number, {**properties, "lat": lat, "lon": lon}
        except (KeyError, TypeError, ValueError, IndexError):
            yield number, {"name": None}


def _middle(kind: str, coordinates: Any) -> tuple[float, float]:
    if kind == "Point":
        return float(coordinates[0]), float(coordinates[1])
    ring = {"Polygon": lambda c: c[0], "MultiPolygon": lambda c: c[0][0]}[kind](coordinates)
    corners = ring[:-1] or ring
    return sum(p[0] for p in corners) / len(corners), sum(p[1] for p in corners) / len(corners)


def _kind(feature_class: str, code: str, population: int) -> str | None:
    """Our kind for a GeoNames feature code (www.geonames.org/export/codes.html)."""
    if feature_class == "P":
        return "quarter" if code == "PPLX" else settlement(population)
    if feature_class == "A":
        return "admin1" if code == "ADM1" else "region" if code.startswith("ADM") else None
    if code in ("CMPRF", "CMP"):
        return "camp"
    return {"H": "water", "T": "mountain", "R": "road", "S": "site", "L": "region"}.get(feature_class)


# -------------------------------------------------------------------------------------------- rows


def _row(raw: Mapping[str, Any], source: str) -> Row:
    """A place of a row. Raises ValueError that says what is wrong."""
    name = str(raw.get("name") or "").strip()
    if not name:
        raise ValueError("no name")
    lat, lon = float(raw["lat"]), float(raw["lon"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is no point in degrees")
    kind = str(raw.get("kind") or "town").strip().lower()
    if kind not in get_args(Kind):
        raise ValueError(f"kind {kind!r} is none of {', '.join(get_args(Kind))}")
    population, number = str(raw.get("population") or "0"), str(raw.get("geonameid") or "")
    names = [n.strip() for n in str(raw.get("alternates") or "").split("|")]
    return Row(
        int(number) if number.isdigit() else None, name[:_LONGEST_NAME],
        [n for n in names if n and len(n) <= _LONGEST_NAME], lat, lon, _alpha3(str(raw.get("country") or "")),
        str(raw.get("admin1") or "") or None, kind, int(population) if population.isdigit() else 0, source,
    )


def _alpha3(code: str) -> str:
    """A country's three letters for two or three of them; those it does not know stay as they are."""
    code = code.strip().upper()
    return _ALPHA3.get(code, code)


_ALPHA3 = {row["alpha2"]: row["country"] for row in table("countries.csv") if row["alpha2"]}


@contextmanager
def _opened(target: Path) -> Iterator[sqlite3.Connection]:
    """One's own index, made where it lacks; what is written is kept only when the block ends well."""
    with closing(sqlite3.connect(target)) as db, db:
        if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'place'").fetchone() is None:
            db.executescript(TABLES)
            db.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
        db.execute("CREATE INDEX IF NOT EXISTS by_point ON place (lat, lon)")
        db.execute("CREATE INDEX IF NOT EXISTS by_id ON place (geonameid)")
        db.execute("CREATE INDEX IF NOT EXISTS by_place ON name (place)")
        yield db


def _put(db: sqlite3.Connection, row: Row) -> None:
    same = db.execute(
        "SELECT id FROM place WHERE (geonameid IS NOT NULL AND geonameid = ?) OR (lat = ? AND lon = ? AND name = ?)",
        (row.geonameid, row.lat, row.lon, row.name),
    ).fetchall()
    for (old,) in same:
        db.execute("DELETE FROM name WHERE place = ?", (old,))
        db.execute("DELETE FROM place WHERE id = ?", (old,))
    number = (db.execute("SELECT max(id) FROM place").fetchone()[0] or 0) + 1
    db.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", columns(number, row))
    db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?)", forms_of(number, row))
