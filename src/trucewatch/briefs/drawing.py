"""Where the marks of the map and the timeline stand, in the units of their drawings."""

from __future__ import annotations

from datetime import date
from math import cos, hypot, radians, sin, sqrt
from typing import NamedTuple

from trucewatch.briefs.summing import highest
from trucewatch.briefs.values import Brief, Case
from trucewatch.briefs.wording import VERDICTS, day
from trucewatch.gazetteer.boundaries import Polygon, Province, outline, provinces

WIDE = 640
TALLEST = 640
CROWD = 300  # marks; beyond, circles may lie on one another
KM = 111.32  # kilometres in a degree of latitude
# How far, in km, the true place may lie from the point, by stated precision.
UNSURE = {"near": 10.0, "district": 25.0, "province": 60.0}


class Mark(NamedTuple):
    case: Case
    x: float
    y: float
    radius: float
    ring: float  # how unsure the place is; 0 for none
    label: str


class Name(NamedTuple):
    text: str
    x: float
    y: float


class Map(NamedTuple):
    width: int
    height: int
    land: str
    borders: tuple[str, ...]
    names: tuple[Name, ...]
    marks: tuple[Mark, ...]
    left_out: tuple[Case, ...]


class Bar(NamedTuple):
    verdict: str
    number: int
    x: float
    y: float
    width: float
    height: float
    title: str
    anchor: str


class Tick(NamedTuple):
    text: str
    x: float


class Timeline(NamedTuple):
    width: int
    height: int
    base: float
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    most: int
    top: float


class _Frame:
    """From degrees to the drawing: north is up, distances true along the middle parallel."""

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        self.squeeze = cos(radians((south + north) / 2))
        across, along = (east - west) * self.squeeze, north - south
        margin = 0.03 * max(across, along)
        self.scale = min(WIDE / (across + 2 * margin), TALLEST / (along + 2 * margin))
        self.west, self.north = west - margin / self.squeeze, north + margin
        self.width = round((across + 2 * margin) * self.scale)
        self.height = round((along + 2 * margin) * self.scale)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return (lon - self.west) * self.squeeze * self.scale, (self.north - lat) * self.scale

    def path(self, polygons: tuple[Polygon, ...]) -> str:
        parts = []
        for polygon in polygons:
            for ring in polygon:
                points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (self.at(*p) for p in ring))
                parts.append(f"M{points}Z")
        return "".join(parts)


def country_map(brief: Brief) -> Map | None:
    """The countries of the truce with the incidents on them; None where no outline is known."""
    shapes = {c: outline(c) for c in brief.countries}
    points = [p for polygons in shapes.values() for polygon in polygons for p in polygon[0]]
    if not points:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    frame = _Frame(min(xs), min(ys), max(xs), max(ys))
    areas = [p for c in brief.countries for p in provinces(c)]
    marks, left_out = _marks(brief, frame)
    return Map(
        frame.width, frame.height, "".join(frame.path(s) for s in shapes.values()),
        tuple(frame.path(a.polygons) for a in areas), tuple(_names(areas, frame)), marks, left_out,
    )


def _names(areas: list[Province], frame: _Frame) -> list[Name]:
    """Names of the provinces, at the middle of their largest part, where there is room."""
    found: dict[str, tuple[float, Name]] = {}
    for area in areas:
        if not area.polygons:
            continue
        ring = [frame.at(*p) for p in area.polygons[0][0]]
        size, x, y = _middle(ring)
        wide = max(p[0] for p in ring) - min(p[0] for p in ring)
        if wide > 6.2 * len(area.name) and size > found.get(area.name, (600.0, None))[0]:
            found[area.name] = (size, Name(area.name, x, y))
    return [name for _, name in found.values()]


def _middle(ring: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Area and centroid."""
    twice = x = y = 0.0
    ax, ay = ring[-1]
    for bx, by in ring:
        cross = ax * by - bx * ay
        twice, x, y = twice + cross, x + (ax + bx) * cross, y + (ay + by) * cross
        ax, ay = bx, by
    return (abs(twice) / 2, x / (3 * twice), y / (3 * twice)) if twice else (0.0, ax, ay)


def _marks(brief: Brief, frame: _Frame) -> tuple[tuple[Mark, ...], tuple[Case, ...]]:
    marks: list[Mark] = []
    left_out = []
    for case in brief.cases:
        if case.lat is None or case.lon is None or case.precision in ("country", "unknown"):
            left_out.append(case)
            continue
        x, y = frame.at(case.lon, case.lat)
        if not (0 <= x <= frame.width and 0 <= y <= frame.height):
            left_out.append(case)
            continue
        radius = 8 + 1.6 * sqrt(min(_harmed(case), 120))
        x, y = _beside(x, y, radius, marks)
        ring = UNSURE.get(case.precision, 0.0) / KM * frame.scale
        marks.append(Mark(case, x, y, radius, ring if ring > radius else 0.0, str(case.number)))
    return tuple(sorted(marks, key=lambda m: -m.radius)), tuple(left_out)


def _beside(x: float, y: float, radius: float, marks: list[Mark]) -> tuple[float, float]:
    """The point itself, or the nearest on a spiral where the mark hides no other's middle."""
    for step in range(240 if len(marks) < CROWD else 0):
        far, turn = 1.1 * sqrt(step) * 3, step * 2.4
        px, py = x + far * cos(turn), y + far * sin(turn)
        if all(hypot(px - m.x, py - m.y) > 0.8 * (radius + m.radius) for m in marks):
            return px, py
    return x, y


def _harmed(case: Case) -> int:
    """How many people, the killed weighing four times the injured."""
    return 4 * highest(case.killed) + highest(case.injured)


def timeline(brief: Brief) -> Timeline | None:
    """Incidents a day as stacked bars; None where no incident has a date."""
    if not brief.days:
        return None
    wide, high, left, top, foot = WIDE, 190, 26.0, 14.0, 26.0
    most = max(sum(c.number for c in d.counts) for d in brief.days)
    step = (wide - left) / len(brief.days)
    unit = (high - top - foot) / most
    order = {verdict: n for n, verdict in enumerate(VERDICTS)}
    bars, ticks = [], []
    every = -(-len(brief.days) // 7)
    for n, told in enumerate(brief.days):
        y = high - foot
        x = left + n * step
        for count in sorted(told.counts, key=lambda c: order[c.verdict]):
            tall = count.number * unit
            y -= tall
            title = f"{day(told.date)}: {count.number} {VERDICTS[count.verdict][0].lower()}"
            width = min(step * 0.82, 44.0)
            bars.append(Bar(count.verdict, count.number, x + (step - width) / 2, y, width, tall, title,
                            count.cases[0].anchor))
        if n % every == 0:
            ticks.append(Tick(f"{date.fromisoformat(told.date):%d %b}".lstrip("0"), x + step / 2))
    return Timeline(wide, high, high - foot, tuple(bars), tuple(ticks), most, top)
