"""Joining reports into incidents and finding copies, from what the reader makes of annotated pages.

The set is a folder of YAML pages (`id`, `page`, `published`, `publisher`, `truce`, `events` with `id` and `trigger`)
with `cross/incidents.yaml` beside them, which says which events of different pages are one happening and which
paragraphs are copied. An annotated event is the one that the reader found on its trigger.

All pages are read and joined together; counted are the pages that the file names. `join_*`: over pairs of annotated
events of two pages, and of those of one page that the file lists: a pair is right when both say that it is one
happening. An event that the reader has not found is in no pair. `copies_*`: over paragraphs: right when the paragraph
is listed as a copy of that page and more than half of its characters are found to be one; pages that the file calls
`independent` have none of each other.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from benchmarks.metrics import Errors, Metric, Miss, Scores, plain_metric
from benchmarks.reader import progress
from trucewatch import truces
from trucewatch.incidents import Copy, copies
from trucewatch.model import Event, Incident, Reading, Span
from trucewatch.reading import read_many
from trucewatch.sources import from_record

SET = "incidents"
Report = tuple[str, str]  # page and event id of the annotation


@dataclass(frozen=True, slots=True)
class Cross:
    """What the file says: happenings as sets of reports, and copied paragraphs as (page, of, first words)."""

    truce: str | None
    pages: frozenset[str]
    happenings: tuple[frozenset[Report], ...]
    copied: frozenset[tuple[str, str, str]]


def run(folder: Path, *, limit: int | None, errors: Errors) -> Scores:
    """Precision, recall and F of joined pairs and of copied paragraphs, 0 to 1."""
    pages = dict(sorted(_pages(folder)))
    pages = dict(list(pages.items())[:limit])
    records = (from_record(_record(page), id=name) for name, page in pages.items())
    readings = {r.document.id: r for r in progress(read_many(records), len(pages), SET)}
    right: set[frozenset[Report]] = set()
    made: set[frozenset[Report]] = set()
    wanted: set[frozenset[Report]] = set()
    found = _copied(readings)
    listed: set[tuple[str, str, str]] = set()
    counted: set[str] = set()
    for path in sorted((folder / "cross").glob("*.yaml")):
        cross = _cross(path, set(pages))
        incident_of = _incidents(folder, cross.truce, readings, pages)
        gold = {frozenset(p) for h in cross.happenings for p in combinations(sorted(h), 2)}
        named = {r for h in cross.happenings for r in h}
        events = [(name, e["id"]) for name in cross.pages for e in pages[name].get("events", ())]
        machine = {
            frozenset((a, b)) for a, b in combinations(sorted(events), 2)
            if incident_of.get(a) and incident_of.get(a) == incident_of.get(b)
            and (a[0] != b[0] or (a in named and b in named))
        }
        right, made, wanted = right | (gold & machine), made | machine, wanted | gold
        listed |= cross.copied
        counted |= cross.pages
    prefix = lambda hit: next((x for x in listed if hit[:2] == x[:2] and hit[2].startswith(x[2])), hit)  # noqa: E731
    found = {prefix(hit) for hit in found if {*hit[:2]} <= counted}
    for pair in sorted(map(sorted, made ^ wanted)):
        kind = "joined wrongly" if frozenset(pair) in made else "not joined"
        errors(Miss(SET, pair[0][0], kind, _words(pages, pair), pair, None))
    for wrong in sorted(found ^ listed):
        kind = "copy wrongly" if wrong in found else "copy not found"
        errors(Miss(SET, wrong[0], kind, wrong[2], wrong[1], None))
    return {**_prf("join", len(right), len(made), len(wanted)),
            **_prf("copies", len(found & listed), len(found), len(listed))}


def _prf(name: str, right: int, made: int, wanted: int) -> dict[str, Metric]:
    p, r = right / made if made else 0.0, right / wanted if wanted else 0.0
    f = 2 * p * r / (p + r) if p + r else 0.0
    return {f"{name}_{k}": plain_metric(v, n) for k, v, n in (("p", p, made), ("r", r, wanted), ("f", f, wanted))}


def _pages(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(folder.glob("*.yaml")):
        page = yaml.safe_load(path.read_text("utf-8"))
        if isinstance(page, dict) and "page" in page:
            yield page["id"], page


def _record(page: dict[str, Any]) -> dict[str, Any]:
    published = page.get("published")
    told = published.isoformat() if isinstance(published, dt.date) else published
    known = {"published": told, "publisher": page.get("publisher")}
    return {"id": page["id"], "text": page["page"], **{k: v for k, v in known.items() if v}}


def _cross(path: Path, known: set[str]) -> Cross:
    told = yaml.safe_load(path.read_text("utf-8"))
    incidents = told.get("incidents", ())
    happenings = (
        frozenset((r["document"], e) for r in i["reports"] if r["document"] in known for e in r["events"])
        for i in incidents
    )
    copied = {
        (c["document"], c["of"], words) for c in told.get("copies", ()) if c["document"] in known
        for words in c["paragraphs"]
    }
    truce = next((i["truce"] for i in incidents if i.get("truce")), None)
    named = {r["document"] for i in incidents for r in i["reports"]}
    named |= {name for c in told.get("copies", ()) for name in (c["document"], c["of"])}
    named |= {name for group in told.get("independent", ()) for name in group}
    return Cross(truce, frozenset(named & known), tuple(happenings), frozenset(copied))


def _incidents(
    folder: Path, truce: str | None, readings: dict[str, Reading], pages: dict[str, dict[str, Any]]
) -> dict[Report, str]:
    """Annotated event → the incident into which the machine put the event on its trigger."""
    own = folder / "truces" / f"{truce}.yaml"
    joined: tuple[Incident, ...]
    joined, _ = truces.judge(truces.load(own) if own.exists() else truces.get(truce or ""), list(readings.values()))
    incident_of = {(r.document, r.event): i.id for i in joined for r in i.reports}
    found = {}
    for name, page in pages.items():
        taken: set[str] = set()
        for annotated in page.get("events", ()):
            spans = [_span(page["page"], annotated["trigger"])]
            spans += [_span(page["page"], t) for t in _listed(annotated.get("trigger_also"))]
            event = next((e for s in spans for e in readings[name].events if _touch(e, s) and e.id not in taken), None)
            if event:
                taken.add(event.id)
                found[name, annotated["id"]] = incident_of[name, event.id]
    return found


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _touch(event: Event, span: Span) -> bool:
    return event.trigger.start < span.end and span.start < event.trigger.end


def _span(text: str, wanted: str) -> Span:
    """Where `words` or `words#2`, the second occurrence, stand."""
    counted = re.fullmatch(r"(.*\S)\s*#(\d+)", wanted, re.S) if wanted not in text else None
    words, number = (counted[1], int(counted[2])) if counted else (wanted, 1)
    spots = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    spots = spots if len(spots) >= number else [m.start() for m in re.finditer(re.escape(words), text)]
    start = spots[number - 1]
    return Span(start, start + len(words))


def _copied(readings: dict[str, Reading]) -> set[tuple[str, str, str]]:
    """(page, of, the paragraph's first words) of every paragraph more than half of which was found to be copied."""
    found: dict[tuple[str, str], list[Copy]] = {}
    for copy in copies(readings.values()):
        found.setdefault((copy.document, copy.of), []).append(copy)
    hits = set()
    for (name, of), spans in found.items():
        for m in re.finditer(r"[^\n]+", readings[name].document.text):
            covered = sum(max(0, min(m.end(), c.span.end) - max(m.start(), c.span.start)) for c in spans)
            if covered > len(m[0]) / 2:
                hits.add((name, of, m[0].strip()))
    return hits


def _words(pages: dict[str, dict[str, Any]], pair: list[Report]) -> str:
    triggers = {(n, e["id"]): e["trigger"] for n, page in pages.items() for e in page.get("events", ())}
    return " / ".join(f"{r[0]}:{triggers[r]}" for r in pair)
