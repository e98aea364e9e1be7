"""Readings made by hand for tests: a text, and the words that are its parts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from trucewatch.model import (
    Document,
    Entity,
    Event,
    EventTime,
    Figure,
    Harm,
    Mention,
    Place,
    Reading,
    Reference,
    Source,
    Span,
    Statement,
)
from trucewatch.model.document import Published


@dataclass
class Made:
    """A page in the making. Every part is named by its words; `words#2` is their second occurrence."""

    text: str
    id: str = "page"
    published: str | None = "2016-04-12"
    entities: dict[tuple[int, int], Entity] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def span(self, words: str) -> Span:
        words, _, number = words.partition("#")
        at = -1
        for _ in range(int(number or 1)):
            at = self.text.index(words, at + 1)
        return Span(at, at + len(words))

    def entity(self, words: str, **known: Any) -> Entity:
        span = self.span(words)
        key = (span.start, span.end)
        if key not in self.entities or known:
            name = f"e{len(self.entities) + 1}" if key not in self.entities else self.entities[key].id
            self.entities[key] = Entity(name, mentions=(Mention(*key, "nominal"),), **known)
        return self.entities[key]

    def refer(self, words: str) -> Reference:
        span = self.span(words)
        return Reference(self.entity(words).id, span.start, span.end)

    def say(self, source: str | None, content: str, stance: Any = "asserts") -> str:
        """Add a statement; gives its id."""
        name = f"s{len(self.statements) + 1}"
        where = self.span(source) if source else None
        if where and (where.start, where.end) not in self.entities:
            self.entity(source or "", kind="person")
        who = Source(self.entity(source).id, where.start, where.end) if source and where else None
        self.statements.append(Statement(name, "indirect", who, None, (self.span(content),), stance))
        return name

    def tell(self, type_: str, trigger: str, *, actors: Sequence[str] = (), recipients: Sequence[str] = (),
             by: str | None = None, day: str | None = None, place: Place | None = None, killed: int | None = None,
             **more: Any) -> str:
        """Add an event; gives its id."""
        name = f"v{len(self.events) + 1}"
        self.events.append(Event(
            id=name, type=type_, trigger=self.span(trigger), actors=tuple(map(self.refer, actors)),
            recipients=tuple(map(self.refer, recipients)), stated_by=(by,) if by else (), place=place,
            time=EventTime(None, None, day, day, "day", "relative") if day else EventTime(),
            harm=Harm(killed=Figure(killed, killed)) if killed is not None else None, **more))
        return name

    def reading(self) -> Reading:
        document = Document(self.id, self.text, hashlib.sha256(self.text.encode()).hexdigest(),
                            published=Published(self.published, "given" if self.published else "none"))
        return Reading(document, tuple(self.entities.values()), statements=tuple(self.statements),
                       events=tuple(self.events))


def place(name: str, country: str, lat: float | None = None, lon: float | None = None, **more: Any) -> Place:
    """A resolved place; its words stand nowhere in particular."""
    return Place(0, 0, name, name, None, lat, lon, country, precision=more.pop("precision", "town"),
                 resolution="resolved", **more)
