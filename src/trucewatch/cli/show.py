"""Print a document with its furniture dimmed and its statements and events marked: in colour on a terminal,
in brackets elsewhere or where NO_COLOR is set."""

from __future__ import annotations

import argparse

from trucewatch.cli.arguments import add_store
from trucewatch.cli.marking import in_brackets, in_colour, legend, marks
from trucewatch.cli.output import console, printable
from trucewatch.model import Document
from trucewatch.store import Store

NAME = "show"
HELP = "print a document with everything found in it marked"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the id of a document, as `trucewatch list` gives it")
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    with Store.open(args.store, create=False) as store:
        reading = store.effective_reading(args.id)
    screen = console()
    found = marks(reading)
    screen.print(printable(heading(reading.document)))
    if screen.is_terminal and not screen.no_color:
        screen.print(legend(), "\n")
        screen.print(in_colour(reading.document.text, found))
    else:
        screen.print("[label| words]: furniture by its reason, s1 a statement, v1 an event\n")
        screen.print(in_brackets(reading.document.text, found))
    for notice in reading.notices:
        screen.print(printable(f"\nnotice: {notice.message} [{notice.code}]"))
    return 0


def heading(document: Document) -> str:
    """Who published what when, in one line."""
    published = document.published
    day = f"{published.value} ({published.basis})" if published.value else "no date known"
    told = [document.id, document.title, document.publisher, day, document.url]
    return " · ".join(part for part in told if part)
