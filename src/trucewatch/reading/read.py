"""Puts the siblings together: a sourced page in, a reading out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

import trucewatch
from trucewatch import gazetteer
from trucewatch.language import Parsed, parse, parse_many, pipeline_version
from trucewatch.language.attributions import Sight
from trucewatch.language.encoder import encoder_version
from trucewatch.model import (
    Attitude,
    Document,
    Entity,
    Event,
    Notice,
    ReadError,
    Reading,
    Sourced,
    Statement,
)
from trucewatch.reading.entities import find_mentions
from trucewatch.reading.events import find_events
from trucewatch.reading.outlet import outlet_country
from trucewatch.reading.places import find_places, place_of
from trucewatch.reading.shared import Mentions
from trucewatch.reading.stance import settle_stances
from trucewatch.reading.statements import find_statements
from trucewatch.reading.times import find_times, time_of
from trucewatch.rules.loader import rules_version

# Documents that are parsed together: enough to keep the parser busy, few enough to stream.
_BATCH = 16


def read(document: Document) -> Reading:
    """The reading of one document."""
    return next(read_many([Sourced(document)]))


def read_many(sourced: Iterable[Sourced]) -> Iterator[Reading]:
    """The readings of many documents, in order. One that could not be read, or that breaks a reader, yields a
    reading with `error` and no events; the rest go on."""
    stream = iter(sourced)
    while batch := list(islice(stream, _BATCH)):
        parses = iter(_parses([s.document for s in batch if _readable(s)]))
        for each in batch:
            parsed = next(parses) if _readable(each) else None
            try:
                yield _reading(each, parsed)
            except Exception as problem:  # whatever a page sets off in a reader, the next page is still read
                yield _failed(each, problem)


def versions() -> dict[str, str]:
    """What produced a reading: the package, its rules, the parser's model, the encoder."""
    return {
        "trucewatch": trucewatch.__version__, "rules": rules_version(), "model": pipeline_version(),
        "encoder": encoder_version(),
    }


def _readable(sourced: Sourced) -> bool:
    return sourced.error is None and sourced.document.language in (None, "en")


def _parses(documents: list[Document]) -> list[Parsed | Exception]:
    """The parses of a batch; where one page breaks the parser, each page is parsed by itself."""
    try:
        return list(parse_many(documents))
    except Exception:  # which page it was is found out one by one
        return [_parsed_alone(d) for d in documents]


def _parsed_alone(document: Document) -> Parsed | Exception:
    try:
        return parse(document)
    except Exception as problem:
        return problem


def _failed(sourced: Sourced, problem: Exception) -> Reading:
    error = ReadError("reader_failed", f"{type(problem).__name__}: {problem}"[:500])
    return Reading(document=sourced.document, notices=sourced.notices, versions=versions(), error=error)


def _reading(sourced: Sourced, parsed: Parsed | Exception | None) -> Reading:
    document, notices = sourced.document, sourced.notices
    if sourced.error is not None:
        return Reading(document=document, notices=notices, versions=versions(), error=sourced.error)
    if parsed is None:
        return Reading(document=document, notices=notices, versions=versions())
    if isinstance(parsed, Exception):
        raise parsed
    mentions = find_mentions(parsed)
    sight = Sight(parsed)
    statements, attitudes = find_statements(parsed, mentions, sight)
    events = _placed_and_dated(parsed, mentions, statements, sight)
    statements = settle_stances(parsed, statements, events, mentions)
    return Reading(
        document=document,
        entities=_named_or_used(mentions, statements, attitudes, events),
        statements=statements,
        attitudes=attitudes,
        events=events,
        notices=(*notices, *_notices(events)),
        versions=versions(),
    )


def _placed_and_dated(
    parsed: Parsed, mentions: Mentions, statements: tuple[Statement, ...], sight: Sight
) -> tuple[Event, ...]:
    index = gazetteer.open()
    outlet = outlet_country(parsed.document, index)
    times = find_times(parsed, outlet)
    places = find_places(parsed, index, mentions, outlet)
    done: list[Event] = []
    previous = None
    for event, anchor in find_events(parsed, mentions, statements, sight):
        place = place_of(anchor, parsed, places, previous=previous)
        previous = place or previous
        done.append(msgspec.structs.replace(event, time=time_of(anchor, parsed, times), place=place))
    return tuple(done)


def _named_or_used(
    mentions: Mentions, statements: tuple[Statement, ...], attitudes: tuple[Attitude, ...], events: tuple[Event, ...]
) -> tuple[Entity, ...]:
    """Entities with a name, and those that some statement, attitude or event refers to."""
    used: set[str | None] = {via for statement in statements for via in statement.via}
    for source in (*(s.source for s in statements), *(a.source for a in attitudes)):
        if source is not None:
            used |= {source.entity, *source.also}
    for event in events:
        used |= {r.entity for r in (*event.actors, *event.recipients, *event.ordered_by)}
        if event.harm is not None:
            used |= {w.entity for w in event.harm.who}
    return tuple(e for e in mentions.entities if e.name is not None or e.id in used)


def _notices(events: tuple[Event, ...]) -> Iterator[Notice]:
    for event in events:
        if event.place is not None and event.place.resolution == "ambiguous":
            yield Notice(
                "ambiguous_place", f"{event.place.text!r} may be several places", event.place.start, event.place.end
            )
