"""What people decided about what the machine drew from pages: records that are added and never changed.

A later record on the same thing supersedes the earlier one; taking one back is a record too (`undo`), and what it
had superseded holds again. `effective` lays the decisions that hold over a reading; the reading itself stays as it is.
`groupings` are those on the joining of reports, for the joiner to honour.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple, get_args

import msgspec
from sqlalchemy import Connection, Engine, func, insert, select

from trucewatch.errors import StoreError
from trucewatch.model import Event, Grouping, Reading, ReportAt, Span, dumps, from_json, to_json
from trucewatch.store.faults import as_store_errors
from trucewatch.store.tables import about, decisions

Action = Literal["accept", "reject", "edit", "split", "merge", "add", "undo"]
Kind = Literal["event", "document", "incident"]
# The fields of an event that a person may set.
EDITABLE = ("type", "mode", "status", "polarity", "background", "actors", "recipients", "time", "place")


class Decision(msgspec.Struct, frozen=True):
    """One record. `before` is the event as it was shown; `after` holds the fields of an event that the person set,
    or a whole event that the person added. `sha256` is that of the page's text. `at` is UTC, ISO 8601.

    One on incidents (`merge`, `split`; see `grouping`) bears on several pages: its `document` and `sha256` are empty,
    for each of the reports in `after` names its own."""

    document: str
    sha256: str
    kind: Kind
    target: str
    action: Action
    who: str
    before: dict[str, Any] | None = None
    after: dict[str, Any] | None = None
    reason: str = ""
    supersedes: int | None = None
    number: int = 0
    at: str = ""


def grouping(
    happenings: Sequence[Sequence[ReportAt]], who: str, *, incidents: Sequence[str] = (), reason: str = ""
) -> Decision:
    """The record of which reports are of one happening: one set merges them, several split them. `incidents` are the
    ids under which the person saw them. Raises StoreError `bad_grouping` for sets that share a report, are empty, or
    decide nothing."""
    sets = sorted(tuple(sorted(set(happening))) for happening in happenings)
    named = [at for each in sets for at in each]
    if not all(sets) or len(named) < 2 or len(set(named)) < len(named):
        message = "each report goes into one set, each set has reports, and there are at least two reports"
        raise StoreError("bad_grouping", message)
    told = to_json(sets)
    target = hashlib.sha256(dumps(sorted(named)).encode()).hexdigest()[:16]  # the same reports: decided anew
    action: Action = "split" if len(sets) > 1 else "merge"
    before = {"incidents": list(incidents)}
    return Decision("", "", "incident", target, action, who, before, {"happenings": told}, reason)


def groupings(records: Iterable[Decision]) -> tuple[Grouping, ...]:
    """What the records that hold say on the joining of reports, the newest last."""
    held = holding(r for r in records if r.kind == "incident")
    found = (
        Grouping(r.number, from_json(tuple[tuple[ReportAt, ...], ...], (r.after or {})["happenings"]))
        for r in held.values()
    )
    return tuple(sorted(found, key=lambda g: g.number))


class Laid(NamedTuple):
    """A reading with decisions laid over it: what was decided on each event, by its id in this reading; the events
    that were rejected; the ids of those to be asked about again."""

    reading: Reading
    decided: dict[str, Decision]
    rejected: tuple[Event, ...]
    again: frozenset[str]
    page: Decision | None


class Decisions:
    """The decisions of a store. Every method raises StoreError when the database cannot do what is asked."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine = engine
        self._place = place

    def add(self, decision: Decision, *, seen: int | None = None, at: str | None = None) -> Decision:
        """Keep a decision, numbered and dated; it supersedes the one that held on the same thing.

        `seen` is the number of the last record on it that the person had before their eyes (0: none): if there is
        a later one, nothing is kept and StoreError `decided_meanwhile` says by whom.
        """
        with as_store_errors(self._place), self._engine.begin() as connection:
            # One writer at a time, whatever the database: what is read below stays true until this is kept.
            connection.execute(about.update().values(schema_version=about.c.schema_version))
            number = self._insert(connection, decision, at or dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))
            earlier = [d for d in self._of(connection, decision.document) if d.number < number]
            same = [d for d in earlier if (d.kind, d.target) == (decision.kind, decision.target)]
            if seen is not None and same and same[-1].number > seen:
                raise StoreError(
                    "decided_meanwhile",
                    f"{same[-1].who} decided on this meanwhile ({same[-1].action})",
                    place=f"{decision.document}:{decision.target}",
                    mend="look at it again",
                )
            supersedes = decision.supersedes
            if supersedes is None and decision.action != "undo":
                held = holding(same).get((decision.kind, decision.target))
                supersedes = held.number if held else None
            values = {"supersedes": supersedes}
            connection.execute(decisions.update().where(decisions.c.number == number).values(**values))
            return self._one(connection, number)

    def undo(self, number: int, who: str, reason: str = "") -> Decision:
        """Take a decision back, by a record that supersedes it; StoreError `no_decision` where there is none and
        `superseded` where it holds no longer."""
        with as_store_errors(self._place), self._engine.begin() as connection:
            taken = self._one(connection, number)
            same = [d for d in self._of(connection, taken.document) if (d.kind, d.target) == (taken.kind, taken.target)]
        held = holding(same).get((taken.kind, taken.target))
        if held is None or held.number != number:
            raise StoreError("superseded", f"decision {number} holds no longer", place=self._place)
        back = Decision(
            taken.document, taken.sha256, taken.kind, taken.target, "undo", who,
            before=taken.after, after=taken.before, reason=reason, supersedes=number,
        )
        return self.add(back, seen=same[-1].number)

    def all(self, document: str | None = None, *, after: int = 0) -> list[Decision]:
        """Every record, or those on one document, of a greater number than `after`, in the order in which they
        were made."""
        with as_store_errors(self._place), self._engine.connect() as connection:
            return list(self._of(connection, document, after))

    def groupings(self) -> tuple[Grouping, ...]:
        """What holds on the joining of reports."""
        return groupings(self.all(""))

    def count(self) -> int:
        """How many records there are; it only grows, so it tells whether anything is new."""
        with as_store_errors(self._place), self._engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(decisions)) or 0

    def dump(self) -> Iterator[str]:
        """Every record as a line of JSON, in order."""
        yield from map(dumps, self.all())

    def load(self, lines: Iterable[str | bytes]) -> int:
        """Keep the records that `dump` gave, after those that are here; how many. They keep who and when; their
        numbers are given anew. StoreError `bad_decision` names the line, and nothing is kept then."""
        count = 0
        new: dict[int, int] = {}
        with as_store_errors(self._place), self._engine.begin() as connection:
            for count, line in enumerate(lines, 1):
                try:
                    record = msgspec.json.decode(line, type=Decision)
                    if record.supersedes is not None:
                        record = msgspec.structs.replace(record, supersedes=new[record.supersedes])
                except (msgspec.DecodeError, KeyError) as error:
                    raise StoreError("bad_decision", str(error), place=f"line {count}") from error
                new[record.number] = self._insert(connection, record, record.at)
        return count

    def _insert(self, connection: Connection, decision: Decision, at: str) -> int:
        values = msgspec.structs.asdict(decision) | {"at": at}
        del values["number"]
        for name in ("before", "after"):
            values[name] = None if values[name] is None else dumps(values[name])
        made = connection.execute(insert(decisions).values(**values)).inserted_primary_key
        return int(made[0]) if made else 0

    def _of(self, connection: Connection, document: str | None, after: int = 0) -> Iterator[Decision]:
        query = select(decisions).where(decisions.c.number > after).order_by(decisions.c.number)
        if document is not None:
            query = query.where(decisions.c.document == document)
        return (_decision(row._mapping) for row in connection.execute(query))

    def _one(self, connection: Connection, number: int) -> Decision:
        row = connection.execute(select(decisions).where(decisions.c.number == number)).first()
        if row is None:
            raise StoreError("no_decision", f"no decision {number}", place=self._place)
        return _decision(row._mapping)


def holding(records: Iterable[Decision]) -> dict[tuple[str, str], Decision]:
    """Of one document's records in order, those that hold, by kind and target."""
    superseded: set[int] = set()
    held: dict[tuple[str, str], Decision] = {}
    for record in reversed(list(records)):
        if record.number in superseded:
            continue
        if record.supersedes is not None:
            superseded.add(record.supersedes)
        if record.action != "undo":
            held.setdefault((record.kind, record.target), record)
    return held


def effective(reading: Reading, records: Iterable[Decision]) -> Laid:
    """The reading as people left it: rejected events gone, edited fields set, added events in their place.

    A decision finds its event by the characters of its trigger, so a later reading of the page keeps it, whatever
    ids that gives. What was accepted stays even where a later reading no longer draws it from the page. A decision
    is asked about again only if the page's text and what was drawn from it have both changed.
    """
    events = {e.id: e for e in reading.events}
    decided: dict[str, Decision] = {}
    rejected: list[Event] = []
    again: set[str] = set()
    held = holding(records)
    for (kind, _), record in sorted(held.items(), key=lambda item: item[1].number):
        if kind != "event":
            continue
        drawn = _drawn(record)
        found = _same(events, drawn, decided)
        if record.sha256 != reading.document.sha256 and (found is None or _told(found) != _told(drawn)):
            if found is not None:
                again.add(found.id)
            continue
        event = found or _loosened(drawn, reading, record.target)
        decided[event.id] = record
        events[event.id] = event
        if record.action == "reject":
            rejected.append(events.pop(event.id))
        elif record.action == "edit":
            events[event.id] = _edited(event, record.after or {})
    ordered = tuple(sorted(events.values(), key=lambda e: (e.trigger, e.id)))
    page = held.get(("document", reading.document.id))
    return Laid(msgspec.structs.replace(reading, events=ordered), decided, tuple(rejected), frozenset(again), page)


def _drawn(record: Decision) -> Event:
    return from_json(Event, (record.after if record.action == "add" else record.before) or {})


def _same(events: Mapping[str, Event], drawn: Event, taken: Mapping[str, Decision]) -> Event | None:
    """The event that stands on the same trigger; where several do, the one that is most alike."""
    alike = [e for e in events.values() if e.id not in taken and _touch(e.trigger, drawn.trigger)]
    rank = lambda e: (e.trigger == drawn.trigger, e.type == drawn.type, e.id == drawn.id)  # noqa: E731
    return max(alike, key=rank, default=None)


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _told(event: Event) -> tuple[Any, ...]:
    """What an event says, without the ids and offsets that another text would shift."""
    place = event.place.text if event.place else None
    return event.type, event.mode, event.status, event.polarity, event.time.from_, event.time.to, place


def _loosened(event: Event, reading: Reading, target: str) -> Event:
    """An event that this reading does not have, without what it has not either."""
    known = {e.id for e in reading.entities}
    said = {s.id for s in reading.statements}
    ids = {e.id for e in reading.events}
    loose = {
        name: tuple(
            p if p.entity in known else msgspec.structs.replace(p, entity=None) for p in getattr(event, name)
        )
        for name in ("actors", "recipients", "ordered_by")
    }
    stated_by = tuple(s for s in event.stated_by if s in said)
    name = target if target not in ids else f"{target}k"
    return msgspec.structs.replace(event, id=name, stated_by=stated_by, **loose)


def _edited(event: Event, fields: Mapping[str, Any]) -> Event:
    return from_json(Event, to_json(event) | {k: v for k, v in fields.items() if k in EDITABLE})


def _decision(row: Mapping[Any, Any]) -> Decision:
    values = dict(row)
    for name in ("before", "after"):
        values[name] = None if values[name] is None else msgspec.json.decode(values[name])
    if values["action"] not in get_args(Action):
        raise StoreError("bad_decision", f"no such action: {values['action']!r}", place=f"decision {values['number']}")
    return Decision(**values)
