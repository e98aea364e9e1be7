"""Read documents and print one reading a line, as JSON, in the order of the input. A document that cannot be
read yields a line with its error, and the exit status 1."""

from __future__ import annotations

import argparse
import sys

from trucewatch.cli.arguments import add_inputs
from trucewatch.cli.output import progress, say, write_line
from trucewatch.model import Reading

NAME = "read"
HELP = "print readings as JSON lines"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_inputs(parser)


def run(args: argparse.Namespace) -> int:
    from trucewatch.reading import read_many
    from trucewatch.sources import load

    failed = 0
    with progress("reading") as tell:
        for number, reading in enumerate(read_many(load(args.inputs, stdin=sys.stdin.buffer)), 1):
            write_line(reading)
            tell(number, reading.document.id)
            if problem := problem_of(reading):
                failed += 1
                say(f"error: {problem}")
    return 1 if failed else 0


def problem_of(reading: Reading) -> str | None:
    """Why a document could not be read, as a person is told it."""
    error = reading.error
    if not error:
        return None
    told = error.message if reading.document.id in error.message else f"{reading.document.id}: {error.message}"
    return told if told.endswith(f"[{error.code}]") else f"{told} [{error.code}]"
