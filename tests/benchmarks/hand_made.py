"""Readings made by hand, for the scorers: spans are given by their words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from trucewatch.model import (
    Document,
    Entity,
    Event,
    Furniture,
    Place,
    Reading,
    Reference,
    Source,
    Span,
    Statement,
)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def said(text: str, source: str | None, cue: str | None, *content: str) -> Statement:
    who = span(text, source) if source else None
    return Statement(
        id="s1", kind="indirect", source=Source(None, who.start, who.end) if who else None,
        cue=span(text, cue) if cue else None, content=tuple(span(text, c) for c in content), stance="asserts",
    )


def happened(
    text: str,
    trigger: str,
    kind: str,
    actors: Iterable[str] = (),
    recipients: Iterable[str] = (),
    **more: Any,
) -> Event:
    return Event(
        id=trigger, type=kind, trigger=span(text, trigger), actors=_references(text, actors),
        recipients=_references(text, recipients), **more,
    )


def _references(text: str, words: Iterable[str]) -> tuple[Reference, ...]:
    return tuple(Reference(None, (s := span(text, w)).start, s.end) for w in words)


def at(text: str, words: str, lat: float | None = None, lon: float | None = None, **more: Any) -> Place:
    where = span(text, words)
    return Place(where.start, where.end, words, name=words, lat=lat, lon=lon, **more)


def reading(
    text: str,
    *,
    events: Iterable[Event] = (),
    statements: Iterable[Statement] = (),
    entities: Iterable[Entity] = (),
    furniture: Iterable[str] = (),
) -> Reading:
    marks = tuple(Furniture((s := span(text, f)).start, s.end, "share") for f in furniture)
    return Reading(
        Document("d", text, "", furniture=marks),
        entities=tuple(entities), statements=tuple(statements), events=tuple(events),
    )


def reader(*made: Reading) -> Callable[..., Iterator[Reading]]:
    """A stand-in for `benchmarks.reader.readings` that hands out these."""
    return lambda _documents, _label: iter(made)


def misses() -> tuple[list[Any], Callable[[Any], None]]:
    found: list[Any] = []
    return found, found.append
