"""The place index, opened read-only and searched by name."""

from __future__ import annotations

import csv
import re
import sqlite3
import threading
import weakref
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, cast

from trucewatch.errors import GazetteerError
from trucewatch.gazetteer.names import bare, fold, key, skeleton

Kind = Literal[
    "continent", "country", "admin1", "town", "village", "quarter", "camp", "site", "road", "water", "mountain",
    "region",
]
DATA = Path(__file__).parent / "data"
SCHEMA = 1
BONES = "~"  # stands before a key of consonants alone
# A key shorter than this says too little for a loose match: "Rai", "Mare".
_SHORTEST_LOOSE = 4
_MOST = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean. `score` is how well the name fits, 1 for its very spelling;
    below `EXACT` the spelling is only near. Degrees are WGS 84; `country` is ISO 3166-1 alpha-3."""

    geonameid: int | None
    name: str
    lat: float
    lon: float
    country: str
    admin1: str | None
    kind: Kind
    population: int
    score: float
    source: str


EXACT = 0.9
_ALIKE = 0.6  # with the same consonants, how near the whole names must come
# The article of an Arabic name, before which no near spelling of another language is meant.
_ARABIC = re.compile(r"(?i)a[ltsdnrz]h?[ -](?=\w)")


class Gazetteer:
    """Places by name, in any usual spelling. Safe to share between threads.

    `own` is a second index, of places that the user has imported.
    """

    def __init__(self, path: Path, own: Path | None = None) -> None:
        self._db = _connected(path, _MEND)
        self._own = _connected(own, "remove it and import again") if own is not None else None
        for opened in (self._db, self._own):
            if opened is not None:
                weakref.finalize(self, opened.close)
        self._lock = threading.Lock()
        self._peoples = _peoples()
        self._regions = _regions()
        rows = table("countries.csv")
        self._arabic = {row["country"] for row in rows if row["script"] == "Arab"}
        self._alpha3 = {row["alpha2"]: row["country"] for row in rows if row["alpha2"]}
        self._region_starts = {name.split()[0] for name in self._regions}
        self._countries = self._load_countries()
        self._capitals = {cast(str, c): cast(int, p) for c, p in self._rows("SELECT country, place FROM capital")}
        self.find = lru_cache(maxsize=50_000)(self._find)

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def _own_rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        if self._own is None:
            return []
        with self._lock:
            return self._own.execute(query, values).fetchall()

    def _load_countries(self) -> dict[str, Candidate]:
        rows = self._rows(f"SELECT {_COLUMNS} FROM place WHERE kind = 'country'")
        return {c.country: c for c in (_candidate(row, 1.0) for row in rows)}

    def _find(self, name: str) -> tuple[Candidate, ...]:
        """Candidates for a name, best first: its own spelling, other names, then near spellings
        (score below `EXACT`). Empty when the index knows no such place."""
        wanted = fold(name)
        if not wanted:
            return ()
        keys = tuple(dict.fromkeys(_keys(name)))
        marks = ",".join("?" * len(keys))
        columns = ",".join(f"place.{c}" for c in _COLUMNS.split(","))
        query = f"SELECT form, main, {columns} FROM name JOIN place ON place.id = name.place WHERE key IN ({marks})"
        found = _best(wanted, self._rows(query, *keys))
        if not any(c.score >= EXACT for c in found) and (bones := skeleton(name)):
            known = {(c.lat, c.lon): c for c in found}
            alike = _best(wanted, self._rows(query.replace(marks, "?"), BONES + bones))
            known |= {
                (c.lat, c.lon): c for c in alike
                if c.score >= max(_ALIKE, (old.score if (old := known.get((c.lat, c.lon))) else 0.0))
            }
            found = list(known.values())
        if _ARABIC.match(name):
            found = [c for c in found if c.score >= EXACT or c.country in self._arabic]
        if own := _best(wanted, self._own_rows(query, *keys)):
            found = [*own, *(c for c in found if not any(_same(c, o) for o in own))]
        return tuple(sorted(found, key=_order)[:_MOST])

    def region(self, words: str) -> tuple[Candidate, ...] | None:
        """A part of the world that is wider than a country, by its name or adjective ("Europe", "African",
        "the Middle East"): its point where it has one, () where it has none; None when the words name no such part."""
        return self._regions.get(fold(words))

    def begins_region(self, word: str) -> bool:
        """Whether some name or adjective of a part of the world begins with this word."""
        return fold(word).partition(" ")[0] in self._region_starts

    def country(self, iso3: str) -> Candidate | None:
        """The country with this ISO alpha-3 code."""
        return self._countries.get(iso3)

    def alpha3(self, alpha2: str) -> str | None:
        """The three letters of a country for its two, in any case."""
        return self._alpha3.get(alpha2.upper())

    def capital(self, iso3: str) -> Candidate | None:
        """The capital of a country."""
        place = self._capitals.get(iso3)
        rows = self._rows(f"SELECT {_COLUMNS} FROM place WHERE id = ?", place) if place is not None else []
        return _candidate(rows[0], 1.0) if rows else None

    def country_of(self, word: str) -> str | None:
        """The country that a demonym or adjective belongs to: "Syrian", "Syrians" → "SYR"."""
        folded = fold(word)
        return self._peoples.get(folded) or self._peoples.get(folded.removesuffix("s"))


def _connected(path: Path, mend: str) -> sqlite3.Connection:
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    except sqlite3.Error as problem:
        raise _broken(path, problem, mend) from problem
    try:
        found = db.execute("SELECT value FROM meta WHERE name = 'schema'").fetchone()
    except sqlite3.Error as problem:
        db.close()
        raise _broken(path, problem, mend) from problem
    if found is None or found[0] != str(SCHEMA):
        db.close()
        raise GazetteerError("gazetteer-old", "a place index of another version", place=str(path), mend=mend)
    return db


def _broken(path: Path, problem: sqlite3.Error, mend: str) -> GazetteerError:
    return GazetteerError("gazetteer-broken", f"not a place index: {problem}", place=str(path), mend=mend)


def _best(wanted: str, rows: Iterable[tuple[object, ...]]) -> list[Candidate]:
    """Each place of the rows once, at the best score of its names."""
    best: dict[int, Candidate] = {}
    for row in rows:
        score = _score(wanted, cast(str, row[0]), main=bool(row[1]))
        place = cast(int, row[2])
        if score and (place not in best or best[place].score < score):
            best[place] = _candidate(row[2:], score)
    return list(best.values())


def _same(one: Candidate, other: Candidate) -> bool:
    """One place in two indexes: of one GeoNames id, or of one kind and country within a few kilometres."""
    if one.geonameid is not None and one.geonameid == other.geonameid:
        return True
    near = max(abs(one.lat - other.lat), abs(one.lon - other.lon)) < _ONE_PLACE
    return near and one.country == other.country and (one.kind == "admin1") == (other.kind == "admin1")


_ONE_PLACE = 0.05  # degrees
_COLUMNS = "id,geonameid,name,lat,lon,country,admin1,kind,population,source"
_MEND = "build it: python -m trucewatch.gazetteer.build"
_RANK = {"country": 0, "town": 1, "admin1": 1}


def _order(candidate: Candidate) -> tuple[object, ...]:
    """A country under its own or another name first ("U.S." is no village), then by fit, size and name."""
    country = candidate.kind == "country" and candidate.score >= EXACT
    rank = _RANK.get(candidate.kind, 2)
    return (not country, -round(candidate.score, 2), rank, -candidate.population, candidate.name)


def _candidate(row: Iterable[object], score: float) -> Candidate:
    _, *values, source = row
    geonameid, name, lat, lon, country, admin1, kind, population = values
    return Candidate(
        cast("int | None", geonameid), cast(str, name), cast(float, lat), cast(float, lon), cast(str, country),
        cast("str | None", admin1), cast(Kind, kind), cast(int, population), round(score, 3),
        cast(str, source),
    )


def _keys(name: str) -> list[str]:
    """The keys to look under; z stands for dh (and the other way round) in some transliterations."""
    low = name.casefold()
    return [key(name), *(key(low.replace(a, b)) for a, b in (("dh", "z"), ("z", "dh")) if a in low)]


def _score(wanted: str, form: str, *, main: bool) -> float:
    """How well a folded name fits the folded name of a place; 0 when not at all."""
    if wanted == form:
        return 1.0 if main else 0.93
    if bare(wanted) == bare(form):
        return 0.95 if main else 0.9
    if len(key(wanted).replace(" ", "")) < _SHORTEST_LOOSE:
        return 0.0
    return 0.45 + 0.4 * SequenceMatcher(None, bare(wanted), bare(form), autojunk=False).ratio()


@cache
def _peoples() -> dict[str, str]:
    peoples = {}
    for row in table("countries.csv"):
        for word in row["demonyms"].split("|"):
            peoples[fold(word)] = row["country"]
    peoples.pop("", None)
    return peoples


@cache
def _regions() -> dict[str, tuple[Candidate, ...]]:
    regions = {}
    for row in table("regions.csv"):
        point: tuple[Candidate, ...] = ()
        if row["lat"]:
            point = (Candidate(
                int(row["geonameid"]), row["name"], float(row["lat"]), float(row["lon"]), "", None, "continent", 0, 1.0,
                "GeoNames",
            ),)
        for word in (row["name"], *row["alternates"].split("|"), *row["adjectives"].split("|")):
            regions[fold(word)] = point
    regions.pop("", None)
    return regions


def table(name: str) -> list[dict[str, str]]:
    """A CSV file of the package's data, as rows."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
