"""The tables of a place index, and what a place puts into them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from trucewatch.gazetteer.index import BONES, table
from trucewatch.gazetteer.names import fold, key, skeleton

TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, lat REAL, lon REAL, country TEXT,
                    admin1 TEXT, kind TEXT, population INTEGER, source TEXT);
CREATE TABLE name (key TEXT, place INTEGER, form TEXT, main INTEGER, PRIMARY KEY (key, place, form)) WITHOUT ROWID;
CREATE TABLE capital (country TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
"""
_VILLAGE = 2_000  # inhabitants up to which a populated place is called a village


class Row(NamedTuple):
    geonameid: int | None
    name: str
    alternates: list[str]
    lat: float
    lon: float
    country: str
    admin1: str | None
    kind: str
    population: int
    source: str


def columns(number: int, row: Row) -> tuple[object, ...]:
    """A row of the table of places."""
    return (number, row.geonameid, row.name, row.lat, row.lon, row.country, row.admin1, row.kind, row.population,
            row.source)


def forms_of(number: int, row: Row) -> Iterator[tuple[str, int, str, int]]:
    """Rows of the table of names: key, place, folded name, whether it is the main one.

    A place in a country whose script leaves vowels unwritten stands there by its consonants too.
    """
    for main, name in [(1, row.name), *((0, name) for name in row.alternates)]:
        form = fold(name)
        if (main or row.kind == "country" or _worth(name)) and len(form) > 1:
            yield key(name), number, form, main
            if row.country in _VOWELLESS and row.kind != "country" and (bones := skeleton(name)):
                yield BONES + bones, number, form, main


def _worth(name: str) -> bool:
    """Names in scripts that the pages are written in; no airport codes, no bare consonant transcriptions."""
    first = next((ch for ch in name if ch.isalpha()), "")
    if not first or (first > "ۿ" and not "Ḁ" <= first <= "ỿ"):
        return False
    return len(name) > 3 - (first > "ʯ") and not first.islower()


def settlement(population: int) -> str:
    """The kind of a populated place; 0 is a number that is not known."""
    return "village" if 0 < population <= _VILLAGE else "town"


_VOWELLESS = {row["country"] for row in table("countries.csv") if row["script"] in ("Arab", "Hebr")}
