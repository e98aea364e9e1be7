"""What comes of a group of reports: an incident with its time, place, ranges of harm, claims, denials and grade."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from trucewatch.incidents.copies import Copy
from trucewatch.incidents.groups import Group
from trucewatch.incidents.report import Report
from trucewatch.incidents.voices import distinct, voices
from trucewatch.model import Claim, EventTime, Figure, Incident, Place, ReportRef, Statement
from trucewatch.model.finding import Grade


def incident(
    group: Group,
    copied: Sequence[Copy],
    denied: dict[str, dict[str, list[Statement]]],
    rivals: dict[str, set[str]],
    decisions: tuple[int, ...] = (),
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
        id=incident_id(group),
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
        grade=_grade(group, [r for r in reports if r.key in independent], denials, rivals),
        joined_because=tuple(group.reasons),
        rivals=tuple(sorted(rivals.get(incident_id(group), ()))),
        decisions=decisions,
    )


def _grade(
    group: Group, told: Iterable[Report], denials: tuple[Claim, ...], rivals: dict[str, set[str]]
) -> Grade:
    """Airwars' grades of civilian harm, as far as the pages tell without a truce: contested when it is denied or
    another is blamed for it; confirmed when one who acted tells of it; discounted when all the harmed whose kind
    is told were combatants; fair when two sources tell of it in the reports that copy no other, else weak."""
    if denials or rivals.get(incident_id(group)):
        return "contested"
    if any(_owned(r) for r in group.reports):
        return "confirmed"
    roles = {h.role for r in group.reports if r.event.harm for h in r.event.harm.who} - {"unknown"}
    if roles == {"combatant"}:
        return "discounted"
    tellers = ((r.page, s.source) for r in told for s in [r.page.claimant(r.event)] if s and s.source)
    return "fair" if len(distinct(v for page, source in tellers for v in voices(page, source))) > 1 else "weak"


def _owned(one: Report) -> bool:
    """Told by one who acted, as a fact."""
    told = one.page.claimant(one.event)
    source = told.source if told and told.stance in ("asserts", "confirms") else None
    return source is not None and source.entity in {a.entity for a in one.event.actors if a.entity}


def incident_id(group: Group) -> str:
    """Drawn from the first of its reports, so that a page more seldom changes it."""
    return "i" + hashlib.sha256(group.name.encode()).hexdigest()[:12]


def _is_copied(one: Report, group: Group, copied: Sequence[Copy]) -> bool:
    pages = {r.page.id for r in group.reports}
    return any(
        c.document == one.page.id and c.of in pages and c.span.start <= one.event.trigger.start < c.span.end
        for c in copied
    )


def _claim(one: Report, statement: Statement) -> Claim:
    assert statement.source is not None
    source = one.page.called(statement.source)
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
