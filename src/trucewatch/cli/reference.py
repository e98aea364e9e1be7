"""The reference of the commands, as Markdown, made from their parsers: `python -m trucewatch.cli.reference`.

Laid out here and not by argparse, whose layout differs between versions of Python.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from trucewatch.cli.main import parser


def reference() -> str:
    """The whole page."""
    lines = ["# The commands", "", "Made by `make docs` from the parsers; do not edit.", *_told(parser())]
    return "\n".join(lines) + "\n"


def _told(command: argparse.ArgumentParser) -> Iterator[str]:
    yield from ("", f"## `{command.prog}`")
    if command.description:
        yield from ("", " ".join(command.description.split()))
    told = [line for action in command._actions if (line := _argument(action))]
    if told:
        yield from ("", *told)
    if command.epilog:
        yield from ("", command.epilog)
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from _told(sub)


def _argument(action: argparse.Action) -> str | None:
    """One line on an argument; None for help and for the place of a sub-command."""
    if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
        return None
    value = "" if action.nargs == 0 else str(action.metavar or action.dest)
    name = " ".join(filter(None, (", ".join(action.option_strings), value)))
    needed = " (required)" if action.required and action.option_strings else ""
    return f"- `{name}`: {action.help}{needed}" if action.help else f"- `{name}`{needed}"


if __name__ == "__main__":
    sys.stdout.write(reference())
