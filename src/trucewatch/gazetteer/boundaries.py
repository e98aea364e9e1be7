"""Outlines of countries and their provinces, and which province a point lies in.

Data: Natural Earth 1:10m provinces (public domain), thinned to about one kilometre where provinces
are kept and to six elsewhere (`tools/cut_boundaries.py`, which also says whose borders are drawn).
A ray count over at most a few hundred points needs no geometry library.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from trucewatch.errors import GazetteerError

Ring = tuple[tuple[float, float], ...]  # (longitude, latitude), open: the last point is not the first again
Polygon = tuple[Ring, ...]  # the outer ring, then its holes
_FILE = Path(__file__).parent / "data" / "boundaries.json"


class Province(NamedTuple):
    name: str
    geonameid: int | None
    polygons: tuple[Polygon, ...]


class _CutProvince(msgspec.Struct, frozen=True):
    name: str
    geonameid: int | None
    polygons: list[list[list[int]]]


class _CutCountry(msgspec.Struct, frozen=True):
    outline: list[list[list[int]]]
    provinces: list[_CutProvince]


class _Cut(msgspec.Struct, frozen=True):
    source: str
    scale: int
    countries: dict[str, _CutCountry]
    arcs: list[list[int]]


def countries() -> tuple[str, ...]:
    """The ISO alpha-3 codes with an outline, sorted."""
    return tuple(sorted(_data().countries))


def source() -> str:
    """Where the borders come from, for the foot of a map."""
    return _data().source


@cache
def outline(country: str) -> tuple[Polygon, ...]:
    """The country's land, largest part first; empty for a code that is not known."""
    cut = _data().countries.get(country)
    return _polygons(cut.outline) if cut else ()


@cache
def provinces(country: str) -> tuple[Province, ...]:
    """First-level provinces by name; empty where only the outline is kept."""
    cut = _data().countries.get(country)
    return tuple(Province(p.name, p.geonameid, _polygons(p.polygons)) for p in cut.provinces) if cut else ()


def province_at(lat: float, lon: float) -> tuple[str, str | None] | None:
    """The country (ISO alpha-3) and province that the point lies in.

    The province is None where only the country's outline is kept; the whole is None at sea. Near a
    border the answer may be the neighbour's: lines are true to about one kilometre.
    """
    for country, box in _boxes().items():
        if not (box[0] <= lon <= box[2] and box[1] <= lat <= box[3]):
            continue
        for province in provinces(country):
            if contains(province.polygons, lat, lon):
                return country, province.name
        if contains(outline(country), lat, lon):
            return country, None
    return None


def contains(polygons: tuple[Polygon, ...], lat: float, lon: float) -> bool:
    """Whether the point lies in any of the polygons and in none of their holes."""
    return any(sum(_crossings(ring, lat, lon) for ring in polygon) % 2 for polygon in polygons)


def _crossings(ring: Ring, lat: float, lon: float) -> int:
    """How many sides of the ring a ray eastwards from the point crosses."""
    count = 0
    ax, ay = ring[-1]
    for bx, by in ring:
        if (ay > lat) != (by > lat) and lon < ax + (lat - ay) * (bx - ax) / (by - ay):
            count += 1
        ax, ay = bx, by
    return count


@cache
def _data() -> _Cut:
    try:
        return msgspec.json.decode(_FILE.read_bytes(), type=_Cut)
    except (OSError, msgspec.MsgspecError) as problem:
        raise GazetteerError(
            "boundaries-broken", f"the outlines cannot be read: {problem}", place=str(_FILE),
            mend="install the package again, or run tools/cut_boundaries.py",
        ) from problem


@cache
def _line(number: int) -> Ring:
    data = _data()
    x, y, *steps = data.arcs[number]
    points = [(x / data.scale, y / data.scale)]
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / data.scale, y / data.scale))
    return tuple(points)


def _ring(arcs: list[int]) -> Ring:
    points: list[tuple[float, float]] = []
    for arc in arcs:
        line = _line(arc) if arc >= 0 else _line(~arc)[::-1]
        points += line[:-1]
    return tuple(points)


def _polygons(cut: list[list[list[int]]]) -> tuple[Polygon, ...]:
    return tuple(tuple(_ring(arcs) for arcs in polygon) for polygon in cut)


@cache
def _boxes() -> dict[str, tuple[float, float, float, float]]:
    """West, south, east, north of each country, smallest country first."""
    found = {}
    for country in _data().countries:
        points = [point for polygon in outline(country) for point in polygon[0]]
        if points:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            found[country] = (min(xs), min(ys), max(xs), max(ys))
    return dict(sorted(found.items(), key=lambda i: (i[1][2] - i[1][0]) * (i[1][3] - i[1][1])))
