"""Print the versions of the package, its rules and the parser's model."""

from __future__ import annotations

import argparse

from trucewatch.cli.output import console

NAME = "version"
HELP = "print the versions of package, rules and model"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    del parser  # it takes none


def run(args: argparse.Namespace) -> int:
    from trucewatch.reading import versions

    del args
    for name, version in versions().items():
        console().print(f"{name} {version}")
    return 0
