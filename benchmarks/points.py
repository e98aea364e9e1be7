"""Points on the earth: distances, and the three outcomes of placing an event."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from benchmarks.metrics import Scores, share_metric
from trucewatch.model import Place

NEAR_KM = 30.0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) points in degrees, on a sphere of 6371 km (haversine)."""
    (lat1, lon1), (lat2, lon2) = ((radians(x), radians(y)) for x, y in (a, b))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(h)))


def point_of(place: Place) -> tuple[float, float] | None:
    """A place's coordinates, if it has any."""
    return (place.lat, place.lon) if place.lat is not None and place.lon is not None else None


def place_scores(right: list[bool], wrong: list[bool]) -> Scores:
    """Shares right, wrong, and left unresolved."""
    unresolved = [not (r or w) for r, w in zip(right, wrong, strict=True)]
    return {
        "right_30km": share_metric(right),
        "wrong": share_metric(wrong),
        "unresolved": share_metric(unresolved),
    }
