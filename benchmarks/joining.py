"""How the time of joining grows: `python -m benchmarks.joining [REPORTS …]`.

Made-up pages of three reports each, each report of one of many happenings (a town, a day, a weapon, a side), are
added one by one, as news comes in. Printed: reports, incidents, seconds, microseconds a report.
"""

from __future__ import annotations

import hashlib
import random
import sys
import time
from collections.abc import Iterator

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


def main(sizes: list[int]) -> None:
    for size in sizes:
        made = list(pages(size))
        started = time.perf_counter()
        joiner = Joiner()
        for reading in made:
            joiner.add(reading)
        seconds = time.perf_counter() - started
        each = 1e6 * seconds / size
        print(f"{size:>8} {len(joiner.incidents):>8} {seconds:>8.1f} s {each:>8.0f} us a report", flush=True)


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or list(SIZES))
