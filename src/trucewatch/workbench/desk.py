"""What lies on the desk: the store's pages with decisions laid over them, judged under one truce.

A table is a still picture of it, shared by every request until pages or decisions are added; then the next one is
made from it, and only what the new pages and decisions bear on is judged anew.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter
from typing import Any

from trucewatch import truces
from trucewatch.briefs.wording import VERDICTS
from trucewatch.errors import UsageError
from trucewatch.incidents import Page, iso_day, report_at
from trucewatch.model import Event, Finding, Incident, Reading, ReportAt, Truce
from trucewatch.store import Decision, Laid, Store, effective, groupings

DIGITS = (3, 1, 0)  # to which degrees are rounded on the map, from the finest on
_RANK = {verdict: number for number, verdict in enumerate(VERDICTS)}


@dataclass(frozen=True)
class Case:
    """One incident with its findings, the weightiest first, and where its reports stand."""

    incident: Incident
    findings: tuple[Finding, ...]
    told: tuple[tuple[Page, Event], ...]
    parties: frozenset[str]  # the sides that act: parties by their id, others by their name

    @property
    def reports(self) -> list[ReportAt]:
        """Its reports as a decision names them."""
        return [report_at(page, event) for page, event in self.told]

    @property
    def province(self) -> str | None:
        return self.incident.place.admin1 if self.incident.place else None

    @property
    def verdict(self) -> str:
        return self.findings[0].verdict

    @cached_property
    def publishers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(page.reading.document.publisher or page.id for page, _ in self.told))

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """Who acts, by name where that is known, else in the words of the page."""
        parts = ((page, part) for page, event in self.told for part in event.actors)
        named = ((page, part, page.entity(part)) for page, part in parts)
        return tuple(dict.fromkeys((e.name if e else None) or page.words(part) for page, part, e in named))

    @cached_property
    def rank(self) -> int:
        """The place of its verdict, from the weightiest on."""
        return _RANK[self.verdict]

    @cached_property
    def day(self) -> dt.date | None:
        """The day on which it began."""
        first = iso_day(self.incident.time.from_)
        return dt.date.fromisoformat(first) if first else None

    @cached_property
    def circles(self) -> dict[int, tuple[float, float]]:
        """Where it lies, by the digits to which degrees are rounded; empty where that is not known."""
        place = self.incident.place
        if place is None or place.lat is None or place.lon is None:
            return {}
        return {digits: (round(place.lat, digits), round(place.lon, digits)) for digits in DIGITS}

    @cached_property
    def rows(self) -> tuple[tuple[float, int, str, str, Finding], ...]:
        """Its findings as the queue sorts them: by weight, then the newest first."""
        events = {(page.id, e.id): e for page, e in self.told}
        newest = -self.day.toordinal() if self.day else 0
        return tuple(
            (-_weight(f, events[f.document, f.event]), newest, f.document, f.event, f) for f in self.findings
        )

    @cached_property
    def words(self) -> str:
        """The sentences that report it, case folded, for searching."""
        return " ".join(page.words(page.sentence(event.trigger.start)) for page, event in self.told).casefold()


@dataclass(frozen=True, eq=False)
class Table:
    """Everything that pages are made from; never changed."""

    truce: Truce
    laid: Mapping[str, Laid] = field(default_factory=dict)
    pages: Mapping[str, Page] = field(default_factory=dict)
    by_incident: Mapping[str, Case] = field(default_factory=dict)
    records: tuple[Decision, ...] = ()
    records_of: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)  # document → its records
    groupings: frozenset[int] = frozenset()  # the numbers of the decisions on joining that hold

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The incidents that have findings: latest first, undated ones at the end."""
        cases = self.by_incident.values()
        return tuple(sorted(cases, key=lambda c: (c.incident.time.from_ or "", c.incident.id), reverse=True))

    @cached_property
    def by_event(self) -> dict[tuple[str, str], Finding]:
        return {(f.document, f.event): f for c in self.by_incident.values() for f in c.findings}

    def findings_on(self, document: str) -> tuple[Finding, ...]:
        """The findings on one page's events, in the order of the text."""
        found = (self.by_event.get((document, e.id)) for e in self.page(document).events)
        return tuple(f for f in found if f is not None)

    def event(self, document: str, event: str) -> Event:
        """An event as people left it, rejected ones too; raises UsageError `no_such_part`."""
        laid = self.laid.get(document)
        events = (*laid.reading.events, *laid.rejected) if laid else ()
        found = next((e for e in events if e.id == event), None)
        if found is None:
            raise UsageError("no_such_part", f"no event {event!r} on {document!r}")
        return found

    def incident_of(self, at: ReportAt) -> str | None:
        """The id of the incident that holds a report which a decision names."""
        page = self.pages.get(at.document)
        touching = (e for e in page.events if e.trigger.start < at.end and at.start < e.trigger.end) if page else ()
        found = (self.by_event.get((at.document, e.id)) for e in touching)
        return next((f.incident for f in found if f), None)

    def page(self, document: str) -> Page:
        """Raises UsageError `no_document`."""
        try:
            return self.pages[document]
        except KeyError:
            raise UsageError("no_document", f"no document {document!r}") from None

    def last(self, document: str, target: str) -> int:
        """The number of the last record on a thing; 0 when there is none."""
        records = self.records_of.get(document, ())
        return max((r.number for r in records if r.target == target), default=0)

    @cached_property
    def queue(self) -> tuple[Finding, ...]:
        """What is still to be decided: what weighs most under the truce first, the newest first of these."""
        rows = []
        for case in self.by_incident.values():
            for row in case.rows:
                laid = self.laid[row[2]]
                if row[3] not in laid.decided:
                    rows.append((row[0] - 1.0, *row[1:]) if row[3] in laid.again else row)
        return tuple(row[-1] for row in sorted(rows, key=itemgetter(0, 1, 2, 3)))

    @property
    def open(self) -> int:
        """How many findings are still to be decided."""
        return sum(
            row[3] not in self.laid[row[2]].decided for case in self.by_incident.values() for row in case.rows
        )

    def second(self, who: str) -> list[tuple[str, str]]:
        """What others decided and this person did not, as document and event: the latest decision first."""
        found = [
            (-record.number, name, event)
            for name, records in self.records_of.items()
            if records
            for event, record in self.laid[name].decided.items()
            if all(r.who != who for r in records if r.target == record.target and r.action != "undo")
        ]
        return [(name, event) for _, name, event in sorted(found)]


def _weight(finding: Finding, event: Event) -> float:
    """How much a look at a finding may change: breaches and open ones over settled ones, contested ones more, and
    the less sure the reader was, the more. What is asked again weighs more than that."""
    score = {"undetermined": 3.0, "not_covered": 0.0, "not_prohibited": 0.0}.get(finding.verdict, 2.0)
    score += 2.0 if finding.verdict.startswith("breach") else 0.0
    score += 1.0 if finding.grade == "contested" else 0.0
    return round(score + 1.0 - event.confidence, 2)


class Desk:
    """The store and the truce of this run, and the table on which their contents lie."""

    def __init__(self, store: Store, truce: Truce) -> None:
        self.store = store
        self._lock = threading.Lock()
        self._machine: dict[str, Reading] = {}
        self._records: list[Decision] = []
        self._bench = truces.Bench(truce)
        self._table = Table(truce)

    @property
    def truce(self) -> Truce:
        return self._table.truce

    def table(self) -> Table:
        """The table as it stands now; raises StoreError."""
        with self._lock:
            touched = {*self._new_pages(), *self._new_records()}
            if touched:
                self._lay(touched)
            return self._table

    def judge_under(self, truce: Truce) -> None:
        """Judge under another truce or another wording of this one; what that does not touch stands."""
        with self._lock:
            earlier = truces.Earlier(self._table.truce, self._bench.incidents, self._bench.findings)
            self._bench = truces.Bench(truce)
            self._table = Table(truce)
            self._lay(self._machine, earlier)

    def _new_pages(self) -> Iterable[str]:
        """The ids of pages that came to the store since; every page's, when some were missed."""
        count = self.store.count()
        if count == len(self._machine):
            return ()
        fresh = {r.document.id: r for r in self.store.readings(skip=len(self._machine))}
        if len(self._machine) + len(fresh) != count:
            fresh = {r.document.id: r for r in self.store.readings()}
        self._machine |= fresh
        return fresh

    def _new_records(self) -> Iterable[str]:
        """The documents on which people decided since; all that have records, when some were missed."""
        count = self.store.decisions.count()
        if count == len(self._records):
            return ()
        last = self._records[-1].number if self._records else 0
        fresh = self.store.decisions.all(after=last)
        if len(self._records) + len(fresh) != count:
            self._records, fresh = [], self.store.decisions.all()
        self._records += fresh
        return {r.document for r in fresh}

    def _lay(self, touched: Iterable[str], earlier: truces.Earlier | None = None) -> None:
        """Lay decisions over these pages and judge what they bear on."""
        old, wanted = self._table, set(touched)
        documents = [d for d in self._machine if d in wanted]
        records_of: dict[str, Any] = dict(old.records_of)
        gathered: dict[str, list[Decision]] = {d: [] for d in documents}
        for record in self._records:
            if record.document in gathered:
                gathered[record.document].append(record)
        records_of |= {d: tuple(records) for d, records in gathered.items()}
        fresh = {d: effective(self._machine[d], gathered[d]) for d in documents}
        cases, joined = dict(old.by_incident), groupings(self._records)
        changes = [
            self._bench.decide(joined), self._bench.put([each.reading for each in fresh.values()], earlier),
        ]
        pages = {**old.pages, **{d: self._bench.page(d) for d in fresh}}
        made: dict[str, tuple[Incident, tuple[Finding, ...]]] = {}
        for changed in changes:  # the later one knows better
            for name in changed.gone:
                made.pop(name, None)
                cases.pop(name, None)
            made |= {incident.id: (incident, findings) for incident, findings in changed.made}
        for name, (incident, findings) in made.items():
            cases.pop(name, None)
            if findings:
                cases[name] = self._case(incident, findings, pages)
        laid, held = {**old.laid, **fresh}, frozenset(g.number for g in joined)
        self._table = Table(old.truce, laid, pages, cases, tuple(self._records), records_of, held)

    def _case(self, incident: Incident, findings: Iterable[Finding], pages: Mapping[str, Page]) -> Case:
        ranked = tuple(sorted(findings, key=lambda f: (_RANK[f.verdict], f.document, f.event)))
        told = tuple(
            (page, next(e for e in page.events if e.id == r.event))
            for r in incident.reports
            for page in [pages[r.document]]
        )
        sides = frozenset(side for page, event in told for side in self._bench.sides(page, event))
        return Case(incident, ranked, told, sides)
