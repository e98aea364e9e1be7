"""Hold what was read against the terms of a truce. With --readings no store is used and each finding is
printed as a JSON line; with a store the pages are judged together, the findings kept, and a table printed."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from rich.table import Table

from trucewatch.cli.arguments import add_store, add_truce, truce_of
from trucewatch.cli.output import console, printable, write_line
from trucewatch.errors import SourceError
from trucewatch.model import Event, Finding, Incident, Reading, Truce, loads_reading
from trucewatch.store import Store

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
    parser.add_argument("--json", action="store_true", help="with a store: JSON lines in place of the table")
    parser.add_argument("--summary", action="store_true", help="with a store: only how many of each verdict")
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    from trucewatch import truces

    truce = truce_of(args.truce)
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
    pages = f"{len(readings)} documents, {len(incidents)} incidents"
    console().print(f"{truce.id}: {pages}; findings: {told or 'nothing to judge'}")
    return 0


def assessed(store: Store, truce: Truce) -> tuple[list[Reading], Sequence[Incident], Sequence[Finding]]:
    """The readings of the store as people left them, their incidents and findings under a truce, judged together
    and kept."""
    from trucewatch import truces

    readings = list(store.effective_readings())
    incidents, findings = truces.judge(truce, readings, store.decisions.groupings())
    store.put_findings(truce.id, findings, incidents)
    return readings, incidents, findings


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
