"""Hold what was read against the terms of a truce. With --readings no store is used and each finding is
printed as a JSON line; with a store the pages are judged together, the findings kept, and a table printed. With --diff
only what changed since is judged again, and only the differences are printed."""

from __future__ import annotations

import argparse
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from rich.table import Table

from trucewatch.cli.arguments import add_store, add_truce, truce_of
from trucewatch.cli.output import console, printable, write_line
from trucewatch.errors import SourceError, UsageError
from trucewatch.model import Basis, Event, Finding, Incident, Reading, Truce, dumps, loads_reading
from trucewatch.store import Store

if TYPE_CHECKING:
    from trucewatch import truces as truces_

NAME = "assess"
HELP = "hold what was read against a truce's terms"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_truce(parser)
    parser.add_argument(
        "--readings", type=Path, metavar="READINGS.jsonl",
        help="what `trucewatch read` printed; needs no store",
    )
    parser.add_argument(
        "--joint", action="store_true", help="with --readings: judge all pages together, not each alone"
    )
    parser.add_argument(
        "--diff", nargs="?", const="", metavar="OLD",
        help="judge again only what the change of the truce touches, and show what differs: from the last assessment of"
        " the store, or from OLD, another truce or file",
    )
    parser.add_argument("--json", action="store_true", help="with a store: JSON lines in place of the table")
    parser.add_argument("--summary", action="store_true", help="with a store: only how many of each verdict")
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    from trucewatch import truces

    truce = truce_of(args.truce)
    if args.diff is not None:
        return _diff(truce, args)
    if args.readings:
        for finding in truces.assess(truce, list(_readings(args.readings)), joint=args.joint):
            write_line(finding)
        return 0
    with Store.open(args.store, create=False) as store:
        readings, incidents, findings = assessed(store, truce)
    if args.json:
        for finding in findings:
            write_line(finding)
        return 0
    if not args.summary:
        _print_table(findings, readings)
    counts = Counter(f.verdict for f in findings)
    told = ", ".join(f"{n} {verdict}" for verdict, n in counts.most_common())
    judged = len({f.incident for f in findings})
    pages = f"{len(readings)} documents, {len(incidents)} incidents of which {judged} touch the truce"
    console().print(f"{truce.id}: {pages}; findings: {told or 'nothing to judge'}")
    return 0


def assessed(store: Store, truce: Truce) -> tuple[list[Reading], Sequence[Incident], Sequence[Finding]]:
    """The readings of the store as people left them, their incidents and findings under a truce, judged together
    and kept."""
    from trucewatch import truces

    readings = list(store.effective_readings())
    incidents, findings = truces.judge(truce, readings, store.decisions.groupings())
    store.put_findings(truce.id, findings, incidents, _basis(truce, readings))
    return readings, incidents, findings


def _basis(truce: Truce, readings: Iterable[Reading]) -> Basis:
    from trucewatch.reading import versions

    pages = {r.document.id: hashlib.sha256(dumps(r).encode()).hexdigest() for r in readings}
    return Basis(truce, pages, versions())


def _diff(truce: Truce, args: argparse.Namespace) -> int:
    """Judge again what a change touches, keep it where there is a store, and print what differs."""
    from trucewatch import truces

    if args.readings:
        if not args.diff:
            mend = "name the truce as it was: --diff OLD.yaml"
            raise UsageError("diff_from", "without a store there is no earlier assessment", mend=mend)
        readings = list(_readings(args.readings))
        before = truce_of(args.diff)
        earlier = truces.Earlier(before, *truces.judge(before, readings))
        made = truces.rejudge(truce, readings, earlier)
    else:
        with Store.open(args.store, create=False) as store:
            readings = list(store.effective_readings())
            groupings = store.decisions.groupings()
            earlier = _earlier(store, truce, args.diff, readings)
            made = truces.rejudge(truce, readings, earlier, groupings)
            store.put_findings(truce.id, made.findings, made.incidents, _basis(truce, readings))
    _print_differences(earlier.findings, made, readings, as_json=args.json)
    return 0


def _earlier(store: Store, truce: Truce, old: str, readings: Sequence[Reading]) -> truces_.Earlier:
    """The assessment to compare with: of another truce now, or the last one of this that was kept."""
    from trucewatch import truces

    if old:
        before = truce_of(old)
        return truces.Earlier(before, *truces.judge(before, readings, store.decisions.groupings()))
    basis = store.basis(truce.id)
    if basis is None:
        mend = f"trucewatch assess --truce {truce.id}, or name another truce after --diff"
        raise UsageError("diff_from", f"no assessment of {truce.id} is kept to compare with", mend=mend)
    now = _basis(truce, readings)
    is_same = basis.versions == now.versions
    stale = [name for name, digest in now.pages.items() if not is_same or basis.pages.get(name) != digest]
    return truces.Earlier(basis.truce, store.incidents(truce.id), store.findings(truce.id), stale)


def _print_differences(
    old: Iterable[Finding], made: truces_.Rejudged, readings: Iterable[Reading], *, as_json: bool
) -> None:
    before = {(f.document, f.event): f for f in old}
    after = {(f.document, f.event): f for f in made.findings}
    differing = [key for key in {**before, **after} if _verdict(before.get(key)) != _verdict(after.get(key))]
    if as_json:
        for key in differing:
            write_line({"document": key[0], "event": key[1], "before": before.get(key), "after": after.get(key)})
        return
    events = {(r.document.id, e.id): (e, r) for r in readings for e in r.events}
    table = Table("event", "before", "after", "because", "words", box=None, pad_edge=False)
    for key in differing:
        words = _where_and_what(*events[key])[2] if key in events else ""
        cells = (":".join(key), _told(before.get(key)), _told(after.get(key)), _why(before.get(key), after.get(key)))
        table.add_row(*map(printable, (*cells, words)))
    if differing:
        console().print(table)
        console().print()
    told = f"{made.looked_at} of {len(made.incidents)} incidents judged again; {len(differing)} findings differ"
    console().print(told)


def _verdict(finding: Finding | None) -> tuple[object, ...]:
    return (finding.verdict, finding.term, finding.missing, finding.grade) if finding else ()


def _told(finding: Finding | None) -> str:
    return " ".join(filter(None, (finding.verdict, finding.term, finding.grade))) if finding else "not judged"


def _why(before: Finding | None, after: Finding | None) -> str:
    """The first test that came out otherwise, as it is now."""
    if after is None or before is None:
        return ""
    earlier = {t.name: t for t in before.tests}
    unlike = [t for t in after.tests if t.name not in earlier or earlier[t.name].outcome != t.outcome]
    unlike += [t for t in after.tests if t.name in earlier and earlier[t.name].note != t.note]
    return f"{unlike[0].name}: {unlike[0].note}" if unlike else after.reason


def _readings(path: Path) -> Iterator[Reading]:
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _reading(line, f"{path}:{number}")
    except OSError as error:
        raise SourceError("missing_file", error.strerror or str(error), place=str(path)) from error


def _reading(line: bytes, place: str) -> Reading:
    try:
        return loads_reading(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        mend = "give what `trucewatch read` printed"
        raise SourceError("bad_reading", str(error), place=place, mend=mend) from error


def _print_table(findings: Iterable[Finding], readings: Iterable[Reading]) -> None:
    by_id = {r.document.id: r for r in readings}
    table = Table("event", "verdict", "term", "grade", "when", "where", "words", box=None, pad_edge=False)
    for f in findings:
        reading = by_id[f.document]
        event = next(e for e in reading.events if e.id == f.event)
        head = (f"{f.document}:{f.event}", f.verdict, f.term or "", f.grade)
        cells = (*head, *_where_and_what(event, reading))
        table.add_row(*map(printable, cells))
    console().print(table)
    console().print()


def _where_and_what(event: Event, reading: Reading) -> tuple[str, str, str]:
    day = event.time.from_ or "unknown"
    place = event.place.name or event.place.text if event.place else "unknown"
    return day, place, reading.document.text[event.trigger.start : event.trigger.end]
