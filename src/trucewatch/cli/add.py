"""Read documents and keep their readings in the store. A text that is kept already is skipped, so the same
command takes up where an interrupted one stopped."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator

from trucewatch.cli.arguments import add_inputs, add_store
from trucewatch.cli.output import progress, say
from trucewatch.cli.read import problem_of
from trucewatch.model import Reading, Sourced
from trucewatch.store import Store

NAME = "add"
HELP = "read documents and keep them in the store"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_inputs(parser)
    add_store(parser)
    parser.add_argument(
        "--again", action="store_true", help="read again what is kept with other versions of rules or model"
    )
    parser.add_argument("-v", "--verbose", action="store_true", help="say what became of each document")


def run(args: argparse.Namespace) -> int:
    from trucewatch.reading import read_many, versions
    from trucewatch.sources import load

    counts: Counter[str] = Counter()
    wanted = versions() if args.again else None
    tell_each = say if args.verbose else lambda _: None
    with Store.open(args.store) as store:
        try:
            with progress("adding") as tell:
                fresh = _fresh(load(args.inputs, stdin=sys.stdin.buffer), store, wanted, counts)
                for reading in read_many(fresh):
                    tell_each(_keep(reading, store, counts, replace=args.again))
                    tell(counts.total(), reading.document.id)
        finally:
            say(_summary(counts, store.count(), args.store))
    return 1 if counts["failed"] else 0


def _fresh(
    sourced: Iterable[Sourced], store: Store, wanted: dict[str, str] | None, counts: Counter[str]
) -> Iterator[Sourced]:
    """Those documents that must be read; the others are noted as met again."""
    for each in sourced:
        if each.error is None and store.has(each.document.sha256, wanted):
            store.keep_alias(each.document)
            counts["skipped"] += 1
        else:
            yield each


def _keep(reading: Reading, store: Store, counts: Counter[str], *, replace: bool) -> str:
    if problem := problem_of(reading):
        counts["failed"] += 1
        say(f"error: {problem}")
        return f"failed   {reading.document.id}"
    kept = store.add(reading, replace=replace)
    how = kept.how if kept.how in ("added", "replaced") else "skipped"
    counts[how] += 1
    found = f"{len(reading.statements)} statements, {len(reading.events)} events"
    notices = "".join(f"; {notice.code}" for notice in reading.notices)
    return f"{how:<8} {kept.id}: {found}{notices}"


def _summary(counts: Counter[str], total: int, where: str) -> str:
    told = [f"{counts['added']} added", f"{counts['skipped']} skipped (kept already)"]
    rare = (("replaced", "read again"), ("failed", "failed"))
    told += [f"{counts[how]} {words}" for how, words in rare if counts[how]]
    return f"{', '.join(told)}; {where} holds {total}"
