"""Questions put to single parts of the reader, where a corpus asks for more than events.

A corpus of times or toponyms wants all of them, one of certainty wants it for words that are no
event of ours. Each function parses a text and asks the part of the reader that knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from benchmarks.metrics import Offsets, overlap
from benchmarks.reader import document
from benchmarks.timex import Dated, Timex, value_of
from trucewatch import gazetteer
from trucewatch.language import parse
from trucewatch.model import Document, Place, Span
from trucewatch.reading import entities, places, read, status, times
from trucewatch.reading.outlet import outlet_country
from trucewatch.reading.shared import Anchor


@dataclass(frozen=True, slots=True)
class Judged:
    """Whether something is so: its status, and whether it is negated."""

    status: str
    negated: bool


def judge(page: Document, words: Sequence[Offsets]) -> list[Judged]:
    """What the status reader says of each of these words."""
    parsed = parse(page)
    judged = []
    for start, end in words:
        paragraph = parsed.paragraph_at(start)
        tokens = paragraph.tokens(Span(start, end)) if paragraph else None
        if paragraph is None or tokens is None:
            judged.append(Judged("occurred", False))
            continue
        head = tokens.root
        found = status.judge(head, headline=paragraph.headline, verbal=head.pos_ in ("VERB", "AUX"))
        judged.append(Judged(found.status, found.negated))
    return judged


def times_of(item: Dated) -> list[Timex]:
    """All time expressions of a text."""
    return [
        Timex(t.span.start, t.span.end, t.value or value_of(t.from_, t.to, t.precision))
        for t in times.find_times(parse(document(item.name, item.text, item.published)))
    ]


def toponyms(page: Document, *, innermost: bool = False) -> list[Place]:
    """All places that a text names, resolved or not; `innermost`: only names of places that something may be at,
    less those that say where another lies."""
    found = _places(page)
    outer = {w.span for m in found for w in m.wider}
    if innermost:
        found = tuple(m for m in found if m.placing and m.span not in outer)
    return [
        Place(
            m.span.start, m.span.end, page.text[m.span.start : m.span.end],
            name=m.chosen.name if m.chosen else None,
            geonameid=m.chosen.geonameid if m.chosen else None,
            lat=m.chosen.lat if m.chosen else None,
            lon=m.chosen.lon if m.chosen else None,
            admin1=m.chosen.admin1 if m.chosen else None,
            precision=_COARSE.get(m.chosen.kind, "unknown") if m.chosen else "unknown",
            resolution=m.resolution,
        )
        for m in found
        if m.form != "nominal"
    ]


_COARSE: dict[str, Literal["country", "province"]] = {"country": "country", "admin1": "province"}


def _places(page: Document) -> tuple[places.PlaceMention, ...]:
    parsed, index = parse(page), gazetteer.open()
    return places.find_places(parsed, index, entities.find_mentions(parsed), outlet_country(page, index))


def event_place(page: Document, verb: Offsets) -> Place | None:
    """The place of the event that a verb tells of; of a verb that is no event of ours, the place it has
    by its grammar."""
    for event in read(page).events:
        if overlap((event.trigger.start, event.trigger.end), verb):
            return event.place
    parsed = parse(page)
    paragraph = parsed.paragraph_at(verb[0])
    tokens = paragraph.tokens(Span(*verb)) if paragraph else None
    if paragraph is None or tokens is None:
        return None
    found = _places(page)
    return places.place_of(Anchor(paragraph.index, tokens.root.i), parsed, found)
