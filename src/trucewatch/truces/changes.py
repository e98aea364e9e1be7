"""What a change to a truce touches: which findings must be made anew, and which stand as they are.

A finding follows from the reports of its incident, the pages they stand on, and the truce. Where the first two are the
same, it stands unless the change bears on them: a name that a page does not hold, a term that speaks of other acts, an
end after the act, an area that holds all its places as before, change nothing. In doubt it is made anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from trucewatch.incidents import Page, iso_day
from trucewatch.model import Event, Finding, Incident, Party, Term, Truce
from trucewatch.rules.words import find
from trucewatch.truces.acts import speaks_of
from trucewatch.truces.amendments import as_of
from trucewatch.truces.areas import inside
from trucewatch.truces.evidence import is_news
from trucewatch.truces.loading import moment
from trucewatch.truces.roster import REBEL_SECTORS, Roster, all_countries_in, tokens

Judged = Callable[[Truce, Page, Event], bool]
K = TypeVar("K")
V = TypeVar("V")


class Earlier:
    """An earlier assessment: `truce` as it was then, what was found, and the `stale` pages, read otherwise then."""

    def __init__(
        self, truce: Truce, incidents: Iterable[Incident], findings: Iterable[Finding], stale: Iterable[str] = ()
    ) -> None:
        self.truce = truce
        self.findings = tuple(findings)
        self._reports = {i.id: i.reports for i in incidents}
        self._found: dict[str, list[Finding]] = defaultdict(list)
        for finding in self.findings:
            self._found[finding.incident].append(finding)
        self._stale = frozenset(stale)

    def standing(self, incident: Incident, pages: Mapping[str, Page], change: Change) -> tuple[Finding, ...] | None:
        """The findings on an incident, when they stand; None when they must be made anew."""
        if self._reports.get(incident.id) != incident.reports:
            return None
        found = tuple(self._found.get(incident.id, ()))
        on = sorted({r.document for r in incident.reports})
        if not self._stale.isdisjoint(on) or change.touches(incident, [pages[name] for name in on], found):
            return None
        return found


class Change:
    """The difference between a truce `before` and `after`. `judged` says whether a monitor would judge an event."""

    def __init__(self, before: Truce, after: Truce, judged: Judged) -> None:
        self._before, self._after, self._judged = before, after, judged
        self._names = _Names(before, after)
        self._stages: dict[tuple[Truce, Truce], _Stage] = {}
        self._on_page: dict[str, bool] = {}
        self._is_all = before.id != after.id or before.protected != after.protected

    def touches(self, incident: Incident, pages: Iterable[Page], found: Iterable[Finding]) -> bool:
        """Whether the findings on an incident, with the pages that report it, may be others after the change."""
        if self._before == self._after:
            return False
        by_id = {page.id: page for page in pages}
        if self._is_all or any(self._names_on(page) for page in by_id.values()):
            return True
        events = [
            (page, e) for r in incident.reports for page in [by_id[r.document]] for e in page.events if e.id == r.event
        ]
        if any(self._judged(self._before, *told) != self._judged(self._after, *told) for told in events):
            return True
        timed = any(test.name == "time" for finding in found for test in finding.tests)
        days = _days(events)
        return any(self._stage(day).touches(events, by_id.values(), days, timed=timed) for day in days)

    def _names_on(self, page: Page) -> bool:
        if page.id not in self._on_page:
            self._on_page[page.id] = self._names.on(page)
        return self._on_page[page.id]

    def _stage(self, day: str | None) -> _Stage:
        """The truce before and after the change, each as it stood on a day."""
        both = as_of(self._before, day), as_of(self._after, day)
        if both not in self._stages:
            self._stages[both] = _Stage(*both)
        return self._stages[both]


def _days(events: Iterable[tuple[Page, Event]]) -> set[str | None]:
    """Every day on which the act may be taken to lie; None where it may have none."""
    dated: set[str | None] = set()
    for _, event in events:
        if event.time.basis != "document":
            dated |= {iso_day(event.time.from_), iso_day(event.time.to)}
    dated.discard(None)
    return dated or {page.published if is_news(page, event) else None for page, event in events}


@dataclass(frozen=True)
class _Stage:
    """Terms, area, start and end, before and after."""

    before: Truce
    after: Truce

    def touches(
        self, events: list[tuple[Page, Event]], pages: Iterable[Page], days: set[str | None], *, timed: bool
    ) -> bool:
        if timed and (self.before.effective != self.after.effective or self._ends_near(days)):
            return True
        if self.before.area != self.after.area and any(self._area_on(page) for page in pages):
            return True
        return any(self._speaks_of(page, event) for page, event in events)

    def _ends_near(self, days: set[str | None]) -> bool:
        """Whether the end has changed, and the act may lie after the earlier of both."""
        if self.before.ends == self.after.ends:
            return False
        ends = [moment(t.ends).date().isoformat() for t in (self.before, self.after) if t.ends]
        return any(day is None or day >= min(ends) for day in days)

    def _area_on(self, page: Page) -> bool:
        """Whether a place of the page lies otherwise to the area, or the page is about what differs."""
        one, other = self.before.area, self.after.area
        empty = type(one)()
        if empty in (one, other):
            return True
        if any(inside(one, e.place) != inside(other, e.place) for e in page.events if e.place):
            return True
        countries = set(one.countries) ^ set(other.countries)
        names = {*one.admin1, *one.places} ^ {*other.admin1, *other.places}
        text = page.text.casefold()
        return any(name.casefold() in text for name in names) or not countries.isdisjoint(all_countries_in(page.text))

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        """The terms that differ, as they were and as they are; all of them where their order differs."""
        one, other = self.before.terms, self.after.terms
        kept = [t for t in one if t in other]
        if kept != [t for t in other if t in one]:
            return (*one, *other)
        return tuple(t for t in (*one, *other) if t not in kept)

    def _speaks_of(self, page: Page, event: Event) -> bool:
        sentence = page.sentence(event.trigger.start)
        before = page.previous_sentence(sentence.start)
        told = {page.text[start : sentence.end] for start in (sentence.start, (before or sentence).start)}
        return any(
            speaks_of(act, event.type, event.mode, page.words(event.trigger), words)
            for term in self._terms
            for act in (*term.acts, *term.breached_by)
            for words in told
        )


class _Names:
    """Which words of a page tell of somebody whose standing, or whose party, differs."""

    def __init__(self, before: Truce, after: Truce) -> None:
        self._before, self._after = Roster(before), Roster(after)
        self._differing = {
            party_id
            for party_id in {p.id for t in (before, after) for p in t.parties}
            if _conditions(self._before.party(party_id)) != _conditions(self._after.party(party_id))
        }
        old, new = self._before, self._after
        self._phrases = {frozenset(p) for p in self._unlike(old.phrases, new.phrases, lambda s: s.party)}
        self._phrases |= {frozenset([w]) for w in self._unlike(old.adjectives, new.adjectives, lambda s: s.party)}
        self._countries = {
            *self._unlike(old.states, new.states, lambda party: party),
            *self._unlike(old.supporting_states, new.supporting_states, lambda party: party),
        }
        self._rebels = self._is_unlike(old.rebels, new.rebels)
        self._forces = self._is_unlike(_only_state(old), _only_state(new))
        # The order of parties tells which one a word of two belongs to.
        self._is_all = [p.id for p in before.parties if p in after.parties] != [
            p.id for p in after.parties if p in before.parties
        ]

    def _unlike(self, old: Mapping[K, V], new: Mapping[K, V], party: Callable[[V], str | None]) -> set[K]:
        """The keys under which another value stands, or one of a party that differs."""
        return {
            key
            for key in {*old, *new}
            if old.get(key) != new.get(key) or party(new[key]) in self._differing
        }

    def _is_unlike(self, old: str | None, new: str | None) -> bool:
        return old != new or new in self._differing

    def on(self, page: Page) -> bool:
        """Whether any such words stand on a page or in what its entities are called."""
        entities = page.entities.values()
        named = " ".join(filter(None, (part for e in entities for part in (e.name, (e.actor or "").replace("-", " ")))))
        words = {*tokens.__wrapped__(page.text), *tokens.__wrapped__(named)}
        if self._is_all or any(phrase <= words for phrase in self._phrases):
            return True
        if self._countries and not self._countries.isdisjoint(
            {*all_countries_in(page.text), *all_countries_in(named), *(e.country for e in entities)}
        ):
            return True
        told = f"{page.text} {named}"
        if self._rebels and (find("rebel_force", told) or any(e.sector in REBEL_SECTORS for e in entities)):
            return True
        return self._forces and find("state_force", told) is not None


def _conditions(party: Party | None) -> tuple[object, ...]:
    """What is said of a party as a whole."""
    return (party.name, party.joined, party.effective, party.area) if party else ()


def _only_state(roster: Roster) -> str | None:
    """The party that "the army" without a name must be."""
    parties = set(roster.states.values())
    return next(iter(parties)) if len(parties) == 1 else None
