"""Joining reports into incidents: first along each page, then across pages; the same for any order of pages.

Within a page a report joins the happening that is being told when nothing contradicts it and it either pins
down the same place, or pins down nothing of its own and stands beside it. Across pages both sides must pin
down a place, and a day or days of publication close to one another. A contradiction of family, day, place,
weapon, actor, number of acts or toll forbids a join whatever else agrees.

What a person decided (`Grouping`) stands above all that: reports of one set are united whatever contradicts it,
reports of two sets never, neither on a page nor across pages, directly or through others.

A new page is compared with its neighbours in time and place alone, and only the incidents of those with which it
is linked, directly or through others, are made anew.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise, product
from typing import NamedTuple

from trucewatch.incidents.copies import Copies, Copy
from trucewatch.incidents.decided import Decided, Key
from trucewatch.incidents.denials import NEAR, denials_on
from trucewatch.incidents.groups import Group, along_page, told_as_fact
from trucewatch.incidents.outcome import incident, incident_id
from trucewatch.incidents.page import Page
from trucewatch.incidents.report import Report, Sides, alike, conflict, named_sides, same_particulars, same_place
from trucewatch.model import Grouping, Incident, Reading, Statement

NEWS_DAYS = 2  # pages this close in publication may tell of one undated happening


def join(
    readings: Iterable[Reading],
    sides: Sides = named_sides,
    copied: Sequence[Copy] | None = None,
    groupings: Iterable[Grouping] = (),
) -> tuple[Incident, ...]:
    """The incidents that the readings tell of, each event in one of them, sorted.

    `sides` says on which sides an event's actors stand (by default: their names); `copied` are the copied
    passages (by default: found here). The reports of a copied passage are marked as not independent. `groupings`
    are what people decided on the joining.
    """
    joiner = Joiner(sides, copied, groupings)
    for reading in sorted(readings, key=lambda r: r.document.id):
        joiner.note(reading)
    return joiner.settle()


class Joiner:
    """Incidents that grow page by page. Whatever the order of the pages, the incidents are the same in the end.

    `copied` are copied passages that are known beforehand; without them each page is compared with those
    before it. `groupings` are what people decided; they hold for the pages to come, too.
    """

    def __init__(
        self,
        sides: Sides = named_sides,
        copied: Sequence[Copy] | None = None,
        groupings: Iterable[Grouping] = (),
    ) -> None:
        self._sides = sides
        self._decided = Decided(groupings)
        self._group_of: dict[Key, int] = {}
        self._finder = Copies() if copied is None else None
        self._copied: dict[str, list[Copy]] = defaultdict(list)  # page → the copies that it takes part in
        for copy in copied or ():
            self._keep_copy(copy)
        self._groups: list[Group] = []
        self._of_page: dict[str, list[int]] = {}
        self._cells: dict[_Cell, list[int]] = defaultdict(list)
        self._starts: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._links: dict[int, list[_Link]] = defaultdict(list)
        self._beside: dict[int, list[int]] = defaultdict(list)  # groups of one page that bear on each other
        self._contexts: dict[int, frozenset[int]] = {}
        self._denied: dict[str, dict[str, list[Statement]]] = {}
        self._incidents: dict[str, Incident] = {}
        self._incident_of: dict[int, str] = {}
        self._unsettled: set[int] = set()
        self._before: dict[str, Incident] = {}  # incidents that wait for being made anew, as they were
        self.gone: frozenset[str] = frozenset()  # ids of those that were no more after the last settling
        self._compared: set[str] = set()  # pages whose passages the finder of copies has

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """All incidents as they were settled last, sorted by id."""
        return tuple(sorted(self._incidents.values(), key=lambda i: i.id))

    def incident(self, name: str) -> Incident:
        """One incident by its id; KeyError where there is none."""
        return self._incidents[name]

    def add(self, reading: Reading) -> tuple[Incident, ...]:
        """Take a page in; the incidents that are new or changed, sorted by id. A page whose id is known already,
        or without events, changes nothing."""
        self.note(reading)
        return self.settle()

    def note(self, reading: Reading) -> None:
        """Take a page in without making incidents; `settle` makes them for all pages noted since."""
        if reading.document.id in self._of_page or not reading.events:
            return
        page = Page(reading)
        if self._finder and page.id not in self._compared:
            self._compared.add(page.id)
            for copy in self._finder.add(page):
                self._keep_copy(copy)
        self._denied[page.id] = denials_on(page)
        self._decided.take(page)
        groups = along_page(page, self._sides, self._decided)
        numbers = list(range(len(self._groups), len(self._groups) + len(groups)))
        self._groups += groups
        self._group_of.update((r.key, n) for n in numbers for r in self._groups[n].reports)
        self._of_page[page.id] = numbers
        self._unsettled.update(numbers)
        self._relate_on_page(numbers)
        for number in numbers:
            self._link_near(number)
            self._link_starts(number)
            self._link_decided(number)
        self._link_copies(page.id)

    def drop(self, document: str) -> None:
        """Let a page go; `settle` then makes anew what it bore on. When it comes back, its text is the same."""
        numbers = self._of_page.pop(document, [])
        bereft = {n for number in numbers for n in self._bearing_on(number)}
        self._unmake(bereft)
        self._unsettled = (self._unsettled | bereft) - set(numbers)
        for number in numbers:
            for cell in _cells(self._groups[number]):
                if number in self._cells[cell]:
                    self._cells[cell].remove(number)
            for days in _starts(self._groups[number]):
                self._starts[days].remove(number)
            for link in self._links.pop(number, ()):
                other = link.other if link.one == number else link.one
                self._links[other] = [k for k in self._links[other] if number not in (k.one, k.other)]
            self._beside.pop(number, None)
            self._contexts.pop(number, None)
            self._decided.drop(self._groups[number].reports)
            for report in self._groups[number].reports:
                del self._group_of[report.key]
            self._groups[number] = Group([])
        self._denied.pop(document, None)

    def decide(self, groupings: Iterable[Grouping]) -> None:
        """Let these groupings hold, and no others, without making incidents; `settle` makes anew what that bears on."""
        touched = sorted(self._decided.differing(groupings) & self._of_page.keys())
        readings = [self._groups[self._of_page[name][0]].reports[0].page.reading for name in touched]
        for name in touched:
            self.drop(name)
        self._decided.replace(groupings)
        for reading in readings:
            self.note(reading)

    def settle(self) -> tuple[Incident, ...]:
        """Make the incidents anew that the pages noted or dropped bear on; those that are new or changed, sorted
        by id. `gone` names those that are no more."""
        changed: list[Incident] = []
        while self._unsettled:
            members = self._bearing_on(min(self._unsettled))
            self._unsettled.difference_update(members)
            self._unmake(members)
            for numbers, made in self._made(members):
                self._incidents[made.id] = made
                self._incident_of.update(dict.fromkeys(numbers, made.id))
                if self._before.get(made.id) != made:
                    changed.append(made)
        self.gone = frozenset(name for name in self._before if name not in self._incidents)
        self._before.clear()
        return tuple(sorted(changed, key=lambda i: i.id))

    def _unmake(self, numbers: Iterable[int]) -> None:
        """Let go the incidents of these groups, and keep in mind what they were."""
        for name in {self._incident_of.pop(n) for n in numbers if n in self._incident_of}:
            self._before.setdefault(name, self._incidents.pop(name))

    # ------------------------------------------------------------------------------ what bears on what

    def _bearing_on(self, number: int) -> list[int]:
        """The groups that are linked with one, directly or through others, by key."""
        found, waiting = {number}, [number]
        while waiting:
            here = waiting.pop()
            near = {n for link in self._links[here] for n in (link.one, link.other)} | {*self._beside[here]}
            waiting += near - found
            found |= near
        return sorted(found, key=lambda n: self._groups[n].key)

    def _relate_on_page(self, numbers: list[int]) -> None:
        """Groups of one page whose incidents bear on each other: accounts beside reports, rival accounts."""
        for number in numbers:
            group = self._groups[number]
            if told_as_fact(group.reports[0].event) and not any(r.place for r in group.reports):
                self._contexts[number] = _contexts(number, self._groups, numbers)
                for context in sorted(self._contexts[number]):
                    self._relate(number, context)
        told = [(r, n) for n in numbers for r in self._groups[n].reports]
        for (_, one), (_, other) in _rival_pairs(told):
            self._relate(one, other)

    def _relate(self, one: int, other: int) -> None:
        self._beside[one].append(other)
        self._beside[other].append(one)

    def _link(self, one: int, other: int, strength: float, why: str, decision: int = 0) -> None:
        if decision or self._groups[one].page != self._groups[other].page:
            link = _Link(strength, one, other, why, decision)
            self._links[one].append(link)
            self._links[other].append(link)

    def _link_decided(self, number: int) -> None:
        for report in self._groups[number].reports:
            for key, decision in self._decided.beside(report.key):
                other = self._group_of[key]
                if other != number:
                    self._link(number, other, 0.0, f"decision {decision}", decision)

    def _link_near(self, number: int) -> None:
        """Same family and place, on a same day; or, undated, the same side in the news of one time."""
        group = self._groups[number]
        if not told_as_fact(group.reports[0].event):
            return
        own = _cells(group)
        near = {
            other
            for kind, row, column, day in own
            for step in _STEPS
            for other in self._cells.get((kind, row + step[0], column + step[1], day + step[2]), ())
        }
        for other in near:
            found = _near(group, self._groups[other])
            if found:
                self._link(number, other, *found)
        for cell in own:
            self._cells[cell].append(number)

    def _link_starts(self, number: int) -> None:
        """The start of a ceasefire, told of on several pages, is one when it is of one day."""
        for days in _starts(self._groups[number]):
            for other in self._starts[days]:
                self._link(number, other, 1.0, "a ceasefire starts on the same day")
            self._starts[days].append(number)

    def _link_copies(self, page: str) -> None:
        for copy in self._copied[page]:
            for late in self._of_page.get(copy.document, ()):
                for early in self._of_page.get(copy.of, ()):
                    if _in_copy(self._groups[late], self._groups[early], copy):
                        self._link(late, early, 3.0, "the passage is a copy")

    # --------------------------------------------------------------------------------- making incidents

    def _made(self, members: list[int]) -> Iterator[tuple[list[int], Incident]]:
        """The incidents of groups that bear on each other, with the numbers of the groups in each."""
        place = {number: at for at, number in enumerate(members)}
        homes = _Homes([self._groups[n] for n in members], self._decided)
        links = {
            _Link(link.strength, min(one, other), max(one, other), link.why, link.decision)
            for number in members
            for link in self._links[number]
            for one, other in [(place[link.one], place[link.other])]
        }
        # Of decisions the newest first, for it is the one that holds where two disagree.
        rank = lambda link: (-link.decision, -link.strength, link.one, link.other, link.why)  # noqa: E731
        for link in sorted(links, key=rank):
            homes.unite(link.one, link.other, link.why, decided=link.decision > 0)
        contexts = {place[n]: frozenset(place[c] for c in self._contexts.get(n, ())) for n in members}
        _unite_beside(homes, contexts)
        inside = homes.members()
        pages = sorted({r.page.id for at in inside for r in homes.group(at).reports})
        copied = sorted({copy for page in pages for copy in self._copied.get(page, ())})
        rivals = _rivals([homes.group(at) for at in inside])
        for at, numbers in inside.items():
            group = homes.group(at)
            decisions = self._decided.of(group.reports)
            yield [members[n] for n in numbers], incident(group, copied, self._denied, rivals, decisions)

    def _keep_copy(self, copy: Copy) -> None:
        self._copied[copy.document].append(copy)
        self._copied[copy.of].append(copy)


class _Link(NamedTuple):
    """Two groups, by number, that look like one happening: how strongly (1 to 3), and why; or that are one by a
    decision, by its number."""

    strength: float
    one: int
    other: int
    why: str
    decision: int = 0


class _Homes:
    """Which group each of the first groups has become part of (a disjoint-set forest)."""

    def __init__(self, groups: list[Group], decided: Decided) -> None:
        self._first = groups
        self._decided = decided
        self._groups = [g.copy() for g in groups]
        self._parents = list(range(len(groups)))

    def of(self, number: int) -> int:
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def group(self, number: int) -> Group:
        return self._groups[self.of(number)]

    def unite(self, one: int, other: int, why: str, *, decided: bool = False) -> None:
        """Make one group of two, unless they are one already, a decision keeps them apart, or, where none joins
        them, they contradict each other."""
        a, b = sorted((self.of(one), self.of(other)))
        into, other_group = self._groups[a], self._groups[b]
        if a == b or self._decided.any_apart(into.reports, other_group.reports):
            return
        if decided or not into.conflict(other_group):
            into.take(other_group, f"{self._first[one].name} with {self._first[other].name}: {why}")
            self._parents[b] = a

    def members(self) -> dict[int, list[int]]:
        """Each group that is left, with the numbers of those it was made of."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._parents)):
            found.setdefault(self.of(number), []).append(number)
        return found


def _unite_beside(homes: _Homes, contexts: dict[int, frozenset[int]]) -> None:
    """Unite accounts without a place that stand beside reports of one happening and name the same actor and means:
    what the same denial says of the same blast on two pages."""
    shadows: dict[int, list[int]] = defaultdict(list)
    for number, near in sorted(contexts.items()):
        for home in sorted({homes.of(context) for context in near} - {homes.of(number)}):
            shadows[home].append(number)
    for members in shadows.values():
        for a, b in combinations(members, 2):
            one, other = homes.group(a), homes.group(b)
            if any(r.sides & s.sides and alike(r, s) for r in one.reports for s in other.reports):
                homes.unite(a, b, "the same account of one happening")


def _rivals(groups: list[Group]) -> dict[str, set[str]]:
    """Incident id → ids of the accounts of the same harm that contradict it: told by somebody, without a day or a
    place of their own, right after it, with another weapon or by another actor."""
    of_page: dict[str, list[tuple[Report, int]]] = defaultdict(list)
    for number, group in enumerate(groups):
        for r in group.reports:
            of_page[r.page.id].append((r, number))
    found: dict[str, set[str]] = defaultdict(set)
    for told in of_page.values():
        for (_, one), (after, other) in _rival_pairs(told):
            if any(conflict(r, after) in ("mode", "actors") for r in groups[one].reports):
                found[incident_id(groups[one])].add(incident_id(groups[other]))
                found[incident_id(groups[other])].add(incident_id(groups[one]))
    return found


def _rival_pairs(told: list[tuple[Report, int]]) -> Iterator[tuple[tuple[Report, int], tuple[Report, int]]]:
    """Neighbouring reports of a page, of two groups, of which the second may be another account of the first."""
    facts = [(r, number) for r, number in told if told_as_fact(r.event) and not r.headline]
    facts.sort(key=lambda pair: (pair[0].event.trigger, pair[0].event.id))
    for one, other in pairwise(facts):
        after = other[0]
        beside = after.paragraph - one[0].paragraph <= NEAR and after.days is None and after.place is None
        if one[1] != other[1] and beside and after.event.actors and after.event.stated_by:
            yield one, other


def _contexts(number: int, groups: list[Group], on_page: list[int]) -> frozenset[int]:
    """The groups of the same family that its page tells of before it, at most two paragraphs back."""
    first = groups[number].reports[0]
    return frozenset(
        other
        for other in on_page
        if other != number
        for r in groups[other].reports
        if r.page.id == first.page.id
        and r.family == first.family
        and told_as_fact(r.event)
        and not r.headline
        and r.event.trigger.start < first.event.trigger.start
        and first.paragraph - r.paragraph <= NEAR
    )


def _days_between(one: Group, other: Group) -> int:
    """How many days lie between the pages of two groups that tell undated news; 0 where that says nothing."""
    first, second = one.reports[0], other.reports[0]
    days = [r.page.published for r in (first, second) if not (r.days or r.sums_up or r.event.background)]
    if len(days) < 2 or None in days:
        return 0
    a, b = (dt.date.fromisoformat(day) for day in days if day)
    return abs((a - b).days)


_STALE = 14  # days after which undated news is no news
_Cell = tuple[str, int, int, int]
_CELL = 0.25  # degrees; no two places that may be one lie further apart than a cell
_STEPS = tuple(product((-1, 0, 1), (-1, 0, 1), range(-NEWS_DAYS, NEWS_DAYS + 1)))


def _near(one: Group, other: Group) -> tuple[float, str] | None:
    """How strongly two groups look like one happening by day, place and side, and why."""
    dated = [r.days for r in one.reports if r.days], [s.days for s in other.reports if s.days]
    if all(dated) and not any(d[0] <= e[1] and e[0] <= d[1] for d in dated[0] for e in dated[1]):
        return None
    pairs = [(r, s) for r in one.reports for s in other.reports]
    sides = any(r.sides & s.sides for r, s in pairs)
    particular = any(same_particulars(r, s) for r, s in pairs)
    # In one town and time much happens. What is dated must be more than "fighting" without weapon or toll in common;
    # what is not, must agree in its side and in one thing that few acts have: a toll, what was hit, a quarter.
    if all(dated):
        harm = [any(r.event.harm for r in group.reports) for group in (one, other)]
        told = all(harm) if sides else any(harm)
        if not (particular or told or any(alike(r, s) for r, s in pairs)):
            return None
    elif not (sides and particular):
        return None
    if not any(r.place and s.place and same_place(r.place, s.place) for r, s in pairs):
        return None
    when = "same day" if all(dated) else "news of one time"
    return 1.0 + all(dated) + 0.5 * sides, ", ".join(["same place", when, *(["same side acts"] if sides else [])])


def _cells(group: Group) -> set[_Cell]:
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


def _starts(group: Group) -> set[tuple[str, str]]:
    """The days on which a group tells that a ceasefire starts."""
    return {r.days for r in group.reports if r.days and r.event.mode == "ceasefire" and told_as_fact(r.event)}


def _in_copy(late: Group, early: Group, copy: Copy) -> bool:
    """Both hold a report of the copied passage, of one type and mode, and the later's words came from the earlier's.
    Words used again long after, in news of another day, tell of another act."""
    return _days_between(late, early) <= _STALE and any(
        (r.event.type, r.event.mode) == (s.event.type, s.event.mode)
        and s.event.trigger.start <= there.end
        and there.start < s.event.trigger.end
        for r in late.reports
        if told_as_fact(r.event)
        for there in [copy.counterpart(r.event.trigger.start)]
        if there is not None
        for s in early.reports
        if told_as_fact(s.event)
    )
