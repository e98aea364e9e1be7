"""What the pages show, worked out from the table: filters, rows, the map's points, the timeline, a page's marks."""

from __future__ import annotations

import datetime as dt
import itertools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlencode

from trucewatch.briefs.quoting import in_context
from trucewatch.briefs.wording import GRADES, VERDICTS
from trucewatch.incidents import Page
from trucewatch.model import Because, Claim, Event, Reading, Reference, Span, Truce
from trucewatch.workbench.agreement import Question
from trucewatch.workbench.desk import DIGITS, Case, Table
from trucewatch.workbench.texts import act, called, say, spot

ROWS = 50
PAGES = 200  # of the list of pages
_MOST_BARS = 90
_MOST_CIRCLES = 2000
_MOST_NAMES = 200
_BEFORE = 110  # characters of a sentence that stand before its trigger in the list
PART = 150_000  # characters of a page that are shown at once


@dataclass(frozen=True)
class Filters:
    """A view of the overview, as its address holds it; an empty word lets everything through."""

    since: str = ""
    until: str = ""
    verdict: str = ""
    grade: str = ""
    term: str = ""
    type: str = ""
    party: str = ""
    actor: str = ""
    province: str = ""
    source: str = ""
    words: str = ""
    area: str = ""  # a circle of the map: latitude, longitude, and to how many digits they are rounded

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filters:
        """The filters of an address; days that are none are left out."""
        found = {f.name: query.get(f.name, "").strip()[:200] for f in fields(cls)}
        for name in ("since", "until"):
            found[name] = _day(found[name])
        return cls(**found)

    def query(self, **changed: str) -> str:
        """The address's query with some filters changed."""
        values = {f.name: getattr(self, f.name) for f in fields(self)} | changed
        return urlencode({name: value for name, value in values.items() if value})

    def admitted(self, cases: Iterable[Case]) -> list[Case]:
        """The cases that pass every filter that is set, in their order."""
        asked = [test for name, test in _TESTS.items() if getattr(self, name)]
        return [case for case in cases if all(test(self, case) for test in asked)]


def _since(chosen: Filters, case: Case) -> bool:
    last = case.incident.time.to or case.incident.time.from_
    return last is not None and last[:10] >= chosen.since


def _until(chosen: Filters, case: Case) -> bool:
    first = case.incident.time.from_ or case.incident.time.to
    return first is not None and first[:10] <= chosen.until


def _inside(chosen: Filters, case: Case) -> bool:
    try:
        lat, lon, digits = chosen.area.split(",")
        return case.circles.get(int(digits)) == (float(lat), float(lon))
    except ValueError:
        return True


_TESTS: Mapping[str, Callable[[Filters, Case], bool]] = {
    "verdict": lambda chosen, case: any(f.verdict == chosen.verdict for f in case.findings),
    "grade": lambda chosen, case: case.incident.grade == chosen.grade,
    "term": lambda chosen, case: any(f.term == chosen.term for f in case.findings),
    "type": lambda chosen, case: case.incident.type == chosen.type,
    "party": lambda chosen, case: chosen.party in case.parties,
    "actor": lambda chosen, case: chosen.actor in case.actors,
    "province": lambda chosen, case: case.province == chosen.province,
    "source": lambda chosen, case: chosen.source in case.publishers,
    "since": _since, "until": _until, "area": _inside,
    "words": lambda chosen, case: chosen.words.casefold() in case.words,
}


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


@lru_cache(maxsize=1)
def choices(table: Table) -> dict[str, list[str]]:
    """What each filter can be set to; of names there can be no end, so the commonest of them."""
    verdicts: set[str] = set()
    grades: set[str] = set()
    terms: set[str] = set()
    types: set[str] = set()
    provinces: set[str] = set()
    acting: set[str] = set()
    actors: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    for case in table.cases:
        verdicts.update(f.verdict for f in case.findings)
        terms.update(f.term for f in case.findings if f.term)
        grades.add(case.incident.grade)
        types.add(case.incident.type)
        acting |= case.parties
        actors.update(case.actors)
        sources.update(case.publishers)
        if case.province:
            provinces.add(case.province)
    parties = [p.id for p in table.truce.parties]
    return {
        "verdict": [v for v in VERDICTS if v in verdicts], "grade": [g for g in GRADES if g in grades],
        "term": sorted(terms), "type": sorted(types),
        "party": [*(p for p in parties if p in acting), *sorted(acting.difference(parties))[:_MOST_NAMES]],
        "actor": _commonest(actors), "province": sorted(provinces), "source": _commonest(sources),
    }


def _commonest(names: Counter[str]) -> list[str]:
    return sorted((name for name, _ in names.most_common(_MOST_NAMES)), key=str.casefold)


def party_names(truce: Truce) -> dict[str, str]:
    """What a side is called, by what the party filter calls it."""
    return {p.id: p.name for p in truce.parties}


def points(cases: Iterable[Case]) -> list[list[float | int | str]]:
    """The map's circles: latitude, longitude, how many incidents, the verdict of the weightiest, its id, the name of
    its place, the digits of the degrees. Incidents at one place are one circle; where that makes too many, places
    near one another are, so the size of what is sent is bounded."""
    placed = [c for c in cases if c.circles]
    for digits in DIGITS:
        at: dict[tuple[float, float], list[Case]] = {}
        for case in placed:
            at.setdefault(case.circles[digits], []).append(case)
        if len(at) <= _MOST_CIRCLES:
            break
    found: list[list[float | int | str]] = []
    for (lat, lon), here in at.items():
        top = min(here, key=attrgetter("rank"))
        name = spot(top.incident.place) if top.incident.place else ""
        found.append([lat, lon, len(here), top.verdict, top.incident.id, name, digits])
    return found


class Bar(NamedTuple):
    """One stretch of the timeline: its days, its counts by verdict, and where it is drawn (per mille, per cent)."""

    since: str
    until: str
    incidents: int
    x: float
    width: float
    parts: tuple[tuple[str, float, float], ...]  # verdict, y, height


def timeline(cases: Iterable[Case]) -> list[Bar]:
    """Incidents over time, in as many equal stretches of days as can be told apart."""
    dated = [(c.day, c.verdict) for c in cases if c.day]
    if not dated:
        return []
    first, last = min(dated)[0], max(dated)[0]
    step = -(-((last - first).days + 1) // _MOST_BARS)
    bins: dict[int, Counter[str]] = {}
    for day, verdict in dated:
        bins.setdefault((day - first).days // step, Counter())[verdict] += 1
    number = (last - first).days // step + 1
    tallest = max(c.total() for c in bins.values())
    bars = []
    for at, counts in sorted(bins.items()):
        y, parts = 100.0, []
        for verdict in VERDICTS:
            height = 100 * counts[verdict] / tallest
            y -= height
            if height:
                parts.append((verdict, round(y, 2), round(height, 2)))
        start = first + dt.timedelta(at * step)
        end = start + dt.timedelta(step - 1)
        width = 1000 / max(number, 20)
        x, wide = round(at * width, 2), round(width * 0.86, 2)
        bars.append(Bar(start.isoformat(), end.isoformat(), counts.total(), x, wide, tuple(parts)))
    return bars


def verdict_counts(cases: Iterable[Case]) -> list[tuple[str, int]]:
    counts = Counter(c.verdict for c in cases)
    return [(v, counts[v]) for v in VERDICTS if counts[v]]


class Quote(NamedTuple):
    """Words of a page in context, with who says so and where to find them."""

    document: str
    publisher: str
    claimant: str
    stance: str
    before: str
    words: str
    after: str
    start: int
    end: int
    claim: Claim | None = None
    event: str | None = None


def claim_quote(table: Table, claim: Claim) -> Quote:
    """A claim with the words that make it."""
    page = table.page(claim.document)
    statement = page.statements.get(claim.statement or "")
    if statement is not None and statement.content:
        span = Span(min(c.start for c in statement.content), max(c.end for c in statement.content))
    elif claim.event:
        span = page.sentence(table.event(claim.document, claim.event).trigger.start)
    else:
        span = Span(0, 0)
    return _quote(page, span, claim.source, claim.stance, claim, claim.event)


def report_quote(table: Table, document: str, event_id: str) -> Quote:
    """The sentence that reports an event."""
    page = table.page(document)
    event = table.event(document, event_id)
    teller = page.claimant(event)
    who = page.words(teller.source) if teller and teller.source else ""
    stance = teller.stance if teller else ""
    return _quote(page, page.sentence(event.trigger.start), who, stance, None, event_id)


class Told(NamedTuple):
    """The sentence that reports an event, cut at the word that does."""

    publisher: str
    before: str
    trigger: str
    after: str


def report_pieces(table: Table, document: str, event_id: str) -> Told:
    """The sentence that reports an event, around its trigger."""
    page, trigger = table.page(document), table.event(document, event_id).trigger
    whole = page.sentence(trigger.start)
    before = page.words(Span(whole.start, trigger.start))
    if len(before) > _BEFORE:
        before = "…" + before[-_BEFORE:].partition(" ")[2]
    after = page.words(Span(trigger.end, max(trigger.end, whole.end)))
    return Told(page.reading.document.publisher or "", before, page.words(trigger), after)


def _quote(page: Page, span: Span, who: str, stance: str, claim: Claim | None, event: str | None) -> Quote:
    before, words, after = in_context(page, span)
    publisher = page.reading.document.publisher or ""
    return Quote(page.id, publisher, who, stance, before, words, after, span.start, span.end, claim, event)


class Piece(NamedTuple):
    """A stretch of a page on which the same marks lie; `marks` name what they belong to (`v1`, `s2`), `classes`
    what they are there."""

    text: str
    classes: str
    marks: str
    title: str
    start: int


def part_of(page: Page, part: int, quoted: int) -> tuple[Span, int, int]:
    """The stretch of a page that is shown at once, its number and how many there are: the whole of it, but of one
    that is very long the part that was asked for, or the one that holds a quotation."""
    parts = max(1, -(-len(page.text) // PART))
    number = min(quoted // PART + 1 if quoted >= 0 else max(part, 1), parts)
    return Span((number - 1) * PART, min(number * PART, len(page.text))), number, parts


def begins_in(stretch: Span, span: Span) -> bool:
    return stretch.start <= span.start < stretch.end


def pieces(reading: Reading, shown: Span, rejected: Sequence[Event] = (), quoted: Span | None = None) -> list[Piece]:
    """The page's text as far as it is shown, in order, cut wherever a mark begins or ends."""
    text = reading.document.text
    first, last = shown.start, shown.end
    every = [*_marks(reading, rejected)]
    if quoted is not None:
        every.append((quoted.start, quoted.end, "quoted", "", ""))
    marks = [(max(m[0], first), min(m[1], last), *m[2:]) for m in every if 0 <= m[0] < m[1] <= len(text)]
    marks = [m for m in marks if m[0] < m[1]]
    edges = sorted({first, last, *(m[0] for m in marks), *(m[1] for m in marks)})
    starts: dict[int, list[tuple[int, int, str, str, str]]] = {}
    for mark in marks:
        starts.setdefault(mark[0], []).append(mark)
    live: list[tuple[int, int, str, str, str]] = []
    found = []
    for start, end in itertools.pairwise(edges):
        live = [m for m in live if m[1] > start] + starts.get(start, [])
        classes = " ".join(dict.fromkeys(m[2] for m in live))
        names = " ".join(dict.fromkeys(m[3] for m in live if m[3]))
        titles = "; ".join(dict.fromkeys(m[4] for m in live if m[4]))
        found.append(Piece(text[start:end], classes, names, titles, start))
    return found


def _marks(reading: Reading, rejected: Sequence[Event]) -> Iterator[tuple[int, int, str, str, str]]:
    for f in reading.document.furniture:
        yield f.start, f.end, "furniture", "", say("mark.furniture", reason=f.reason)
    for s in reading.statements:
        for span in s.content:
            yield span.start, span.end, "content", s.id, f"{s.id} {called('stance', s.stance)}"
        if s.source:
            yield s.source.start, s.source.end, "source", s.id, say("mark.source", id=s.id)
        if s.cue:
            yield s.cue.start, s.cue.end, "cue", s.id, say("mark.cue", id=s.id)
    for v in reading.events:
        told = f"{v.id}: {act(v.type, v.mode)}, {called('status', v.status)}"
        yield v.trigger.start, v.trigger.end, "trigger", v.id, told
        for part in v.actors:
            yield part.start, part.end, "actor", v.id, say("mark.actor", id=v.id)
        for part in v.recipients:
            yield part.start, part.end, "recipient", v.id, say("mark.recipient", id=v.id)
        if v.time.start is not None and v.time.end is not None:
            yield v.time.start, v.time.end, "time", v.id, say("mark.time", id=v.id)
        if v.place is not None:
            yield v.place.start, v.place.end, "place", v.id, say("mark.place", id=v.id)
    for v in rejected:
        yield v.trigger.start, v.trigger.end, "rejected", v.id, say("mark.rejected", id=v.id)


class Reason(NamedTuple):
    rule: str
    document: str
    start: int
    end: int
    words: str


def reasons(table: Table, document: str, because: Iterable[Because]) -> list[Reason]:
    """The rules with the words that they fired on; `rule@page` names another page."""
    found = []
    for b in because:
        rule, _, other = b.id.partition("@")
        name = other if other in table.pages else document
        words = table.page(name).text[b.start : b.end]
        found.append(Reason(rule, name, b.start, b.end, words if len(words) <= 160 else words[:160] + "…"))
    return found


def near(table: Table, case: Case, most: int = 12) -> list[Case]:
    """The incidents that may be the same happening: of the same type, less than 50 km and four days away as far as
    both are known, the nearest first; one of which neither is known is left out."""
    found = []
    for other in table.by_incident.values():
        days, degrees = _days_apart(case, other), _degrees_apart(case, other)
        if other is case or other.incident.type != case.incident.type or (days is None and degrees is None):
            continue
        if (days or 0) <= 3 and (degrees or 0.0) <= 0.45:
            unknown = (days is None) + (degrees is None)
            found.append((unknown, (days or 0) + 5 * (degrees or 0.0), other.incident.id, other))
    return [other for *_, other in sorted(found, key=lambda row: row[:3])[:most]]


def _days_apart(one: Case, other: Case) -> int | None:
    return abs((one.day - other.day).days) if one.day and other.day else None


def _degrees_apart(one: Case, other: Case) -> float | None:
    p, q = one.incident.place, other.incident.place
    if p is None or q is None or p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return None
    return max(abs(p.lat - q.lat), abs(p.lon - q.lon) * math.cos(math.radians(p.lat)))


def split(table: Table, asked: Iterable[Question]) -> list[tuple[str, str, str, list[str]]]:
    """On what people differ: document, event, its sentence (or the page's title), and in which questions."""
    found: dict[tuple[str, str], list[str]] = {}
    for question in asked:
        for thing in question.split:
            found.setdefault(thing, []).append(question.name)
    shown = []
    for (document, target), names in found.items():
        page = table.pages.get(document)
        event = next((e for e in page.events if e.id == target), None) if page else None
        title = page.reading.document.title or document if page else document
        words = page.words(page.sentence(event.trigger.start)) if page and event else title
        shown.append((document, target, words, names))
    return shown


def mentions(page: Page, near: int) -> list[tuple[str, str]]:
    """Whom a person may name as an actor: `entity:start:end` and the words, the nearest mention of each."""
    found: list[tuple[int, str, str]] = []
    for entity in page.entities.values():
        spots = [m for m in entity.mentions if m.form != "pronoun"]
        if spots:
            m = min(spots, key=lambda m: abs(m.start - near))
            words = " ".join(page.text[m.start : m.end].split())[:80]
            label = f"{words} = {entity.name}" if entity.name and entity.name != words else words
            found.append((abs(m.start - near), f"{entity.id}:{m.start}:{m.end}", label))
    return [(value, label) for _, value, label in sorted(found)]


def part_value(part: Reference) -> str:
    """A part of an event as the form writes it."""
    return f"{part.entity or ''}:{part.start}:{part.end}"
