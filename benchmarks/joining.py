"""How the time of joining grows: `python -m benchmarks.joining [REPORTS …] [--plot FILE.svg]`.

Made-up pages of three reports each, each report of one of many happenings (a town, a day, a weapon, a side), are
added one by one, as news comes in. Printed: reports, incidents, seconds, microseconds a report. The plot shows seconds
over reports, beside the straight line on which they would lie if each report took as long as those of the first size.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from trucewatch.incidents import Joiner
from trucewatch.model import Document, Entity, Event, EventTime, Figure, Harm, Mention, Place, Reading, Reference, Span
from trucewatch.model.document import Published

SIZES = (12_500, 25_000, 50_000, 100_000)
_PER_PAGE = 3
_SENTENCE = "Gunners of the {} Guards shelled a street of {}."
_SIDES = ("Red", "Blue", "Green")


def pages(reports: int, seed: int = 1) -> Iterator[Reading]:
    """Pages with so many reports in all; a happening is told four times on average."""
    chance = random.Random(seed)
    happenings = [
        (chance.randrange(2_000), chance.randrange(1 + reports // 100), chance.choice(_SIDES), chance.randint(1, 9))
        for _ in range(max(1, reports // 4))
    ]
    for number in range(reports // _PER_PAGE):
        yield _page(f"p{number:06}", [chance.choice(happenings) for _ in range(_PER_PAGE)])


def _page(name: str, told: list[tuple[int, int, str, int]]) -> Reading:
    text, events, entities = "", [], []
    for at, (town, day, side, killed) in enumerate(told):
        start = len(text)
        text += _SENTENCE.format(side, f"Town {town}") + "\n\n"
        actor = Mention(start, text.index(" shelled", start), "name")
        entities.append(Entity(f"e{at}", f"{side} Guards", "military", mentions=(actor,)))
        trigger = text.index("shelled", start)
        date = f"{2000 + day // 336}-{1 + day // 28 % 12:02}-{1 + day % 28:02}"
        events.append(Event(
            f"v{at}", "ASSAULT", Span(trigger, trigger + 7), "heavy-weapons",
            actors=(Reference(f"e{at}", actor.start, actor.end),), time=EventTime(None, None, date, date, "day"),
            place=Place(start, start, f"Town {town}", f"Town {town}", town, town // 50 * 0.4, town % 50 * 0.4, "XXX",
                        precision="town", resolution="resolved"),
            harm=Harm(killed=Figure(killed, killed)),
        ))
    document = Document(name, text, hashlib.sha256(name.encode()).hexdigest(), published=Published(date, "given"))
    return Reading(document, tuple(entities), (), tuple(events))


def measure(sizes: Iterable[int]) -> Iterator[tuple[int, int, float]]:
    """(reports, incidents, seconds of the processor for joining) for each size."""
    for size in sizes:
        made = list(pages(size))
        started = time.process_time()
        joiner = Joiner()
        for reading in made:
            joiner.add(reading)
        yield size, len(joiner.incidents), time.process_time() - started


def plot(points: Sequence[tuple[int, float]]) -> str:
    """An SVG of seconds over reports, with the straight line through the first point."""
    width, height, left, bottom = 640, 360, 60, 44
    most, longest = max(n for n, _ in points), 1.15 * max(s for _, s in points)
    x = lambda n: left + (width - left - 20) * n / most  # noqa: E731
    y = lambda s: height - bottom - (height - bottom - 16) * s / longest  # noqa: E731
    slope = points[0][1] / points[0][0]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        'font-size="12" fill="#333">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<path d="M{left} 16V{height - bottom}H{width - 20}" fill="none" stroke="#999"/>',
        f'<path d="M{left} {height - bottom}L{x(most):.1f} {y(slope * most):.1f}" stroke="#bbb" '
        'stroke-dasharray="5 4" fill="none"/>',
        f'<text x="{x(most) - 4:.1f}" y="{y(slope * most) + 16:.1f}" text-anchor="end" fill="#777">linear</text>',
        f'<polyline points="{" ".join(f"{x(n):.1f},{y(s):.1f}" for n, s in points)}" fill="none" '
        'stroke="#1f5f99" stroke-width="2"/>',
    ]
    for n, s in points:
        lines.append(f'<circle cx="{x(n):.1f}" cy="{y(s):.1f}" r="3.5" fill="#1f5f99"/>')
        lines.append(f'<text x="{x(n):.1f}" y="{y(s) - 9:.1f}" text-anchor="end">{s:.1f} s</text>')
        lines.append(f'<text x="{x(n):.1f}" y="{height - bottom + 16}" text-anchor="middle">{n:,}</text>')
    lines.append(f'<text x="{(width + left) / 2}" y="{height - 8}" text-anchor="middle">reports joined</text>')
    lines.append(f'<text x="16" y="{height / 2}" transform="rotate(-90 16 {height / 2})" text-anchor="middle">'
                 'seconds</text>')
    return "\n".join([*lines, "</svg>"]) + "\n"


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.joining", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", metavar="REPORTS")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg")
    args = parser.parse_args(argv)
    points = []
    for size, incidents, seconds in measure(args.sizes or SIZES):
        points.append((size, seconds))
        each = 1e6 * seconds / size
        print(f"{size:>8} {incidents:>8} {seconds:>8.1f} s {each:>8.0f} us a report", flush=True)
    if args.plot:
        args.plot.write_text(plot(points), "utf-8")


if __name__ == "__main__":
    main()
