"""A reading with ways to look things up: the words, sentence and paragraph of a span, who says what."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

from trucewatch.model import Entity, Event, Reading, Reference, Source, Span, Statement
from trucewatch.rules.loader import load

_PARAGRAPH = re.compile(r"\n\s*")
LONG = 700  # characters; paragraphs of news are shorter
_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])")
_SHORT_FORM = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sgt|Brig|St|No"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b(?:[A-Z]\.)+[A-Z])\.$"
)


def iso_day(value: str | None) -> str | None:
    """The day of an ISO date or date-time; None when there is none or it is none."""
    try:
        return dt.date.fromisoformat((value or "")[:10]).isoformat()
    except ValueError:
        return None


@cache
def _country_names() -> frozenset[str]:
    return frozenset(name.lower() for c in load("countries", dict[str, Any]).values() for name in c["names"])


def is_country(name: str) -> bool:
    """Whether a name in small letters is a country's."""
    return name in _country_names()


class Page:
    """One reading, indexed. Everything here is looked up, nothing judged."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.id = reading.document.id
        self.text = reading.document.text
        self.entities: dict[str, Entity] = {e.id: e for e in reading.entities}
        self.statements: dict[str, Statement] = {s.id: s for s in reading.statements}
        self.events: tuple[Event, ...] = tuple(sorted(reading.events, key=lambda e: (e.trigger, e.id)))

    @property
    def published(self) -> str | None:
        """The day of publication, ISO, when it is known."""
        return iso_day(self.reading.document.published.value)

    def words(self, span: Span | Reference | Source) -> str:
        return self.text[span.start : span.end]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(m.end() for m in _PARAGRAPH.finditer(self.text))]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        starts = list(self._line_starts)
        for cut in _SENTENCE_END.finditer(self.text):
            if not _SHORT_FORM.search(self.text[max(0, cut.start() - 12) : cut.start() + 1]):
                starts.append(cut.end())
        return sorted(set(starts))

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        """Where paragraphs begin; one that runs on and on (a page whose line ends were lost) is cut at sentences."""
        lines = set(self._line_starts)
        starts = [0]
        for start in self._sentence_starts[1:]:
            end = self._line_starts[min(bisect_right(self._line_starts, start), len(self._line_starts) - 1)]
            rest = (end if end > start else len(self.text)) - starts[-1]
            if start in lines or (rest > LONG and start - starts[-1] >= LONG // 2):
                starts.append(start)
        return starts

    @cached_property
    def _body(self) -> list[int]:
        """For each paragraph, how many paragraphs that are no furniture lie before it."""
        counts, seen = [], 0
        edges = [*self._paragraph_starts, len(self.text)]
        marks = self.reading.document.furniture
        for start, end in pairwise(edges):
            counts.append(seen)
            inner = end - (len(self.text[start:end]) - len(self.text[start:end].rstrip()))
            seen += not (inner <= start or any(m.start <= start and m.end >= inner for m in marks))
        return counts

    @property
    def passages(self) -> list[Span]:
        """The paragraphs, blank ones left out; one that runs on and on in pieces of some sentences."""
        edges = [*self._paragraph_starts, len(self.text)]
        return [Span(a, b) for a, b in pairwise(edges) if self.text[a:b].strip()]

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph that holds an offset, furniture not counted."""
        return self._body[bisect_right(self._paragraph_starts, offset) - 1]

    def opens(self, offset: int) -> bool:
        """Whether an offset stands in the sentence of the first event, where a headline would be."""
        first = self.events[0].trigger.start if self.events else -1
        return first >= 0 and self.sentences_between(first, offset) == 0

    def sentence(self, offset: int) -> Span:
        """The sentence that holds an offset."""
        at = bisect_right(self._sentence_starts, offset) - 1
        start = self._sentence_starts[at]
        end = self._sentence_starts[at + 1] if at + 1 < len(self._sentence_starts) else len(self.text)
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def sentences_between(self, offset: int, later: int) -> int:
        """How many sentences a later offset lies behind another one: 0 in the same one."""
        return bisect_right(self._sentence_starts, later) - bisect_right(self._sentence_starts, offset)

    @cached_property
    def _toponyms(self) -> list[tuple[int, int, str]]:
        """Where names of places stand, finer than a province: start, end, and the name in small letters."""
        wide = {w.lower() for e in self.events if e.place for w in (e.place.admin1,) if w}
        wide |= {e.place.text.lower() for e in self.events if e.place and e.place.precision in ("country", "province")}
        return sorted(
            (m.start, m.end, name)
            for e in self.entities.values()
            if e.kind == "place" and (name := (e.name or "").lower()) and name not in wide and not is_country(name)
            for m in e.mentions
            if m.form == "name"
        )

    def toponyms(self, start: int, end: int) -> Iterator[tuple[Span, str]]:
        """The names of places, finer than a province, that stand between two offsets, in small letters."""
        return ((Span(a, b), name) for a, b, name in self._toponyms if start <= a and b <= end)

    def previous_sentence(self, offset: int) -> Span | None:
        """The sentence before, in the same paragraph."""
        start = self.sentence(offset).start
        return self.sentence(start - 1) if start and start not in self._line_starts else None

    def entity(self, part: Reference | Source) -> Entity | None:
        return self.entities.get(part.entity) if part.entity else None

    def called(self, part: Reference | Source) -> str:
        """What to call somebody: by name, else by the first words for them that are no pronoun, else as here."""
        entity = self.entity(part)
        mentions = entity.mentions if entity else ()
        plain = (self.text[m.start : m.end] for m in mentions if m.form != "pronoun")
        return (entity.name if entity else None) or next(plain, self.words(part))

    def tellers(self, event: Event) -> tuple[Statement, ...]:
        """The statements that tell of an event, innermost first."""
        return tuple(self.statements[i] for i in event.stated_by if i in self.statements)

    def claimant(self, event: Event) -> Statement | None:
        """The innermost statement with a source: who said it first. None is the page's own voice."""
        return next((s for s in self.tellers(event) if s.source is not None), None)
