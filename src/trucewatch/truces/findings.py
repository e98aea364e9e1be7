"""Findings: each event that a monitor would judge, held against a truce, with every test and its grounds."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from trucewatch.incidents import NEAR, Joiner, Page, iso_day
from trucewatch.model import Act, Area, Because, Event, Finding, Grouping, Incident, Place, Reading, Term, Test, Truce
from trucewatch.model.finding import Grade
from trucewatch.rules.words import find
from trucewatch.truces.acts import closeness, speaks_of
from trucewatch.truces.amendments import as_of
from trucewatch.truces.areas import inside as is_inside
from trucewatch.truces.changes import Change, Earlier
from trucewatch.truces.evidence import COUNTED, Fact, Pages, Telling, is_news, mark, spot, tellings
from trucewatch.truces.ladder import LADDER, Decision, Outcome, decide
from trucewatch.truces.loading import moment
from trucewatch.truces.roster import EVERY_PARTY, Roster, Standing

# Acts that bear on any ceasefire. Talk is judged only where a term of the truce speaks of it.
ALWAYS_JUDGED = frozenset(("ASSAULT", "MOBILIZE", "COERCE", "RETREAT", "AID", "THREATEN"))
_TALKS = frozenset(("CONSULT", "AGREE"))
_WORDS = frozenset(("CONSULT", "AGREE", "REJECT", "SUPPORT", "CONCEDE", "ACCUSE", "REQUEST"))
# Declaring, starting or keeping a ceasefire, or leaving an office: what a deal is made of, no act under it.
_NOT_JUDGED = frozenset((("RETREAT", "ceasefire"), ("RETREAT", "resign")))
_LEAST_OVERLAP = dt.timedelta(hours=1)  # of a day that a truce begins late in


def assess(truce: Truce, readings: Sequence[Reading], *, joint: bool = False) -> tuple[Finding, ...]:
    """One finding an event that a monitor would judge, in order of the documents and of the text.

    Without `joint` each page is judged alone; with it, reports of one happening on several pages are judged
    together. Nothing is raised for odd readings: what the tests need and cannot find is named in `missing`.
    """
    if joint:
        return judge(truce, readings)[1]
    return tuple(f for reading in readings for f in judge(truce, [reading])[1])


def judge(
    truce: Truce, readings: Sequence[Reading], groupings: Iterable[Grouping] = ()
) -> tuple[tuple[Incident, ...], tuple[Finding, ...]]:
    """The incidents that these pages tell of together, joined with the truce's sides and what people decided in mind,
    and the findings on them; every finding's `incident` is the id of one of the incidents."""
    bench = Bench(truce)
    bench.decide(groupings)
    bench.put({r.document.id: r for r in readings}.values())
    return bench.incidents, bench.findings


@dataclass(frozen=True, slots=True)
class Rejudged:
    """Incidents and findings after a change, and on how many incidents the findings were made anew."""

    incidents: tuple[Incident, ...]
    findings: tuple[Finding, ...]
    looked_at: int


def rejudge(
    truce: Truce, readings: Sequence[Reading], earlier: Earlier, groupings: Iterable[Grouping] = ()
) -> Rejudged:
    """What `judge` gives, with those findings of an earlier assessment kept that neither the truce's change nor what
    changed on pages and in the joining of their reports bears on."""
    bench = Bench(truce)
    bench.decide(groupings)
    bench.put({r.document.id: r for r in readings}.values(), earlier)
    return Rejudged(bench.incidents, bench.findings, bench.looked_at)


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of the incidents: those that were made or judged anew, with their findings, and the ids of
    those that are no more."""

    made: tuple[tuple[Incident, tuple[Finding, ...]], ...]
    gone: frozenset[str]


class Bench:
    """Pages judged together under one truce, and kept so page by page: a page that comes, or comes again with
    other events on the same text, has only those incidents made and judged anew that it bears on. In the end
    everything is as if all pages had come at once."""

    def __init__(self, truce: Truce) -> None:
        self.truce = truce
        self._roster = Roster(truce)
        self._pages: dict[str, Page] = {}
        self._shared = Pages(self._pages, self._roster)
        self._joiner = Joiner(lambda page, event: _sides(self._shared, page, event))
        self._found: dict[str, tuple[Finding, ...]] = {}
        self._on: dict[str, set[str]] = defaultdict(set)  # page → incidents that it reports
        self.looked_at = 0  # how often an incident was judged

    @property
    def incidents(self) -> tuple[Incident, ...]:
        """All incidents, sorted by id."""
        return self._joiner.incidents

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, in order of the pages' coming and of the text."""
        order = {document: number for number, document in enumerate(self._pages)}
        triggers = {(p.id, e.id): e.trigger for p in self._pages.values() for e in p.events}
        found = (f for each in self._found.values() for f in each)
        return tuple(sorted(found, key=lambda f: (order[f.document], triggers[f.document, f.event], f.event)))

    def page(self, document: str) -> Page:
        """A page as it was put; KeyError where there is none."""
        return self._pages[document]

    def sides(self, page: Page, event: Event) -> frozenset[str]:
        """Who acts, as the truce knows them: parties by their id, excluded groups and strangers by their name."""
        return _sides(self._shared, page, event)

    def put(self, readings: Iterable[Reading], earlier: Earlier | None = None) -> Changed:
        """Take pages in, new ones or ones read again; what changed by it. Findings of an `earlier` assessment are
        taken over where they stand."""
        fresh = {r.document.id: r for r in readings}
        for name, reading in fresh.items():
            self._shared.put(Page(reading))
            self._joiner.drop(name)
        for name in sorted(fresh):
            self._joiner.note(fresh[name])
        return self._settled(fresh, earlier)

    def decide(self, groupings: Iterable[Grouping]) -> Changed:
        """Let these groupings of reports hold, and no others; what changed by it."""
        self._joiner.decide(tuple(groupings))
        return self._settled(())

    def _settled(self, fresh: Iterable[str], earlier: Earlier | None = None) -> Changed:
        """Make and judge the incidents that wait for it, and judge those that the fresh pages report."""
        made = {i.id: i for i in self._joiner.settle()}
        for name in self._joiner.gone:
            self._found.pop(name, None)
        # What a page says elsewhere bears on its other incidents, too.
        beside = {i for name in fresh for i in self._on.pop(name, ()) if i in self._found}
        made |= {name: self._joiner.incident(name) for name in beside}
        change = Change(earlier.truce, self.truce, judged) if earlier else None
        for incident in made.values():
            for report in incident.reports:
                self._on[report.document].add(incident.id)
            stands = earlier.standing(incident, self._pages, change) if earlier and change else None
            self._found[incident.id] = self._judged(incident) if stands is None else stands
        return Changed(tuple((i, self._found[i.id]) for i in made.values()), self._joiner.gone)

    def _judged(self, incident: Incident) -> tuple[Finding, ...]:
        self.looked_at += 1
        reports = tellings(incident, self._pages)
        return tuple(
            _Case(self.truce, self._shared, incident, reports, telling).finding()
            for telling in reports
            if judged(self.truce, telling.page, telling.event)
        )


def _sides(pages: Pages, page: Page, event: Event) -> frozenset[str]:
    """The sides that act, for joining: parties by their id, excluded groups and strangers by their name."""
    standings = (f.standing for f in pages.named_actors(Telling(page, event)))
    return frozenset(
        s.party or s.name for s in standings if s.kind not in ("unknown", "civilian") and s.party != EVERY_PARTY
    )


def judged(truce: Truce, page: Page, event: Event) -> bool:
    """Whether a monitor would judge an event: done or meant, not denied; talk where a term speaks of it."""
    if event.polarity == "negated" or (event.type in _TALKS and event.status not in ("occurred", "ongoing")):
        return False
    if (event.type, event.mode) not in _NOT_JUDGED and event.type in ALWAYS_JUDGED:
        return True
    terms = (*truce.terms, *(term for amendment in truce.amendments for term in amendment.terms))
    words, sentence = page.words(event.trigger), page.words(page.sentence(event.trigger.start))
    return any(
        speaks_of(act, event.type, event.mode, words, sentence)
        for term in terms
        for act in (*term.acts, *term.breached_by)
    )


@dataclass(frozen=True, slots=True)
class _Answer:
    """The outcome of one test, what it rests on, and why in words."""

    outcome: Outcome
    because: tuple[Because, ...]
    note: str


class _Case:
    """One event of an incident before the truce: every test answered once, then decided by the ladder."""

    def __init__(
        self, truce: Truce, pages: Pages, incident: Incident, reports: tuple[Telling, ...], telling: Telling
    ) -> None:
        self.pages, self.incident, self.telling = pages, incident, telling
        self.page, self.event = telling.page, telling.event
        self.told = reports if telling in reports else (telling,)
        self.here = Because("report", self.event.trigger.start, self.event.trigger.end)
        self.when = self._when()
        days = self.when[0]
        self.truce = as_of(truce, (days[1] or days[0]) if days else None)
        self.actors = pages.actors(telling, tuple(t for t in self.told if t is not telling))
        self.parties: set[str | None] = {f.standing.party for f in self.actors if f.standing.bound}
        self.owed = self._term("requires")
        self.forbidding = self._term("prohibits")

    def finding(self) -> Finding:
        answers = {rung.name: getattr(self, f"_{rung.name}")() for rung in LADDER}
        decision = decide({name: answer.outcome for name, answer in answers.items()})
        term = self._deciding_term(decision)
        tests = tuple(
            Test(n, answers[n].outcome, self._cited(answers[n].because), answers[n].note)
            for n in decision.asked
        )
        return Finding(
            document=self.page.id,
            event=self.event.id,
            incident=self.incident.id,
            truce=self.truce.id,
            term=term.id if term else None,
            verdict=decision.verdict,
            missing=decision.missing,
            grade=self._grade(decision, answers),
            tests=tests,
            reason=_reason(decision, answers),
            parties=tuple(sorted(p for p in self.parties if p and p != EVERY_PARTY)),
        )

    def _cited(self, because: tuple[Because, ...]) -> tuple[Because, ...]:
        """What an answer rests on; characters of another page keep that page's id after the @."""
        here = f"@{self.page.id}"
        return tuple(Because(b.id.removesuffix(here), b.start, b.end) for b in dict.fromkeys(because))

    def _deciding_term(self, decision: Decision) -> Term | None:
        if decision.verdict == "compliance":
            return self.owed[0] if self.owed else None
        if decision.verdict in ("not_prohibited", "intent_only"):
            return None
        return self.forbidding[0] if self.forbidding and "prohibited" in decision.asked else None

    # ------------------------------------------------------------------------------------ the tests

    def _status(self) -> _Answer:
        event = self.event
        if event.type == "THREATEN" and not self.forbidding:
            return _Answer("no", (self.here,), "a threat, not an act")
        if event.status in ("occurred", "ongoing"):
            return _Answer("yes", (self.here,), f"told as {event.status}")
        if event.status == "possible":
            return _Answer("unknown", (self.here,), "told as possible only")
        return _Answer("no", (self.here,), f"{event.status}, not done")

    def _time(self) -> _Answer:
        time, because, note = self.when
        if time is None:
            return _Answer("unknown", because, note)
        first, last = time
        starts = [moment(self._effective(p)) for p in self.parties] or [moment(self.truce.effective)]
        start, end = min(starts), moment(self.truce.ends) if self.truce.ends else None
        zone = start.tzinfo
        begins = dt.datetime.combine(dt.date.fromisoformat(first), dt.time(), zone) if first else None
        stops = (
            dt.datetime.combine(dt.date.fromisoformat(last) + dt.timedelta(days=1), dt.time(), zone)
            if last
            else None
        )
        if stops and stops - start < _LEAST_OVERLAP:
            return _Answer("no", because, f"{note}, before the start on {start.date()}")
        if end and begins and begins >= end:
            return _Answer("no", because, f"{note}, after the end on {end.date()}")
        if begins and begins >= start and (end is None or (stops and stops <= end)):
            return _Answer("yes", because, f"{note}, after the start on {start.date()}")
        return _Answer("unknown", because, f"{note}, which may lie before the start or after the end")

    def _effective(self, party_id: str | None) -> str:
        party = self.pages.roster.party(party_id)
        return (party.effective if party else None) or self.truce.effective

    def _when(self) -> tuple[tuple[str | None, str | None] | None, tuple[Because, ...], str]:
        """Days of the act: its own, those of another report of the incident, or, for news, of publication."""
        for telling in (self.telling, *self.told):
            time = telling.event.time
            first, last = iso_day(time.from_), iso_day(time.to)
            if (first or last) and time.basis != "document":
                where = (
                    mark(telling.page, "time.expression", time.start, time.end)
                    if time.start is not None and time.end is not None
                    else spot(telling.page, "time.event", telling.event.trigger)
                )
                days = first if first == last else f"{first or '…'} to {last or '…'}"
                own = telling is self.telling
                return (first, last), (where,), days or "" if own else f"{days} by another report"
        published = self.page.published
        if published and is_news(self.page, self.event):
            return (published, published), (self.here,), f"no date of its own; told as news on {published}"
        return None, (self.here,), "no date"

    def _area(self) -> _Answer:
        area = self._bounds()
        if area == Area():
            return _Answer("yes", (), "it holds everywhere")
        if self.event.type in _WORDS:
            return _Answer("yes", (self.here,), "talks and words are owed wherever they are held")
        for telling in (self.telling, *self.told):
            place = telling.event.place
            inside = is_inside(area, place) if place else None
            if place and inside is not None and (inside or not self._out_of_the_way(area, place)):
                note = f"{place.name or place.text} lies {'inside' if inside else 'outside'} the area"
                where = (mark(telling.page, "place.expression", place.start, place.end),)
                return _Answer("yes" if inside else "no", where, note)
        return self._area_of_page(area)

    def _bounds(self) -> Area:
        """Where it holds for those who acted: the areas of their own that the deal gives them, else the truce's."""
        parties = [self.pages.roster.party(p) for p in self.parties]
        areas = [p.area if p and p.area else self.truce.area for p in parties] or [self.truce.area]
        shapes = [a.geojson for a in areas if a.geojson]
        if Area() in areas:
            return Area()
        return Area(
            countries=tuple(sorted({c for a in areas for c in a.countries})),
            admin1=tuple(sorted({n for a in areas for n in a.admin1})),
            places=tuple(sorted({n for a in areas for n in a.places})),
            geojson=shapes[0] if shapes else None,
        )

    def _area_of_page(self, area: Area) -> _Answer:
        """With no place of its own an act is where the act told last before it is; else where the acts of the page
        are, if all are in the area."""
        start, paragraph = self.event.trigger.start, self.page.paragraph(self.event.trigger.start)
        before = [
            e.place
            for e in self.page.events
            if e.place and e.type in ALWAYS_JUDGED and not e.background and e.trigger.start < start
            and paragraph - self.page.paragraph(e.trigger.start) <= NEAR and is_inside(area, e.place) is not None
        ]
        if before and is_inside(area, before[-1]):
            last = before[-1]
            note = f"no place of its own; told after an act at {last.name or last.text}, inside the area"
            return _Answer("yes", (Because("place.before", last.start, last.end),), note)
        nearest = sorted(
            (abs(e.trigger.start - self.event.trigger.start), i, e)
            for i, e in enumerate(self.page.events)
            if e.place and e.type in ALWAYS_JUDGED and not e.background and e.id != self.event.id
        )
        told = [
            (inside, e)
            for _, _, e in nearest
            for inside in [is_inside(area, e.place) if e.place else None]
            if inside is not None
        ]
        if told and all(inside for inside, _ in told):
            place = told[0][1].place
            assert place is not None
            return _Answer(
                "yes",
                (Because("place.page", place.start, place.end),),
                "no place of its own; all acts on the page are inside the area",
            )
        if not told and self._about(area):
            return _Answer(
                "yes", (self.here,), "no act on the page has a place; the page speaks of the area most"
            )
        return _Answer("unknown", (self.here,), "no place that can be held against the area")

    def _out_of_the_way(self, area: Area, place: Place) -> bool:
        """A place in a country that the page, which is about the area, nowhere names: more likely a namesake."""
        named = self.pages.countries(self.page)
        return bool(named) and place.country not in named and self.pages.main_country(self.page) in area.countries

    def _about(self, area: Area) -> bool:
        """Whether the country that the page names most is the area, or it names one of its provinces or places."""
        if area.countries:
            return self.pages.main_country(self.page) in area.countries
        text = self.page.text.casefold()
        return any(name.casefold() in text for name in (*area.admin1, *area.places))

    def _actor(self) -> _Answer:
        because = tuple(b for f in self.actors for b in f.because) or (self.here,)
        standings = [f.standing for f in self.actors]
        bound = [s for s in standings if s.bound]
        if (
            self.owed
            and _lets_relief_through(self.event)
            and not any(s.kind == "excluded" for s in standings)
        ):
            return _Answer("yes", because, "relief got through; whoever let it pass is no excluded group")
        if bound:
            late = [s for s in bound if not self._had_joined(s)]
            if len(late) == len(bound):
                return _Answer("no", because, f"{bound[0].name} had not joined yet")
            return _Answer("yes", because, f"by {self._described(bound)}")
        if not standings or any(s.kind in ("unknown", "civilian") for s in standings):
            return _Answer(
                "unknown", because, "who acted is not said, or not matched to anyone under the truce"
            )
        kinds = {"excluded": "is excluded from the truce", "stranger": "never joined"}
        return _Answer(
            "no", because, _listed(f"{s.name} {kinds[s.kind]}" for s in standings)
        )

    def _described(self, bound: list[Standing]) -> str:
        """Those who acted, side by side, each side with its name."""
        sides: dict[tuple[str | None, str], list[str]] = {}
        for standing in bound:
            sides.setdefault((standing.party, standing.kind), []).append(standing.name)
        told = []
        for (party_id, kind), names in sides.items():
            party = self.pages.roster.party(party_id)
            verb = "supporting" if kind == "supporter" else "on the side of"
            known = party is None or names == [party.name]
            told.append(_listed(names) if known or not party else f"{_listed(names)}, {verb} {party.name}")
        return "; and by ".join(told)

    def _had_joined(self, standing: Standing) -> bool:
        party = self.pages.roster.party(standing.party)
        time = self.when[0]
        return not (party and party.joined and time and time[1] and time[1] < party.joined)

    def _owed(self) -> _Answer:
        if self.owed:
            return _Answer(
                "yes", (Because(self.owed[1], *_ends(self.event)),), f"{self.owed[0].id}: {self.owed[0].text}"
            )
        return _Answer("no", (self.here,), "no term asks for it")

    def _prohibited(self) -> _Answer:
        if self.forbidding:
            return _Answer(
                "yes",
                (Because(self.forbidding[1], *_ends(self.event)),),
                f"{self.forbidding[0].id}: {self.forbidding[0].text}",
            )
        return _Answer("no", (self.here,), "no term speaks of it")

    def _target(self) -> _Answer:
        if (
            self.forbidding is None
            or self.forbidding[0].kind == "requires"
            or self.forbidding[0].against == "anyone"
        ):
            return _Answer("yes", (), "the term holds towards everyone")
        against = self.forbidding[0].against
        facts = self._targets()
        if any(f.standing.kind == "excluded" for f in facts):
            # The dead of whom no more than a number is told are of those who were fought.
            facts = [f for f in facts if f.standing.kind != "unknown" and f.standing.rule != COUNTED]
        protected = [f for f in facts if self._protects(against, f.standing)]
        if protected:
            own = [f for f in self.pages.targets(self.telling) if f in protected] or protected
            note = _listed(f.standing.name for f in own) or "somebody protected"
            return _Answer("yes", tuple(b for f in protected for b in f.because), f"against {note}")
        if facts and all(f.standing.kind == "excluded" for f in facts):
            names = _listed(f.standing.name for f in facts)
            return _Answer(
                "no",
                tuple(b for f in facts for b in f.because),
                f"the only target is {names}, which is excluded",
            )
        accusers = self.pages.accusers(self.told, self.parties) if self.parties else []
        if accusers and self._protects(against, accusers[0].standing):
            return _Answer(
                "yes", accusers[0].because, f"against the side of {accusers[0].standing.name}, which says so itself"
            )
        if self.pages.defences(self.told, self.parties):
            return _Answer("yes", (self.here,), "against somebody whose fire the actor says it answered")
        if self.event.type == "MOBILIZE" and not facts:
            return _Answer("yes", (), "a move of forces needs no target")
        return _Answer(
            "unknown", tuple(b for f in facts for b in f.because) or (self.here,), "whom it hit is not said"
        )

    def _targets(self) -> list[Fact]:
        """Who is hit: named in the clause, the other side of a clash, holders of the ground."""
        own = [*self.pages.targets(self.telling), *self._counterparts()]
        if any(f.standing.kind != "unknown" for f in own):
            others = [f for f in own if not (f.standing.bound and f.standing.party in self.parties)]
            return others or own  # the actor's own losses are no target
        fought = self.pages.fought(self.telling)
        if fought:
            return fought
        ground = self.pages.ground(self.telling)
        if ground:
            return ground
        others = [f for t in self.told if t is not self.telling for f in self.pages.targets(t)]
        return [f for f in others if f.standing.kind != "unknown"] or own

    def _counterparts(self) -> list[Fact]:
        """In a clash told without a target, each side is the other's."""
        standings = [f.standing for f in self.actors]
        labels = {s.party or s.name for s in standings if s.kind != "unknown"}
        if self.event.recipients or not self.event.actors or len(labels) < 2:
            return []
        first_bound = next((s for s in standings if s.bound), None)
        return [
            f
            for f in self.actors
            if first_bound is None or (f.standing.party or f.standing.name) != first_bound.party
        ]

    def _protects(self, against: str | tuple[str, ...], standing: Standing) -> bool:
        if standing.kind == "civilian":
            return against == "protected" and "civilians" in self.truce.protected
        if not standing.bound:
            return False
        own_side = self.parties == {standing.party} and standing.party != EVERY_PARTY
        if against == "protected":
            return "parties" in self.truce.protected and not own_side
        return standing.party in against and not own_side

    def _denied(self) -> _Answer:
        denials = [
            (p, d, s)
            for p, d, s in self.pages.denials(self.told)
            if not s.bound or not self.parties or s.party in self.parties or EVERY_PARTY in self.parties
        ]
        rivals = self.pages.rivals(self.told, self.parties) if self.parties else []
        if denials:
            because = tuple(spot(p, "claims.denial", d.source or d.content[0]) for p, d, _ in denials)
            who = next((s.name for _, _, s in denials if s.name), "somebody")
            return _Answer("yes", because, f"denied by {who}" + ("; another is blamed" if rivals else ""))
        if rivals:
            return _Answer(
                "yes",
                tuple(b for f in rivals for b in f.because),
                f"the accused side blames {rivals[0].standing.name}",
            )
        return _Answer("no", (), "nobody denies it")

    def _defended(self) -> _Answer:
        term = self.forbidding[0] if self.forbidding else None
        if term and "self_defence" in term.defences:
            because = tuple(self.pages.defences(self.told, self.parties))
            if because:
                return _Answer("yes", because, "the actor's side says that it only answered")
        return _Answer("no", (), "no defence that the term allows is claimed")

    def _corroborated(self) -> _Answer:
        sources = self.pages.sources(self.told)
        outcome: Outcome = "yes" if len(sources) > 1 else "no"
        names = _listed((self._source_name(s) for s in sources), most=4)
        said = f"said by {names}" if sources else "said by the page alone"
        return _Answer(outcome, tuple(sources.values()), said)

    def _source_name(self, source: str) -> str:
        """A side under its party's name; anybody else as called."""
        side, _, party_id = source.partition(" ")
        party = self.pages.roster.party(party_id)
        if side != "side":
            return source
        return party.name if party else "all sides"

    # ------------------------------------------------------------------------------- terms and grade

    def _term(self, kind: str) -> tuple[Term, str] | None:
        """The term that asks for the act (`requires`) or forbids it, and by which rule: the closest fit."""
        best: tuple[int, Term, str] | None = None
        for term in self.truce.terms:
            acts = term.acts if term.kind == kind else term.breached_by if kind == "prohibits" else ()
            if term.by != "any_party" and self.parties and not self.parties & {*term.by, EVERY_PARTY}:
                continue
            for act in acts:
                rule = speaks_of(
                    act, self.event.type, self.event.mode, self.page.words(self.event.trigger), self._words()
                )
                if rule and kind == "requires" and not self._is_relief_or_other(act):
                    continue
                if rule and (best is None or closeness(act, rule) > best[0]):
                    best = (closeness(act, rule), term, rule)
        return best[1:] if best else None

    def _words(self) -> str:
        """The sentence of the act, with the one before when a number or pronoun tells what is acted on."""
        sentence = self.page.sentence(self.event.trigger.start)
        start = sentence.start
        if all(len(self.page.words(r).split()) <= 2 for r in self.event.recipients):
            before = self.page.previous_sentence(sentence.start)
            start = before.start if before and not find("relief", self.page.words(sentence)) else start
        return self.page.text[start : sentence.end]

    def _is_relief_or_other(self, act: Act) -> bool:
        """Arms sent to a party are AID to the codebook, and no relief."""
        if act.type != "AID":
            return True
        sentence = self.page.words(self.page.sentence(self.event.trigger.start))
        to_a_force = any(f.standing.bound for f in self.pages.targets(self.telling))
        return not to_a_force and (
            find("military_help", sentence) is None or find("relief", sentence) is not None
        )

    def _grade(self, decision: Decision, answers: dict[str, _Answer]) -> Grade:
        """How well the claim stands, apart from the verdict on the act (after Airwars' grades)."""
        if answers["denied"].outcome == "yes":
            return "contested"
        if answers["target"].outcome == "no" and decision.verdict == "not_covered":
            return "discounted"
        sources = self.pages.sources(self.told)
        if any(f"side {p}" in sources for p in self.parties):
            return "confirmed"
        return "fair" if len(sources) > 1 else "weak"


def _listed(names: Iterable[str], most: int = 3) -> str:
    """Names as English lists them, each once; no more than `most`, then "others"."""
    known = [n for n in dict.fromkeys(names) if n]
    shown = known if len(known) <= most else [*known[:most], "others"]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _ends(event: Event) -> tuple[int, int]:
    return event.trigger.start, event.trigger.end


def _lets_relief_through(event: Event) -> bool:
    return event.type == "AID" or (event.type, event.mode) == ("RETREAT", "access")


def _reason(decision: Decision, answers: dict[str, _Answer]) -> str:
    """Plain English: the answers that carry the verdict."""
    if decision.verdict == "undetermined":
        unknown = [answers[n].note for n in decision.asked if answers[n].outcome == "unknown"]
        return f"Cannot be decided: {'; '.join(unknown)}."
    last = [answers[n] for n in decision.asked]
    if decision.verdict in ("intent_only", "not_covered", "not_prohibited", "compliance"):
        deciding = next(
            (
                a
                for n, a in zip(decision.asked, last, strict=True)
                if (n == "owed" and a.outcome == "yes") or (n != "owed" and a.outcome == "no")
            ),
            last[-1],
        )
        return deciding.note[:1].upper() + deciding.note[1:] + "."
    act = ", ".join(answers[n].note for n in ("actor", "target") if answers[n].note.startswith(("by ", "against ")))
    parts = [act, answers["prohibited"].note, answers[decision.asked[-1]].note]
    text = "; ".join(p for p in parts if p)
    return text[:1].upper() + text[1:] + "."
