"""List the documents of the store, in the order in which they were added."""

from __future__ import annotations

import argparse

from rich.table import Table

from trucewatch.cli.arguments import add_store
from trucewatch.cli.output import console, printable, write_line
from trucewatch.store import Store

NAME = "list"
HELP = "list the documents of the store"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_store(parser)
    parser.add_argument("--json", action="store_true", help="one JSON line a document")


def run(args: argparse.Namespace) -> int:
    with Store.open(args.store, create=False) as store:
        rows = store.documents()
    if args.json:
        for row in rows:
            write_line(row)
        return 0
    table = Table("id", "published", "publisher", "title", box=None, pad_edge=False)
    table.add_column("statements", justify="right")
    table.add_column("events", justify="right")
    for row in rows:
        cells = (row.id, row.published or "unknown", row.publisher or "", row.title or "")
        table.add_row(*map(printable, cells), str(row.statements), str(row.events))
    console().print(table)
    return 0
