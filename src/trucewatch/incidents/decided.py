"""What people decided on the joining of reports, looked up report by report.

A decision names reports by the characters of their triggers. Here each is found on its page, once, when the page comes
in; from then on two reports are `together`, `apart`, or left to the joiner.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trucewatch.incidents.page import Page
from trucewatch.incidents.report import Report
from trucewatch.model import Event, Grouping, Incident, ReportAt

Key = tuple[str, str]  # a report's page and event id


def report_at(page: Page, event: Event) -> ReportAt:
    """The name under which a decision keeps a report."""
    sha256 = page.reading.document.sha256
    return ReportAt(page.id, sha256, event.trigger.start, event.trigger.end, event.type)


def reports_at(incident: Incident, pages: Mapping[str, Page]) -> tuple[ReportAt, ...]:
    """The names of all reports of an incident. KeyError when a page of it is not among `pages`."""
    events = {(page.id, e.id): (page, e) for r in incident.reports for page in [pages[r.document]] for e in page.events}
    return tuple(report_at(*events[r.document, r.event]) for r in incident.reports)


class Decided:
    """Groupings over the pages taken in so far."""

    def __init__(self, groupings: Iterable[Grouping] = ()) -> None:
        self._groupings: frozenset[Grouping] = frozenset()
        self._wanted: dict[str, list[tuple[int, int, ReportAt]]] = {}
        self._sets: dict[Key, dict[int, int]] = {}  # report → grouping → which of its sets
        self._members: dict[tuple[int, int], list[Key]] = defaultdict(list)
        self.replace(groupings)

    def differing(self, groupings: Iterable[Grouping]) -> frozenset[str]:
        """The ids of the pages for which it makes a difference whether these hold in place of those that do."""
        unlike = self._groupings ^ frozenset(groupings)
        return frozenset(at.document for g in unlike for happening in g.happenings for at in happening)

    def replace(self, groupings: Iterable[Grouping]) -> None:
        """Let these hold, and no others. Pages that are `differing` are dropped before and taken again after."""
        self._groupings = fresh = frozenset(groupings)
        self._wanted = defaultdict(list)
        for grouping in sorted(fresh, key=lambda g: g.number):
            for place, happening in enumerate(grouping.happenings):
                for at in happening:
                    self._wanted[at.document].append((grouping.number, place, at))

    def take(self, page: Page) -> None:
        """Find the reports of a page that decisions name. Those of another text, or gone, are named by none."""
        for number, place, at in self._wanted.get(page.id, ()):
            event = _found(page, at)
            if event is not None:
                self._sets.setdefault((page.id, event.id), {})[number] = place
                self._members[number, place].append((page.id, event.id))

    def drop(self, reports: Iterable[Report]) -> None:
        """Let reports go."""
        for report in reports:
            for number, place in self._sets.pop(report.key, {}).items():
                self._members[number, place].remove(report.key)

    def together(self, one: Key, other: Key) -> int | None:
        """The number of the decision by which two reports are of one happening."""
        last = self._last(one, other)
        return last if last is not None and self._sets[one][last] == self._sets[other][last] else None

    def apart(self, one: Key, other: Key) -> int | None:
        """The number of the decision by which two reports are of two happenings."""
        last = self._last(one, other)
        return last if last is not None and self._sets[one][last] != self._sets[other][last] else None

    def _last(self, one: Key, other: Key) -> int | None:
        if one not in self._sets or other not in self._sets:
            return None
        return max(self._sets[one].keys() & self._sets[other].keys(), default=None)

    def any_apart(self, some: Sequence[Report], others: Sequence[Report]) -> bool:
        """Whether a decision keeps any report of the one apart from any of the other."""
        named = [r.key for r in some if r.key in self._sets]
        return bool(named) and any(self.apart(n, r.key) is not None for n in named for r in others)

    def beside(self, key: Key) -> Iterator[tuple[Key, int]]:
        """The reports taken in so far that belong together with one, and by which decision."""
        for number, place in self._sets.get(key, {}).items():
            for other in self._members[number, place]:
                if other != key and self.together(key, other) == number:
                    yield other, number

    def of(self, reports: Iterable[Report]) -> tuple[int, ...]:
        """The numbers of the decisions that name any of these reports."""
        return tuple(sorted({number for r in reports for number in self._sets.get(r.key, ())}))


def _found(page: Page, at: ReportAt) -> Event | None:
    """The event on the same characters; where several are, the one most alike."""
    if page.reading.document.sha256 != at.sha256:
        return None
    touching = [e for e in page.events if e.trigger.start < at.end and at.start < e.trigger.end]
    exact = (at.start, at.end)
    return max(touching, key=lambda e: ((e.trigger.start, e.trigger.end) == exact, e.type == at.type), default=None)
