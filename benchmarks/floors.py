"""Floors under the reader's accuracy on the project's own example pages, held by the test suite.

    python -m benchmarks.floors [--lower]

Reads the pages of examples/gold, scores the readings, and fails when a figure is worse than its
floor in floors.yaml. `--lower` writes today's figures as the floors instead; a change that does so
says why.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from benchmarks.metrics import Offsets, Words, overlap, pair_off, share_of_longer
from trucewatch.model import Event, Reading, Reference, Statement
from trucewatch.reading import read_many
from trucewatch.sources import from_text

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "examples" / "gold"
FLOORS = Path(__file__).with_name("floors.yaml")
HALF = 0.5
# Floors are written with three digits.
SLACK = 0.0005


@dataclass(frozen=True, slots=True)
class Page:
    """A gold page with its strings found in its text."""

    raw: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.raw["page"])

    def spans(self, names: Iterable[str] | str | None) -> list[Offsets]:
        """Where these strings stand; `name#2` is the second time that `name` does."""
        listed = [names] if isinstance(names, str) else names or []
        return [_locate(self.text, name) for name in listed]


def _locate(text: str, name: str) -> Offsets:
    numbered = re.fullmatch(r"(.*)#(\d+)", name, re.DOTALL)
    words, number = (numbered[1], int(numbered[2])) if numbered and name not in text else (name, 1)
    at = -1
    for _ in range(number):
        at = text.find(words, at + 1)
        if at < 0:
            raise ValueError(f"not in the page: {name!r}")
    return at, at + len(words)


@dataclass(slots=True)
class Counts:
    """Right, given, wanted by figure; false alarms by themselves."""

    triples: dict[str, list[int]] = field(default_factory=dict)
    alarms: int = 0
    chances: int = 0

    def add(self, name: str, right: int, given: int, wanted: int) -> None:
        triple = self.triples.setdefault(name, [0, 0, 0])
        for i, number in enumerate((right, given, wanted)):
            triple[i] += number

    def figures(self) -> dict[str, float]:
        """F by name, and the share of false alarms."""
        shares = {n: 2 * r / (g + w) for n, (r, g, w) in self.triples.items() if g + w}
        return {**shares, "false_alarms": self.alarms / self.chances if self.chances else 0.0}


def pages(folder: Path = PAGES) -> Iterator[Page]:
    """The gold pages of a folder, by name."""
    for file in sorted(folder.glob("*.yaml")):
        raw = yaml.safe_load(file.read_text(encoding="utf-8"))
        if isinstance(raw, dict) and "page" in raw:
            yield Page(raw)


def score(page: Page, reading: Reading, counts: Counts) -> None:
    """Add one page's counts."""
    _furniture(page, reading, counts)
    statements = _statements(page, reading, counts)
    _events(page, reading, statements, counts)
    for span in page.spans(page.raw.get("not_events")):
        counts.chances += 1
        counts.alarms += any(
            overlap(span, (e.trigger.start, e.trigger.end))
            and e.polarity == "affirmed" and e.status in ("occurred", "ongoing")
            for e in reading.events
        )


def _furniture(page: Page, reading: Reading, counts: Counts) -> None:
    if "furniture" not in page.raw:
        return
    words = Words(page.text)
    want = words.within(page.spans(page.raw["furniture"]))
    got = words.within((f.start, f.end) for f in reading.document.furniture)
    counts.add("furniture_f", len(want & got), len(got), len(want))


def _statements(page: Page, reading: Reading, counts: Counts) -> dict[str, Statement]:
    """Count statements; returns the matched ones by the gold's id."""
    gold = page.raw.get("statements")
    if gold is None:
        return {}
    words = Words(page.text)
    want = [(words.within(page.spans(s["content"])), words.within(page.spans(s.get("source")))) for s in gold]
    got = [
        (
            words.within((c.start, c.end) for c in s.content),
            words.within([(s.source.start, s.source.end)] if s.source else []),
        )
        for s in reading.statements
    ]
    weights = {}
    for g, (content, source) in enumerate(want):
        for p, (found, finder) in enumerate(got):
            if (share := share_of_longer(content, found)) >= HALF:
                weights[g, p] = (share, float(_same_source(source, finder)))
    pairs = pair_off(weights)
    sourced = sum(weights[pair][1] == 1.0 for pair in pairs)
    counts.add("statement_content_f", len(pairs), len(got), len(want))
    counts.add("statement_source_f", sourced, len(got), len(want))
    return {str(gold[g]["id"]): reading.statements[p] for g, p in pairs}


def _same_source(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(one & other) or not (one or other)


def _events(page: Page, reading: Reading, statements: dict[str, Statement], counts: Counts) -> None:
    gold = page.raw.get("events")
    if gold is None:
        return
    weights = {}
    for g, want in enumerate(gold):
        triggers = page.spans([want["trigger"], *want.get("trigger_also", [])])
        for p, event in enumerate(reading.events):
            if any(overlap(t, (event.trigger.start, event.trigger.end)) for t in triggers):
                weights[g, p] = float(_record_right(page, want, reading, event, statements))
    pairs = pair_off(weights)
    given = len(reading.events)
    counts.add("event_trigger_f", len(pairs), given, len(gold))
    counts.add("record_f", sum(weights[pair] == 1.0 for pair in pairs), given, len(gold))


def _record_right(
    page: Page, want: dict[str, Any], reading: Reading, event: Event, statements: dict[str, Statement]
) -> bool:
    """Type, status, polarity, actors, recipients and attribution, those of them that the gold gives."""
    plain = all(want[k] == getattr(event, k) for k in ("type", "status", "polarity") if k in want)
    actors = all(
        _same_mentions(page.spans(want[k]), getattr(event, k), reading)
        for k in ("actors", "recipients") if k in want
    )
    told = [statements[s].id if s in statements else None for s in want.get("stated_by", [])]
    return plain and actors and ("stated_by" not in want or told == list(event.stated_by))


def _same_mentions(want: list[Offsets], given: tuple[Reference, ...], reading: Reading) -> bool:
    """As many as wanted, and each wanted one is touched by a mention of a given one."""
    mentions = {e.id: [(m.start, m.end) for m in e.mentions] for e in reading.entities}
    reach = [[(r.start, r.end), *mentions.get(r.entity or "", [])] for r in given]
    weights = {
        (g, p): 1.0
        for g, span in enumerate(want)
        for p, spans in enumerate(reach)
        if any(overlap(span, s) for s in spans)
    }
    return len(want) == len(given) == len(pair_off(weights))


def measure(folder: Path = PAGES) -> dict[str, float]:
    """The figures of the reader on the pages of a folder."""
    found = list(pages(folder))
    sourced = [from_text(p.text, id=str(p.raw["id"]), published=_date(p)) for p in found]
    counts = Counts()
    for page, reading in zip(found, read_many(sourced), strict=True):
        score(page, reading, counts)
    return counts.figures()


def _date(page: Page) -> str | None:
    value = page.raw.get("published")
    return None if value is None else str(value)[:10]


def below(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """What is worse than its floor, in words; false alarms are worse when they are more."""
    worse = []
    for name, floor in floors.items():
        value = figures.get(name)
        sign = -1 if name == "false_alarms" else 1
        if value is None or sign * (value - floor) < -SLACK:
            worse.append(f"{name}: {'not measured' if value is None else f'{value:.3f}'}, floor {floor:.3f}")
    return worse


def read_floors(path: Path = FLOORS) -> dict[str, float]:
    floors: dict[str, float] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return floors


def main(argv: list[str] | None = None) -> int:
    """0 when every figure stands on or above its floor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.floors", description=__doc__)
    parser.add_argument("--lower", action="store_true", help="write today's figures as the floors")
    args = parser.parse_args(argv)
    figures = measure()
    sys.stdout.write("".join(f"{name:<24}{value:6.3f}\n" for name, value in figures.items()))
    if args.lower:
        rounded = {name: round(value, 3) for name, value in figures.items()}
        FLOORS.write_text(yaml.safe_dump(rounded, sort_keys=False), encoding="utf-8")
        return 0
    worse = below(figures, read_floors())
    sys.stdout.write("".join(f"below the floor: {line}\n" for line in worse))
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
