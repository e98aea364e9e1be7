"""A page that a person has accepted, as a gold file: YAML in which every string is copied from the page, and one
that occurs more than once is told apart with `#2`."""

from __future__ import annotations

import re
from typing import Any

import yaml

from trucewatch.model import Event, Figure, Finding, Reading, Statement, to_json
from trucewatch.store import Laid


def gold(laid: Laid, truce: str, findings: tuple[Finding, ...]) -> str:
    """The gold file of a page with decisions laid over it; what was rejected stands under `not_events`."""
    reading = laid.reading
    document = reading.document
    whole: dict[str, Any] = {
        "id": document.id, "page": document.text,
        "published": document.published.value, "publisher": document.publisher,
        "truce": truce if findings else None,
        "furniture": [_words(document.text, f.start, f.end) for f in document.furniture],
        "body_must_stay": _body(reading),
        "statements": [_statement(reading, s) for s in reading.statements if s.content],
        "events": [_event(reading, e) for e in reading.events],
        "not_events": [_words(document.text, e.trigger.start, e.trigger.end) for e in laid.rejected],
        "findings": [{"event": f.event, "verdict": f.verdict, "reason": f.reason} for f in findings],
    }
    kept = {key: value for key, value in whole.items() if value not in (None, [])}
    return yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=110)


def _body(reading: Reading) -> list[str]:
    """The paragraphs that no furniture touches."""
    text, marks = reading.document.text, reading.document.furniture
    lines = [m.span() for m in re.finditer(r"\S[^\n]*", text)]
    return [_words(text, a, b) for a, b in lines if not any(f.start < b and a < f.end for f in marks)]


def _statement(reading: Reading, s: Statement) -> dict[str, Any]:
    text = reading.document.text
    names = {e.id: e.name for e in reading.entities}
    start, end = min(c.start for c in s.content), max(c.end for c in s.content)
    made: dict[str, Any] = {
        "id": s.id,
        "source": _words(text, s.source.start, s.source.end) if s.source else None,
        "content": _words(text, start, end), "kind": s.kind, "stance": s.stance,
    }
    if s.source and s.source.entity:
        made["source_name"] = names.get(s.source.entity)
    if s.cue:
        made["cue"] = _words(text, s.cue.start, s.cue.end)
    if s.within:
        made["within"] = s.within
    return made


def _event(reading: Reading, v: Event) -> dict[str, Any]:
    text = reading.document.text
    made: dict[str, Any] = {
        "id": v.id, "trigger": _words(text, v.trigger.start, v.trigger.end), "type": v.type,
        "actors": [_words(text, p.start, p.end) for p in v.actors],
        "recipients": [_words(text, p.start, p.end) for p in v.recipients],
        "status": v.status, "polarity": v.polarity, "background": v.background, "stated_by": list(v.stated_by),
        "time": {"from": v.time.from_, "to": v.time.to, "precision": v.time.precision} if v.time.from_ or v.time.to
        else {"from": None},
    }
    if v.mode:
        made["mode"] = v.mode
    if v.place:
        place: dict[str, Any] = {"text": _words(text, v.place.start, v.place.end), "precision": v.place.precision}
        if v.place.lat is not None and v.place.resolution == "resolved":
            known = {k: getattr(v.place, k) for k in ("name", "country", "lat", "lon")}
            place |= {k: value for k, value in known.items() if value is not None}
        else:
            place["resolution"] = v.place.resolution
        made["place"] = place
    if v.harm:
        figures = {f: getattr(v.harm, f) for f in ("killed", "injured", "arrested", "displaced")}
        made["harm"] = {name: to_json(figure) for name, figure in figures.items() if isinstance(figure, Figure)}
    return made


def _words(text: str, start: int, end: int) -> str:
    """The words, with the number of their occurrence when they stand elsewhere too as whole words."""
    words = text[start:end]
    spots = [at for at in _found(text, words) if _whole(text, at, at + len(words))] or list(_found(text, words))
    return f"{words}#{spots.index(start) + 1}" if len(spots) > 1 and start in spots else words


def _found(text: str, words: str) -> list[int]:
    spots, at = [], text.find(words) if words else -1
    while at >= 0:
        spots.append(at)
        at = text.find(words, at + 1)
    return spots


def _whole(text: str, start: int, end: int) -> bool:
    left = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    right = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not (left or right)
