"""What lies on the desk: the store's pages with decisions laid over them, judged under one truce.

Made anew when pages or decisions were added, and shared by every request until then.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from trucewatch import truces
from trucewatch.briefs.wording import VERDICTS
from trucewatch.errors import UsageError
from trucewatch.incidents import Page
from trucewatch.model import Event, Finding, Incident, Reading, Truce
from trucewatch.store import Decision, Laid, Store, effective

_RANK = {verdict: number for number, verdict in enumerate(VERDICTS)}


@dataclass(frozen=True)
class Case:
    """One incident with its findings, the weightiest first, and where its reports stand."""

    incident: Incident
    findings: tuple[Finding, ...]
    publishers: tuple[str, ...]
    actors: tuple[str, ...]

    @property
    def finding(self) -> Finding | None:
        return self.findings[0] if self.findings else None

    @property
    def verdict(self) -> str:
        return self.findings[0].verdict if self.findings else ""


class Table:
    """Everything that pages are made from; built once, never changed."""

    def __init__(self, truce: Truce, machine: Sequence[Reading], records: Sequence[Decision]) -> None:
        by_page: dict[str, list[Decision]] = defaultdict(list)
        for record in records:
            by_page[record.document].append(record)
        self.truce = truce
        self.records = tuple(records)
        self.laid: dict[str, Laid] = {r.document.id: effective(r, by_page[r.document.id]) for r in machine}
        self.pages = {name: Page(each.reading) for name, each in self.laid.items()}
        self.incidents, self.findings = truces.judge(truce, [each.reading for each in self.laid.values()])

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The incidents that have findings: latest first, undated ones at the end."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            found[finding.incident].append(finding)
        cases = [self._case(i, found[i.id]) for i in self.incidents if i.id in found]
        return tuple(sorted(cases, key=lambda c: (c.incident.time.from_ or "", c.incident.id), reverse=True))

    def _case(self, incident: Incident, findings: list[Finding]) -> Case:
        ranked = tuple(sorted(findings, key=lambda f: (_RANK[f.verdict], f.document, f.event)))
        pages = dict.fromkeys(r.document for r in incident.reports)
        publishers = tuple(dict.fromkeys(self.pages[p].reading.document.publisher or p for p in pages))
        names: dict[str, None] = {}
        for report in incident.reports:
            page, event = self.pages[report.document], self.event(report.document, report.event)
            for part in event.actors:
                entity = page.entity(part)
                names[(entity.name if entity else None) or page.words(part)] = None
        return Case(incident, ranked, publishers, tuple(names))

    @cached_property
    def by_incident(self) -> dict[str, Case]:
        return {c.incident.id: c for c in self.cases}

    @cached_property
    def by_event(self) -> dict[tuple[str, str], Finding]:
        return {(f.document, f.event): f for f in self.findings}

    @cached_property
    def _events(self) -> dict[tuple[str, str], Event]:
        return {(name, e.id): e for name, each in self.laid.items() for e in (*each.reading.events, *each.rejected)}

    def event(self, document: str, event: str) -> Event:
        """An event as people left it, rejected ones too; raises UsageError `no_such_part`."""
        try:
            return self._events[document, event]
        except KeyError:
            raise UsageError("no_such_part", f"no event {event!r} on {document!r}") from None

    def page(self, document: str) -> Page:
        """Raises UsageError `no_document`."""
        try:
            return self.pages[document]
        except KeyError:
            raise UsageError("no_document", f"no document {document!r}") from None

    def last(self, document: str, target: str) -> int:
        """The number of the last record on a thing; 0 when there is none."""
        return max((r.number for r in self.records if (r.document, r.target) == (document, target)), default=0)

    @cached_property
    def queue(self) -> tuple[Finding, ...]:
        """What is still to be decided: what weighs most under the truce first, the least certain first of these."""
        open_ = [f for f in self.findings if f.event not in self.laid[f.document].decided]
        return tuple(sorted(open_, key=lambda f: (-self.weight(f), f.document, f.event)))

    def weight(self, finding: Finding) -> float:
        """How much a look at a finding may change: breaches and open ones over settled ones, contested ones more,
        what is asked again more, and the less sure the reader was, the more."""
        score = {"undetermined": 3.0, "not_covered": 0.0, "not_prohibited": 0.0}.get(finding.verdict, 2.0)
        score += 2.0 if finding.verdict.startswith("breach") else 0.0
        score += 1.0 if finding.grade == "contested" else 0.0
        score += 1.0 if finding.event in self.laid[finding.document].again else 0.0
        return score + 1.0 - self.event(finding.document, finding.event).confidence


class Desk:
    """The store and the truce of this run, and the table on which their contents lie."""

    def __init__(self, store: Store, truce: Truce) -> None:
        self.store = store
        self.truce = truce
        self._lock = threading.Lock()
        self._machine: dict[str, Reading] | None = None
        self._made: tuple[int, int, Table] | None = None

    def table(self) -> Table:
        """The table as it stands now; raises StoreError."""
        with self._lock:
            pages, records = self.store.count(), self.store.decisions.count()
            if self._made is None or self._made[:2] != (pages, records):
                if self._machine is None or len(self._machine) != pages:
                    self._machine = {r.document.id: r for r in self.store.readings()}
                table = Table(self.truce, list(self._machine.values()), self.store.decisions.all())
                self._made = (pages, records, table)
            return self._made[2]

    def forget(self) -> None:
        """Pages were read again: look at the store anew."""
        with self._lock:
            self._machine = self._made = None

    def drawn(self, document: str) -> Reading:
        """The page as the machine read it; raises StoreError."""
        return self.store.reading(document)
