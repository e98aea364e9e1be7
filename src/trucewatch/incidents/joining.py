"""Joining reports into incidents: first along each page, then across pages; the same for any order of pages.

Within a page a report joins the happening that is being told when nothing contradicts it and it either pins
down the same place, or pins down nothing of its own and stands beside it. Across pages both sides must pin
down a place, and a day or days of publication close to one another. A contradiction of family, day, place,
weapon, actor, number of acts or toll forbids a join whatever else agrees.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product
from typing import NamedTuple

from trucewatch.incidents.copies import Copy, copies
from trucewatch.incidents.denials import NEAR, denials_on
from trucewatch.incidents.page import Page
from trucewatch.incidents.report import (
    Report,
    Sides,
    conflict,
    named_sides,
    report,
    same_place,
)
from trucewatch.model import Claim, Event, EventTime, Figure, Incident, Place, Reading, ReportRef, Statement

FAR = 4  # paragraphs; further on, a page that names the place again tells of something new
NEWS_DAYS = 2  # pages this close in publication may tell of one undated happening
# Words that hark back to a happening already told of.
_BACK = re.compile(r"\b(the|that|this|those|these|its) (?:\w+ ){0,2}$", re.I)


@dataclass
class _Group:
    """Reports joined so far, with the reasons."""

    reports: list[Report]
    reasons: list[str] = field(default_factory=list)

    def conflict(self, other: _Group) -> str | None:
        return next((c for a in self.reports for b in other.reports if (c := conflict(a, b))), None)

    def take(self, other: _Group, reason: str) -> None:
        self.reports = sorted([*self.reports, *other.reports], key=lambda r: (r.key[0], r.event.trigger))
        self.reasons += [*other.reasons, reason]

    @property
    def key(self) -> tuple[str, str]:
        return min(r.key for r in self.reports)


def join(
    readings: Iterable[Reading], sides: Sides = named_sides, copied: Sequence[Copy] | None = None
) -> tuple[Incident, ...]:
    """The incidents that the readings tell of, each event in one of them, sorted.

    `sides` says on which sides an event's actors stand (by default: their names); `copied` are the copied
    passages (by default: found here). The reports of a copied passage are marked as not independent.
    """
    readings = sorted((r for r in readings if r.events), key=lambda r: r.document.id)
    copied = copies(readings) if copied is None else copied
    pages = [Page(r) for r in readings]
    groups = _across_pages([g for page in pages for g in _along_page(page, sides)], copied)
    denied = {page.id: denials_on(page) for page in pages}
    rivals = _rivals(groups)
    return tuple(sorted((_incident(g, copied, denied, rivals) for g in groups), key=lambda i: i.id))


# ----------------------------------------------------------------------------------------- along a page


def _along_page(page: Page, sides: Sides) -> list[_Group]:
    groups: list[_Group] = []
    headlines: list[_Group] = []
    for event in page.events:
        one = _Group([report(page, event, sides)])
        if not _told_as_fact(event):
            groups.append(one)
        elif one.reports[0].headline:
            headlines.append(one)
        else:
            home, reason = _home(one.reports[0], groups)
            if home:
                home.take(one, reason)
            else:
                groups.append(one)
    for headline in headlines:
        home = next(
            (g for g in groups if _told_as_fact(g.reports[0].event) and _headline_of(headline, g)), None
        )
        if home:
            home.take(headline, f"{page.id}: the headline tells of it")
        else:
            groups.append(headline)
    return groups


def _told_as_fact(event: Event) -> bool:
    return event.polarity == "affirmed" and event.status in ("occurred", "ongoing")


def _home(new: Report, groups: list[_Group]) -> tuple[_Group | None, str]:
    """The happening told of before, nearest first, that a report goes on about."""
    for group in reversed(groups):
        last = group.reports[-1]
        gap = new.paragraph - last.paragraph
        if gap > FAR or not _told_as_fact(last.event) or any(conflict(new, r) for r in group.reports):
            continue
        where = f"{new.page.id}: {new.event.id} with {last.event.id}: "
        shared = [r for r in group.reports if _share_place(new, r)]
        # A district is wide: two happenings of a page may lie in it.
        if shared and (gap == 0 or _harks_back(new) or any(_same_weapon_there(r, new) for r in shared)):
            return group, where + "same place on one page"
        if not _same_telling(new, last):
            continue
        if gap == 0 and (new.place is None or last.place is None) and (new.days is None or last.days is None):
            return group, where + "told on in one paragraph"
        if gap == 1 and new.bare and (_harks_back(new) or (new.event.harm and not new.event.recipients)):
            return group, where + "told again without a day, place or actor of its own"
    return None, ""


def _same_telling(new: Report, last: Report) -> bool:
    """Neither history beside news, nor a state beside an act, nor another actor's act."""
    one, other = new.event, last.event
    actors = not one.actors or not other.actors or bool(new.heads & last.heads or new.sides & last.sides)
    return one.background == other.background and one.status == other.status and actors


def _share_place(one: Report, other: Report) -> bool:
    return bool(one.place and other.place and same_place(one.place, other.place, one_page=True))


def _same_weapon_there(one: Report, other: Report) -> bool:
    """With one weapon, at a place no wider than a town."""
    exact = all(r.place and r.place.precision in ("point", "town", "near") for r in (one, other))
    return exact and one.event.mode is not None and one.event.mode == other.event.mode


def _harks_back(new: Report) -> bool:
    before = new.page.text[max(0, new.event.trigger.start - 40) : new.event.trigger.start]
    return _BACK.search(before) is not None


def _headline_of(headline: _Group, body: _Group) -> bool:
    one = headline.reports[0]
    if headline.conflict(body) or one.event.status != body.reports[0].event.status:
        return False
    return not one.event.actors or any(one.sides & r.sides or one.heads & r.heads for r in body.reports)


# ----------------------------------------------------------------------------------------- across pages


def _across_pages(groups: list[_Group], copied: Sequence[Copy]) -> list[_Group]:
    """Unite groups of different pages. Only neighbours in time and place are compared."""
    groups = sorted(groups, key=lambda g: g.key)
    homes = _Homes(groups)
    links = [*_copied_links(groups, copied), *_truce_links(groups), *_near_links(groups)]
    for link in sorted(links, key=lambda link: (-link.strength, link.one, link.other)):
        if groups[link.one].reports[0].page.id != groups[link.other].reports[0].page.id:
            homes.unite(
                link.one,
                link.other,
                f"{_name(groups[link.one])} with {_name(groups[link.other])}: {link.why}",
            )
    _beside(groups, homes)
    return homes.groups()


class _Link(NamedTuple):
    """Two groups, by number, that look like one happening: how strongly (1 to 3), and why."""

    strength: float
    one: int
    other: int
    why: str


class _Homes:
    """Which group each of the first groups has become part of (a disjoint-set forest)."""

    def __init__(self, groups: list[_Group]) -> None:
        self._groups = [_Group(list(g.reports), list(g.reasons)) for g in groups]
        self._parents = list(range(len(groups)))

    def of(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def group(self, number: int) -> _Group:
        return self._groups[self.of(number)]

    def unite(self, one: int, other: int, reason: str) -> None:
        """Make one group of two, unless they are one already or contradict each other."""
        a, b = sorted((self.of(one), self.of(other)))
        if a != b and not self._groups[a].conflict(self._groups[b]):
            self._groups[a].take(self._groups[b], reason)
            self._parents[b] = a

    def groups(self) -> list[_Group]:
        return [g for n, g in enumerate(self._groups) if self.of(n) == n]


def _beside(groups: list[_Group], homes: _Homes) -> None:
    """Unite accounts without a place that stand beside reports of one happening and name the same actor:
    what the same denial says of the same blast on two pages."""
    of_page: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        of_page[group.reports[0].page.id].append(number)
    shadows: dict[int, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        if _told_as_fact(group.reports[0].event) and not any(r.place for r in group.reports):
            context = _context(number, groups, of_page[group.reports[0].page.id])
            if context is not None and homes.of(context) != homes.of(number):
                shadows[homes.of(context)].append(number)
    for members in shadows.values():
        for a, b in combinations(members, 2):
            one, other = homes.group(a), homes.group(b)
            if any(r.sides & s.sides for r in one.reports for s in other.reports):
                homes.unite(
                    a, b, f"{_name(groups[a])} with {_name(groups[b])}: the same account of one happening"
                )


def _name(group: _Group) -> str:
    return "/".join(group.key)


def _rivals(groups: list[_Group]) -> dict[str, set[str]]:
    """Incident id → ids of the accounts of the same harm that contradict it: told by somebody, without a day or a
    place of their own, right after it, with another weapon or by another actor."""
    of_page: dict[str, list[tuple[Report, _Group]]] = defaultdict(list)
    for group in groups:
        for r in group.reports:
            if _told_as_fact(r.event) and not r.headline:
                of_page[r.page.id].append((r, group))
    found: dict[str, set[str]] = defaultdict(set)
    for told in of_page.values():
        told.sort(key=lambda pair: pair[0].event.trigger)
        for (before, one), (after, other) in pairwise(told):
            beside = after.paragraph - before.paragraph <= NEAR and after.days is None and after.place is None
            against = after.event.actors and any(
                conflict(r, after) in ("mode", "actors") for r in one.reports
            )
            if one is not other and beside and against and after.event.stated_by:
                found[_incident_id(one)].add(_incident_id(other))
                found[_incident_id(other)].add(_incident_id(one))
    return found


def _context(number: int, groups: list[_Group], on_page: list[int]) -> int | None:
    """The group of the same family that its page tells of last before it, at most two paragraphs back."""
    first = groups[number].reports[0]
    before = [
        (r.event.trigger.start, other)
        for other in on_page
        if other != number
        for r in groups[other].reports
        if r.page.id == first.page.id
        and r.family == first.family
        and _told_as_fact(r.event)
        and not r.headline
        and r.event.trigger.start < first.event.trigger.start
        and first.paragraph - r.paragraph <= NEAR
    ]
    return max(before)[1] if before else None


_Cell = tuple[str, int, int, int]
_CELL = 0.25  # degrees; no two places that may be one lie further apart than a cell
_STEPS = tuple(product((-1, 0, 1), (-1, 0, 1), range(-NEWS_DAYS, NEWS_DAYS + 1)))


def _near_links(groups: list[_Group]) -> Iterator[_Link]:
    """Same family and place, on a same day; or, undated, the same side in the news of one time."""
    cells: dict[_Cell, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        if _told_as_fact(group.reports[0].event):
            for cell in _cells(group):
                cells[cell].append(number)
    seen: set[tuple[int, int]] = set()
    for (kind, row, column, day), members in cells.items():
        for step in _STEPS:
            for b in cells.get((kind, row + step[0], column + step[1], day + step[2]), ()):
                for a in members:
                    if a < b and (a, b) not in seen and (link := _near(groups, a, b)):
                        seen.add((a, b))
                        yield link


def _near(groups: list[_Group], a: int, b: int) -> _Link | None:
    one, other = groups[a].reports, groups[b].reports
    dated = [r.days for r in one if r.days], [s.days for s in other if s.days]
    if all(dated) and not any(d[0] <= e[1] and e[0] <= d[1] for d in dated[0] for e in dated[1]):
        return None
    sides = any(r.sides & s.sides for r in one for s in other)
    if not (all(dated) or sides):
        return None
    if not any(r.place and s.place and same_place(r.place, s.place) for r in one for s in other):
        return None
    why = [
        "same place",
        "same day" if all(dated) else "news of one time",
        *(["same side acts"] if sides else []),
    ]
    return _Link(1.0 + all(dated) + 0.5 * sides, a, b, ", ".join(why))


def _cells(group: _Group) -> set[_Cell]:
    """Family, row and column of the map, and day of the reports of a group that no other has joined yet."""
    day = next((r.days[0] for r in group.reports if r.days), None) or group.reports[0].page.published
    if not day:
        return set()
    number = dt.date.fromisoformat(day).toordinal()
    return {
        (r.family, round(r.place.lat / _CELL), round(r.place.lon / _CELL), number)
        for r in group.reports
        if r.place and r.place.lat is not None and r.place.lon is not None
    }


def _truce_links(groups: list[_Group]) -> Iterator[_Link]:
    """The start of a ceasefire, told of on several pages, is one when it is of one day."""
    starts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for r in group.reports:
            if r.event.mode == "ceasefire" and r.days and _told_as_fact(r.event):
                starts[r.days].append(number)
    for members in starts.values():
        for a, b in pairwise(sorted(set(members))):
            yield _Link(1.0, a, b, "a ceasefire starts on the same day")


def _copied_links(groups: list[_Group], copied: Sequence[Copy]) -> Iterator[_Link]:
    of_page: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        of_page[group.reports[0].page.id].append(number)
    for copy in copied:
        for a in of_page[copy.document]:
            for b in of_page[copy.of]:
                if _in_copy(groups[a], groups[b], copy):
                    yield _Link(3.0, min(a, b), max(a, b), "the passage is a copy")


def _in_copy(late: _Group, early: _Group, copy: Copy) -> bool:
    """Both hold a report of the copied passage, of one type and mode."""
    copies_of = {
        (r.event.type, r.event.mode)
        for r in late.reports
        if _told_as_fact(r.event) and copy.span.start <= r.event.trigger.start < copy.span.end
    }
    return any(
        (r.event.type, r.event.mode) in copies_of and _told_as_fact(r.event)
        for r in early.reports
        if copy.of_span.start <= r.event.trigger.start < copy.of_span.end
    )


# ----------------------------------------------------------------------------------- what comes of a group


def _incident(
    group: _Group,
    copied: Sequence[Copy],
    denied: dict[str, dict[str, list[Statement]]],
    rivals: dict[str, set[str]],
) -> Incident:
    reports = group.reports
    first = next((r for r in reports if not r.headline), reports[0])
    refs = tuple(sorted(ReportRef(r.page.id, r.event.id, not _is_copied(r, group, copied)) for r in reports))
    independent = {(r.document, r.event) for r in refs if r.independent}
    claims = tuple(
        _claim(r, s)
        for r in reports
        if r.key in independent
        for s in [r.page.claimant(r.event)]
        if s is not None
    )
    denials = tuple(
        _claim(r, s)
        for r in reports
        if r.key in independent
        for s in denied[r.page.id].get(r.event.id, ())
        if s.source is not None
    )
    return Incident(
        id=_incident_id(group),
        reports=refs,
        type=first.event.type,
        mode=next((r.event.mode for r in reports if r.event.mode), None),
        time=_time(reports),
        place=_place(reports),
        actors=_names(reports, "actors"),
        recipients=_names(reports, "recipients"),
        killed=merged([r.killed for r in reports]),
        injured=merged([r.event.harm.injured if r.event.harm else None for r in reports]),
        claims=claims,
        denials=denials,
        grade="contested" if denials else "fair" if len({c.source for c in claims}) > 1 else "weak",
        joined_because=tuple(group.reasons),
        rivals=tuple(sorted(rivals.get(_incident_id(group), ()))),
    )


def _incident_id(group: _Group) -> str:
    """Drawn from the first of its reports, so that a page more seldom changes it."""
    return "i" + hashlib.sha256(_name(group).encode()).hexdigest()[:12]


def _is_copied(one: Report, group: _Group, copied: Sequence[Copy]) -> bool:
    pages = {r.page.id for r in group.reports}
    return any(
        c.document == one.page.id and c.of in pages and c.span.start <= one.event.trigger.start < c.span.end
        for c in copied
    )


def _claim(one: Report, statement: Statement) -> Claim:
    assert statement.source is not None
    entity = one.page.entity(statement.source)
    source = (entity.name if entity else None) or one.page.words(statement.source)
    actors = [one.page.words(a) for a in one.event.actors]
    harm = one.event.harm
    return Claim(
        one.page.id,
        one.event.id,
        statement.id,
        source,
        actors[0] if actors else None,
        statement.stance,
        harm.killed if harm else None,
        harm.injured if harm else None,
    )


def _time(reports: list[Report]) -> EventTime:
    """The narrowest dated report's time."""
    dated = [r.event.time for r in reports if r.event.time.from_ or r.event.time.to]
    rank = {"hour": 0, "day": 1, "week": 2, "month": 3, "season": 4, "year": 5, "unknown": 6}
    return min(dated, key=lambda t: (rank[t.precision], t.from_ or "", t.to or "")) if dated else EventTime()


def _place(reports: list[Report]) -> Place | None:
    """The most exact place that a report gives."""
    rank = {"point": 0, "town": 1, "near": 2, "district": 3, "province": 4, "country": 6, "unknown": 5}
    places = [r.place or r.event.place for r in reports]
    known = [p for p in places if p is not None]
    return min(known, key=lambda p: (p.lat is None, rank[p.precision])) if known else None


def _names(reports: list[Report], role: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for r in reports:
        for part in r.event.actors if role == "actors" else r.event.recipients:
            entity = r.page.entity(part)
            found[(entity.name if entity else None) or r.page.words(part)] = None
    return tuple(found)


def merged(figures: Iterable[Figure | None]) -> Figure | None:
    """The range that all figures lie in; an open upper bound counts as its lower one beside closed ones."""
    known = [f for f in figures if f is not None]
    lows = [f.min for f in known if f.min is not None]
    highs = [f.max if f.max is not None else f.min for f in known]
    closed = [h for h in highs if h is not None]
    if not known:
        return None
    is_open = all(f.max is None for f in known)
    return Figure(min(lows) if lows else None, None if is_open or not closed else max(closed))
