"""Whether a place lies in the area of a truce: by country, by province, by name, or inside a GeoJSON polygon."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from trucewatch.model import Area, Place

_ADMIN_WORDS = re.compile(r"\b(oblast|province|governorate|region|state|department|district|muhafazat|of)\b")
Ring = list[tuple[float, float]]


def inside(area: Area, place: Place) -> bool | None:
    """Whether a place lies in any of what the area names; None where that cannot be told (the place is
    unresolved, or too coarse)."""
    if place.resolution != "resolved":
        return None
    answers = list(_answers(area, place))
    return True if True in answers else None if None in answers or not answers else False


def _answers(area: Area, place: Place) -> Iterator[bool | None]:
    if area.countries:
        yield place.country in area.countries if place.country else None
    if area.admin1:
        names = [place.admin1, *([place.name] if place.precision == "province" else [])]
        known = [_plain(n) for n in names if n]
        yield any(_plain(a) in known for a in area.admin1) if known else None
    if area.places:
        named = [n for n in (place.name, place.admin1) if n]
        yield any(_plain(a) == _plain(n) for a in area.places for n in named) if place.name else None
    if area.geojson and place.lat is not None and place.lon is not None:
        coarse = place.precision in ("province", "country")
        yield None if coarse else any(_in_polygon(place.lon, place.lat, p) for p in polygons(area.geojson))


def _plain(name: str) -> str:
    return re.sub(r"\W+", "", _ADMIN_WORDS.sub("", name.casefold().replace("'", "").replace("’", "")))


@lru_cache(maxsize=32)
def polygons(geojson: str) -> tuple[list[Ring], ...]:
    """The polygons (outer ring, then holes; degrees of longitude and latitude) of a GeoJSON text.
    ValueError when it is none or holds no polygon."""
    found = tuple(_polygons(json.loads(geojson)))
    if not found:
        raise ValueError("no Polygon or MultiPolygon in it")
    return found


def _polygons(value: Any) -> Iterator[list[Ring]]:
    if not isinstance(value, dict):
        raise ValueError("not a GeoJSON object")
    for part in [*(value.get("features") or ()), *(value.get("geometries") or ())]:
        yield from _polygons(part)
    if value.get("geometry"):
        yield from _polygons(value["geometry"])
    coordinates = value.get("coordinates") or []
    shapes: dict[str, list[Any]] = {"Polygon": [coordinates], "MultiPolygon": coordinates}
    for rings in shapes.get(value.get("type", ""), []):
        try:
            yield [[(float(x), float(y)) for x, y, *_ in ring] for ring in rings]
        except TypeError as problem:
            raise ValueError("coordinates are no lists of positions") from problem


def _in_polygon(x: float, y: float, rings: list[Ring]) -> bool:
    """Even-odd rule over all rings, so that holes count as outside."""
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossings += 1
    return crossings % 2 == 1
