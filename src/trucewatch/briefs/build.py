"""Building a brief from readings, incidents and findings. Pure: the same values give the same brief."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from trucewatch.briefs import quoting, summing
from trucewatch.briefs.values import Brief, Case, Piece, Previous, Rung, Voice
from trucewatch.briefs.values import Page as PageLine
from trucewatch.briefs.wording import VERDICTS, act
from trucewatch.errors import UsageError
from trucewatch.gazetteer.boundaries import province_at
from trucewatch.incidents import Page
from trucewatch.model import Claim, Document, Finding, Incident, Place, Reading, Truce
from trucewatch.truces.roster import Roster

_CIVIL = frozenset(("civilian", "journalist", "aid_worker", "child", "woman"))
_OWNER = re.compile(r"(its|their|his|her|our|my|it|they|he|she|we|who|which|that)\b", re.I)  # of no name of its own
_BARE = 30  # characters of a place name; more is a description
_ORDER = {verdict: n for n, verdict in enumerate(VERDICTS)}
# Where reports of one incident are judged differently: a denial of one report holds for all, and what is
# decided outweighs what is not, as on the ladder of tests.
_RANK = {verdict: n for n, verdict in enumerate((
    "breach_contested", "defence_claimed", "breach_corroborated", "breach_alleged", "compliance",
    "undetermined", "intent_only", "not_prohibited", "not_covered",
))}


def build(
    truce: Truce, readings: Iterable[Reading], incidents: Iterable[Incident], findings: Iterable[Finding], *,
    since: str | None = None, until: str | None = None,
) -> Brief:
    """The brief of a truce over a period.

    `since` and `until` are ISO days, both included; without them all that is given is told. An incident
    without a date is told when one of its pages was published within the period or has no date either.
    Findings of other truces are passed over. Raises UsageError for a day that is none.
    """
    period = _period(since, until)
    pages = {r.document.id: Page(r) for r in readings}
    judged: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.truce == truce.id:
            judged.setdefault(finding.incident, []).append(finding)
    everything = tuple(incidents)
    told = [i for i in everything if _within(i, pages, period)]
    kept = [i for i in told if i.id in judged]
    maker = _CaseMaker(pages, Roster(truce))
    cases = _cases(maker, kept, judged)
    previous = _previous(period, cases, maker, everything, judged)
    quoted = _quoted(cases)
    lines = tuple(_line(p, n, quoted.get(p.id, set())) for n, p in enumerate(pages.values(), 1))
    countries = truce.area.countries or tuple(sorted({c for i in kept if (c := _country(i.place))}))
    parties = tuple((p.id, p.name) for p in truce.parties)
    return Brief(
        truce=truce.id, title=truce.title, effective=truce.effective, ends=truce.ends, parties=parties,
        terms=tuple((t.id, t.text) for t in truce.terms),
        references=tuple((r.title, r.url) for r in truce.references),
        excluded_names=tuple(b.name for b in truce.excluded), countries=countries, since=since, until=until,
        cases=cases, counts=summing.counts(cases), sides=summing.sides(cases, truce),
        rows=summing.rows(cases, truce), tolls=summing.tolls(cases), days=summing.days(cases),
        summary=summing.summary(cases, lines), pages=lines, versions=_versions(pages.values()),
        undated=tuple(c for c in cases if not c.first_day and not c.last_day),
        unjudged=len(told) - len(kept), outside_period=len(everything) - len(told),
        exchanges=summing.exchanges(cases, truce), previous=previous,
    )


def _cases(
    maker: _CaseMaker, incidents: Iterable[Incident], judged: dict[str, list[Finding]], *, earlier: bool = False
) -> tuple[Case, ...]:
    drafts = sorted((maker.case(i, judged[i.id]) for i in incidents), key=_importance)
    return tuple(msgspec.structs.replace(case, number=n, earlier=earlier) for n, case in enumerate(drafts, 1))


def _previous(
    period: tuple[date | None, date | None], cases: tuple[Case, ...], maker: _CaseMaker,
    incidents: Iterable[Incident], judged: dict[str, list[Finding]],
) -> Previous | None:
    """The period of equal length before; None where one end of the period is open. An incident that is told in the
    period is not told before it, too."""
    first, last = period
    if not first or not last:
        return None
    since, until = first - (last - first) - timedelta(days=1), first - timedelta(days=1)
    here = {c.incident for c in cases}
    kept = [i for i in incidents if i.id in judged and i.id not in here and _within(i, maker.pages, (since, until))]
    before = _cases(maker, kept, judged, earlier=True)
    return Previous(since.isoformat(), until.isoformat(), before, summing.trends(cases, before))


def _quoted(cases: Iterable[Case]) -> dict[str, set[tuple[int, int]]]:
    """Document → the characters that the cases quote from it."""
    found: dict[str, set[tuple[int, int]]] = {}
    for case in cases:
        for voice in (*case.claims, *case.denials):
            found.setdefault(voice.document, set()).add((voice.start, voice.end))
        for rung in case.rungs:
            for e in rung.evidence:
                found.setdefault(e.document, set()).add((e.start, e.end))
    return found


class _CaseMaker:
    def __init__(self, pages: dict[str, Page], roster: Roster) -> None:
        self.pages = pages
        self.roster = roster
        self.roles = {
            (page.id, e.id): {h.role for h in e.harm.who}
            for page in pages.values() for e in page.events if e.harm
        }

    def case(self, incident: Incident, findings: Sequence[Finding]) -> Case:
        main = min(findings, key=lambda f: _RANK[f.verdict])
        others = {f.verdict for f in findings} - {main.verdict}
        place = incident.place
        province = _province(place)
        parties = self._parties(incident, main)
        names = [party.name for p in parties if (party := self.roster.party(p))]
        return Case(
            number=0, incident=incident.id, title=_title(incident, self._word(incident), names),
            verdict=main.verdict, grade=main.grade, term=main.term, reason=main.reason, missing=main.missing,
            other_verdicts=tuple(sorted(others, key=_RANK.__getitem__)),
            excluded=main.verdict == "not_covered" and self._excluded(incident, main),
            parties=parties, actors=incident.actors, recipients=incident.recipients,
            first_day=incident.time.from_, last_day=incident.time.to,
            place=_spoken(place) if place else None, province=province,
            lat=place.lat if place else None, lon=place.lon if place else None,
            precision=place.precision if place else "unknown",
            killed=incident.killed, injured=incident.injured, victims=self._victims(incident),
            claims=self._claims(incident), denials=self._voices(incident, incident.denials),
            rungs=self._rungs(main), documents=tuple(dict.fromkeys(r.document for r in incident.reports)),
        )

    def _claims(self, incident: Incident) -> tuple[Voice, ...]:
        """The sources' accounts, then the pages' own where no source stands before them."""
        claimed = {(c.document, c.event) for c in incident.claims}
        own = []
        for report in incident.reports:
            page = self.pages.get(report.document)
            event = next((e for e in page.events if e.id == report.event), None) if page else None
            if page and event and (report.document, report.event) not in claimed and not event.stated_by:
                own.append(quoting.own_voice(page, event, copied=not report.independent))
        return _each_once((*self._voices(incident, incident.claims), *own))

    def _voices(self, incident: Incident, claims: Sequence[Claim]) -> tuple[Voice, ...]:
        copied = {(r.document, r.event) for r in incident.reports if not r.independent}
        return tuple(
            quoting.voice(
                self.pages.get(c.document), c, self._party(c.source),
                copied=(c.document, c.event) in copied,
            )
            for c in claims
        )

    def _rungs(self, finding: Finding) -> tuple[Rung, ...]:
        page = self.pages.get(finding.document)
        return tuple(
            Rung(t.name, t.outcome, t.note,
                 tuple(quoting.evidence(page, finding.document, b) for b in dict.fromkeys(t.because)))
            for t in finding.tests
        )

    def _actor_words(self, incident: Incident, finding: Finding) -> list[str]:
        page = self.pages.get(finding.document)
        spans = [b for t in finding.tests if t.name == "actor" for b in t.because] if page else []
        return [*incident.actors, *(page.text[b.start : b.end] for b in spans if page)]

    def _parties(self, incident: Incident, finding: Finding) -> tuple[str, ...]:
        if finding.parties:
            return finding.parties
        found = [self._party(words) for words in self._actor_words(incident, finding)]
        return tuple(dict.fromkeys(party for party in found if party))

    def _word(self, incident: Incident) -> str | None:
        """The trigger of the first report."""
        for report in incident.reports:
            page = self.pages.get(report.document)
            for event in page.events if page else ():
                if event.id == report.event:
                    return page.words(event.trigger) if page else None
        return None

    def _party(self, words: str) -> str | None:
        """The one party that the words name; None for nobody and for all of them."""
        party = self.roster.party(self.roster.of_words(words).party)
        return party.id if party else None

    def _excluded(self, incident: Incident, finding: Finding) -> bool:
        page = self.pages.get(finding.document)
        target = [b for t in finding.tests if t.name == "target" for b in t.because] if page else []
        words = [
            *self._actor_words(incident, finding), *incident.recipients,
            *(page.text[b.start : b.end] for b in target if page),
        ]
        return any(self.roster.of_words(w).kind == "excluded" for w in words)

    def _victims(self, incident: Incident) -> str:
        roles = {role for r in incident.reports for role in self.roles.get((r.document, r.event), ())}
        civil, fighting = bool(roles & _CIVIL), "combatant" in roles
        if civil:
            return "both" if fighting else "civilian"
        return "combatant" if fighting else "unknown"


def _each_once(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """The same words of the same source once, with the figures that any report draws from them."""
    kept: list[Voice] = []
    for v in voices:
        at = next((n for n, known in enumerate(kept) if _same_words(known, v)), None)
        if at is None:
            kept.append(v)
        else:
            known = kept[at]
            kept[at] = msgspec.structs.replace(
                known, killed=known.killed or v.killed, injured=known.injured or v.injured,
                copied=known.copied and v.copied)
    return tuple(kept)


def _same_words(one: Voice, other: Voice) -> bool:
    """The same characters under the same source, with no two figures for one harm."""
    agree = (None in (a, b) or a == b for a, b in ((one.killed, other.killed), (one.injured, other.injured)))
    where = (one.document, one.start, one.end, one.source, one.stance)
    return where == (other.document, other.start, other.end, other.source, other.stance) and all(agree)


def _period(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    bounds = []
    for name, value in (("--from", since), ("--to", until)):
        try:
            bounds.append(date.fromisoformat(value) if value else None)
        except ValueError as problem:
            raise UsageError(
                "bad-day", f"not a day: {value}", place=name, mend="write it as 2016-04-12"
            ) from problem
    first, last = bounds
    if first and last and first > last:
        raise UsageError(
            "bad-period", f"{since} lies after {until}", place="--from", mend="swap the two days")
    return first, last


def _within(incident: Incident, pages: dict[str, Page], period: tuple[date | None, date | None]) -> bool:
    first, last = period
    start, end = _day(incident.time.from_), _day(incident.time.to)
    if start or end:
        return not ((last and (start or end or last) > last) or (first and (end or start or first) < first))
    published = [_day(pages[r.document].published) for r in incident.reports if r.document in pages]
    latest = last + timedelta(days=1) if last else None  # a morning's paper tells of the day before
    return not published or any(
        d is None or ((not first or d >= first) and (not latest or d <= latest)) for d in published)


def _day(iso: str | None) -> date | None:
    try:
        return date.fromisoformat(iso[:10]) if iso else None
    except ValueError:
        return None


def _country(place: Place | None) -> str | None:
    return place.country if place else None


def _province(place: Place | None) -> str | None:
    """The province that the place names; else the one that its point lies in, where it is exact enough."""
    if place is None:
        return None
    if place.admin1:
        return place.admin1
    if place.lat is None or place.lon is None or place.precision in ("country", "unknown"):
        return None
    found = province_at(place.lat, place.lon)
    return found[1] if found else None


def _title(incident: Incident, word: str | None, parties: Sequence[str]) -> str:
    """The kind of act and where; without a place, who: by name, else whose side; without either, what came of it or
    the word that tells of it."""
    what, place = act(incident.type, incident.mode), incident.place
    if place is not None:
        return f"{what}, {'near ' if place.precision == 'near' else ''}{_spoken(place)}"
    named = next((a for a in incident.actors if not _OWNER.match(a)), None)
    if named or parties:
        return f"{what} by {named or parties[0]}"
    if incident.mode is None and (incident.killed or incident.injured):
        return f"{'People killed' if incident.killed else 'People injured'}, place not known"
    return f"{what}, place not known (“{word}”)" if word else what


def _spoken(place: Place) -> str:
    """The place as the page spells it where that is a bare name; else as the gazetteer does."""
    bare = len(place.text) <= _BARE and place.text[:1].isupper()
    return place.text if bare or not place.name else place.name


def _importance(case: Case) -> tuple[int, bool, int, str, str]:
    """The order of the lists: verdict, excluded groups first, the deadliest first, then by date."""
    day = case.first_day or case.last_day or "9999"
    return _ORDER[case.verdict], not case.excluded, -summing.highest(case.killed), day, case.incident


def _line(page: Page, number: int, quoted: set[tuple[int, int]]) -> PageLine:
    document = page.reading.document
    covered, length = sum(f.end - f.start for f in document.furniture), len(document.text)
    return PageLine(
        id=document.id, anchor=f"page-{number}", title=document.title or _first_line(document),
        publisher=document.publisher or "", url=document.url,
        published=document.published.value, basis=document.published.basis, sha256=document.sha256,
        length=length, furniture=round(100 * covered / length) if length else 0,
        events=len(page.events), notices=tuple(n.message for n in page.reading.notices),
        error=page.reading.error.message if page.reading.error else None,
        pieces=tuple(_pieces(page.text, quoted)) if quoted else (),
    )


def _pieces(text: str, quoted: set[tuple[int, int]]) -> Iterator[Piece]:
    """The whole text, cut where quoted characters begin and end."""
    cuts = sorted({0, len(text), *(at for span in quoted for at in span)})
    for start, end in pairwise(cuts):
        yield Piece(start, text[start:end], any(a <= start and end <= b for a, b in quoted))


def _first_line(document: Document) -> str:
    """The first line of the article itself: its headline, as a rule."""
    at = 0
    for line in document.text.splitlines(keepends=True):
        if line.strip() and not any(f.start <= at < f.end for f in document.furniture):
            return line.strip()[:120]
        at += len(line)
    return "no title"


def _versions(pages: Iterable[Page]) -> tuple[tuple[str, str], ...]:
    found: dict[str, set[str]] = {}
    for page in pages:
        for name, version in page.reading.versions.items():
            found.setdefault(name, set()).add(version)
    return tuple((name, ", ".join(sorted(versions))) for name, versions in sorted(found.items()))
