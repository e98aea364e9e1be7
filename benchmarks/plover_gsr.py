"""PLOVER's gold standard records: the type, source and target of a sentence, from the raw text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.confidence import Outcomes
from benchmarks.metrics import Errors, Miss, Offsets, Scores, Tally, Words, pair_off
from benchmarks.plover import OLD_NAMES, coded, type_of
from benchmarks.reader import document, readings
from trucewatch.model import Entity, Event, Reading, Reference

SET = "plover_gsr"


@dataclass(frozen=True, slots=True)
class Record:
    type: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]


@dataclass(slots=True)
class Item:
    """A sentence with its records (a few sentences have more than one)."""

    text: str
    number: str
    records: list[Record] = field(default_factory=list)


def run(path: Path, *, limit: int | None, errors: Errors, outcomes: Outcomes | None = None) -> Scores:
    """Score the reader on the sentences of a file."""
    items = read_items(path)[:limit]
    tally = Tally()
    documents = [document(i.number, i.text) for i in items]
    for item, reading in zip(items, readings(documents, SET), strict=True):
        score(item, reading, tally, errors, outcomes)
    return tally.scores()


def score(
    item: Item, reading: Reading, tally: Tally, errors: Errors, outcomes: Outcomes | None = None
) -> None:
    """Match the sentence's records with the events the reader would code, by type, then by actors."""
    events = outermost(coded(reading))
    words = Words(item.text)
    weights = {}
    for g, record in enumerate(item.records):
        for p, event in enumerate(events):
            if record.type == type_of(event):
                weights[g, p] = float(_actors_right(words, record, event, reading.entities))
    pairs = dict(pair_off(weights))
    for p, event in enumerate(events):
        if outcomes is not None:
            outcomes(event, p in pairs.values())
    tally.add("type_f", len(pairs), len(events), len(item.records))
    whole = sum(weights[pair] for pair in pairs.items())
    tally.add("record_f", whole, len(events), len(item.records))
    for g, record in enumerate(item.records):
        if g not in pairs or not weights[g, pairs[g]]:
            problem = f"{record.type} actors" if g in pairs else f"{record.type} missed"
            got = [_shown(item.text, e) for e in events]
            errors(Miss(SET, item.number, problem, item.text, _plain(record), got))


def outermost(events: list[Event]) -> list[Event]:
    """The events told in the sentence's own voice; where there are none, all.

    PLOVER codes one record for "X accused Y of shelling Z": the accusation.
    """
    shallow = min((len(e.stated_by) for e in events), default=0)
    return [e for e in events if len(e.stated_by) == shallow]


def _actors_right(words: Words, record: Record, event: Event, entities: tuple[Entity, ...]) -> bool:
    """Each source is among the actors and each target among the recipients, and none is there where the
    record has none. Where both sides are actors ("X and Y clashed"), target and source may be either.

    PLOVER knows no place but as a target ("withdrew from X"): the act's place stands in where nobody is acted on."""
    actors = _spans(event.actors, entities)
    recipients = _spans(event.recipients, entities)
    if recipients or not record.targets:
        return _same(words, record.sources, actors) and _same(words, record.targets, recipients)
    both = (*record.sources, *record.targets)
    if len(event.actors) > 1 and _same(words, both, actors):
        return True
    place = [(event.place.start, event.place.end)] if event.place else []
    return _same(words, record.sources, actors) and _same(words, record.targets, place)


def _spans(references: tuple[Reference, ...], entities: tuple[Entity, ...]) -> list[Offsets]:
    """Where the references stand, and where the page names the same ones: "he" is who he is said to be."""
    meant = {r.entity for r in references if r.entity}
    named = [(m.start, m.end) for e in entities if e.id in meant for m in e.mentions]
    return [(r.start, r.end) for r in references] + named


def _same(words: Words, wanted: tuple[str, ...], given: list[Offsets]) -> bool:
    inside = words.within(given)
    return bool(wanted) == bool(given) and all(words.within(_find(words.text, w)) & inside for w in wanted)


def _find(text: str, name: str) -> list[Offsets]:
    """Where the name stands; where it does not stand whole, its words."""
    whole = [m.span() for m in re.finditer(re.escape(name), text)]
    parts = (re.finditer(rf"\b{re.escape(w)}\b", text) for w in re.findall(r"\w{3,}", name))
    return whole or [m.span() for found in parts for m in found]


def read_items(path: Path) -> list[Item]:
    """The sentences of a file, in order, with old names of types made new."""
    items: dict[str, Item] = {}
    for raw in json.loads(path.read_text(encoding="utf-8")):
        item = items.setdefault(raw["text"], Item(raw["text"], raw["id"]))
        event = raw["event"]
        item.records.append(
            Record(OLD_NAMES.get(event, event), _names(raw.get("source")), _names(raw.get("target")))
        )
    return list(items.values())


def _names(raw: Any) -> tuple[str, ...]:
    """The actors of a slot; a slot that holds a bare string names nobody."""
    return tuple(a["actorText"] for a in raw if a.get("actorText")) if isinstance(raw, list) else ()


def _plain(record: Record) -> dict[str, object]:
    return {"type": record.type, "sources": record.sources, "targets": record.targets}


def _shown(text: str, event: Event) -> dict[str, object]:
    return {
        "type": type_of(event),
        "trigger": text[event.trigger.start : event.trigger.end],
        "actors": [text[r.start : r.end] for r in event.actors],
        "recipients": [text[r.start : r.end] for r in event.recipients],
    }
