"""Entry point of the `trucewatch` command: its parser, and what an error or an interruption becomes.

Exit status: 0 all well, 1 something failed, 2 the command was not understood, 130 interrupted (Ctrl-C),
141 the reader of our output went away.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from types import ModuleType

from trucewatch.cli import add, assess, brief, explain, listing, places, read, review, serve, show, truce, version
from trucewatch.cli.output import Failed, out_of_space, say
from trucewatch.errors import TrucewatchError, UsageError

COMMANDS: tuple[ModuleType, ...] = (
    read, add, listing, show, explain, truce, assess, review, brief, serve, places, version,
)


def parser() -> argparse.ArgumentParser:
    """The parser of every command. Each module gives NAME, HELP, `add_arguments` and `run`."""
    top = argparse.ArgumentParser(
        prog="trucewatch",
        description="From scraped news pages to an auditable record of who says who did what to whom,"
        " and how it stands against a truce.",
        epilog="Exit status: 0 all well, 1 something failed, 2 not understood, 130 interrupted.",
    )
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    for module in COMMANDS:
        sub = commands.add_parser(module.NAME, help=module.HELP, description=module.__doc__)
        module.add_arguments(sub)
        sub.set_defaults(run=module.run)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    args = parser().parse_args(argv)
    try:
        status = _run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        _abandon_stdout()
        return 141
    except OSError as error:
        say(f"error: {out_of_space(error, 'standard output')}")
        _abandon_stdout()
        return 1
    return status


def _run(args: argparse.Namespace) -> int:
    try:
        status: int = args.run(args)
    except Failed:
        return 1
    except UsageError as error:
        say(f"error: {error}")
        return 2
    except TrucewatchError as error:
        say(f"error: {error}")
        return 1
    except KeyboardInterrupt:
        say("interrupted: what was done is kept")
        return 130
    return status


def _abandon_stdout() -> None:
    """Let Python's own flush at exit go nowhere, so that it says nothing more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
