"""The numbers of a brief. Each is a list of cases, so that none stands without what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from trucewatch.briefs.values import Case, Count, Day, Exchange, Page, Row, Sentence, Sided, Toll, Trend
from trucewatch.briefs.wording import BREACHES, MISSING, VERDICTS, VICTIMS, figure, number
from trucewatch.briefs.wording import days as stretch
from trucewatch.model import Figure, Truce

NO_PARTY = "actor not known"
NO_PROVINCE = "place not known"
LONGEST_CHART = 120  # days
_HOW = {
    "breach_corroborated": "corroborated", "breach_alleged": "alleged", "breach_contested": "contested",
    "defence_claimed": "with a claim of defence",
}


def counts(cases: Sequence[Case]) -> tuple[Count, ...]:
    """Cases by verdict, every verdict named even where it counts none."""
    found = {verdict: tuple(c for c in cases if c.verdict == verdict) for verdict in VERDICTS}
    return tuple(Count(verdict, len(of), of) for verdict, of in found.items())


def sides(cases: Sequence[Case], truce: Truce) -> tuple[Sided, ...]:
    """For each party: what it is charged with, and how much of that is borne out, denied or owned."""
    out = []
    for party in truce.parties:
        charged = tuple(c for c in cases if c.verdict in BREACHES and party.id in c.parties)
        out.append(Sided(
            party.id, party.name, charged,
            by_rivals=tuple(c for c in charged if {v.side for v in c.claims} - {None, party.id}),
            borne_out=tuple(c for c in charged if c.verdict == "breach_corroborated"),
            denied=tuple(c for c in charged if c.denials),
            owned=tuple(c for c in charged if c.verdict == "defence_claimed"),
        ))
    return tuple(out)


OTHERS = "monitors, media and others"


def exchanges(cases: Sequence[Case], truce: Truce) -> tuple[Exchange, ...]:
    """For each side that lays breaches at a party's door: how many, and what the accused side says to them."""
    names: dict[str | None, str] = {p.id: p.name for p in truce.parties}
    out = []
    for accused in truce.parties:
        charged = [c for c in cases if c.verdict in BREACHES and accused.id in c.parties]
        for accuser in (*(p.id for p in truce.parties if p.id != accused.id), None):
            of = tuple(c for c in charged if any(v.side == accuser and not v.copied for v in c.claims))
            if not of:
                continue
            owned = tuple(c for c in of if any(
                v.side == accused.id and v.stance in ("asserts", "confirms") for v in c.claims))
            denied = tuple(c for c in of if any(v.side in (accused.id, None) for v in c.denials))
            out.append(Exchange(
                names.get(accuser, OTHERS), accused.name, of, owned, denied,
                tuple(c for c in of if c not in owned and c not in denied),
            ))
    return tuple(out)


def trends(now: Sequence[Case], before: Sequence[Case]) -> tuple[Trend, ...]:
    """Each verdict of either period."""
    pairs = zip(counts(now), counts(before), strict=True)
    return tuple(Trend(a.verdict, a.cases, b.cases) for a, b in pairs if a.cases or b.cases)


def rows(cases: Sequence[Case], truce: Truce) -> tuple[Row, ...]:
    """Party by term by province. A case of two parties stands in the rows of both."""
    names = {p.id: p.name for p in truce.parties}
    texts = {t.id: t.text for t in truce.terms}
    cells: dict[tuple[str, str, str], tuple[list[Case], list[Case]]] = {}
    for case in cases:
        if case.term is None or case.verdict not in (*BREACHES, "compliance"):
            continue
        for party in case.parties or (NO_PARTY,):
            cell = cells.setdefault((party, case.term, case.province or NO_PROVINCE), ([], []))
            cell[case.verdict == "compliance"].append(case)
    order = [*names, NO_PARTY]
    return tuple(
        Row(names.get(party, party), term, texts.get(term, ""), province, tuple(breaches), tuple(kept))
        for (party, term, province), (breaches, kept) in sorted(
            cells.items(), key=lambda i: (order.index(i[0][0]), i[0][1], -len(i[1][0]), i[0][2]))
    )


def tolls(cases: Sequence[Case]) -> tuple[Toll, ...]:
    """Killed and injured by who they were, as the sum of the lowest and of the highest figures told."""
    out = []
    for victims in VICTIMS:
        of = tuple(c for c in cases if c.victims == victims and (c.killed or c.injured))
        if of:
            out.append(Toll(victims, total(c.killed for c in of), total(c.injured for c in of), of))
    return tuple(out)


def highest(figure: Figure | None) -> int:
    """The highest figure told; 0 for none."""
    return (figure.max or figure.min or 0) if figure else 0


def total(figures: Iterable[Figure | None]) -> Figure | None:
    """The sum of ranges; None of none. An upper bound that one of them leaves open stays open."""
    told = [f for f in figures if f]
    if not told:
        return None
    tops = [f.max for f in told if f.max is not None]
    return Figure(sum(f.min or 0 for f in told), sum(tops) if len(tops) == len(told) else None)


def days(cases: Sequence[Case]) -> tuple[Day, ...]:
    """Cases a day by verdict, from the first to the last day known; none where there is no day.

    A case of several days stands on its first.
    """
    dated: dict[date, list[Case]] = {}
    for case in cases:
        if at := _start(case):
            dated.setdefault(at, []).append(case)
    if not dated:
        return ()
    last = max(dated)
    first = max(min(dated), last - timedelta(days=LONGEST_CHART - 1))
    every = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return tuple(Day(d.isoformat(), tuple(c for c in counts(dated.get(d, [])) if c.number)) for d in every)


def summary(cases: Sequence[Case], pages: Sequence[Page]) -> tuple[Sentence, ...]:
    """The few sentences that a reader in a hurry reads."""
    if not cases:
        return ()
    of = {c.verdict: c.cases for c in counts(cases)}
    told = [c for v in BREACHES for c in of[v]]
    read = [p for p in pages if not p.error]
    tell = "tells" if len(read) == 1 else "tell"
    out = [Sentence(
        f"{number(len(read), 'document')} {tell} of {number(len(cases), 'incident')} that the truce has a bearing"
        " on.", "documents")]
    if told:
        parts = [f"{len(of[v])} {_HOW[v]}" for v in BREACHES if of[v]]
        out.append(Sentence(
            f"{len(told)} of them would, if true, be {'a breach' if len(told) == 1 else 'breaches'}:"
            f" {' and '.join(filter(None, (', '.join(parts[:-1]), parts[-1])))}.", "breaches"))
    deadly = max(told, key=lambda c: highest(c.killed), default=None)
    if deadly and deadly.killed:
        out.append(Sentence(
            f"The deadliest of these: {deadly.title[0].lower() + deadly.title[1:]} ({_when(deadly)}),"
            f" {figure(deadly.killed)} said to be killed.", deadly.anchor))
    if of["compliance"]:
        kept = number(len(of["compliance"]), "act")
        out.append(Sentence(f"{kept} of compliance reported.", "v-compliance"))
    if of["intent_only"]:
        out.append(Sentence(
            f"{number(len(of['intent_only']), 'warning')} of acts planned, ordered or threatened.",
            "v-intent_only"))
    if of["undetermined"]:
        wanting = sorted({MISSING.get(m, m) for c in of["undetermined"] for m in c.missing})
        out.append(Sentence(
            f"{number(len(of['undetermined']), 'incident')} cannot be decided"
            + (f"; not known: {', '.join(wanting)}." if wanting else "."), "v-undetermined"))
    apart = [c for c in of["not_covered"] if c.excluded]
    if apart:
        out.append(Sentence(
            f"{number(len(apart), 'incident')} of or with groups that the truce leaves out.", "excluded"))
    return tuple(out)


def _when(case: Case) -> str:
    return stretch(case.first_day, case.last_day)


def _start(case: Case) -> date | None:
    value = case.first_day or case.last_day
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
