"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path

from trucewatch.model import Truce

STORE = "trucewatch.db"


def add_inputs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "inputs", nargs="+", metavar="FILE",
        help="text, HTML, JSON lines, gzip of each, or a folder of them; - for JSON lines from standard input",
    )


def add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--store", default=STORE, metavar="PATH|URL",
        help=f"the store: a file or a database URL (default: {STORE})",
    )


def add_truce(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--truce", required=True, metavar="ID|FILE.yaml",
        help="a truce of the register, or a file of your own",
    )


def truce_of(name: str) -> Truce:
    """The truce that `--truce` names: a file where it looks like one, else the register's."""
    from trucewatch import truces

    file = truce_file(name)
    return truces.load(file) if file else truces.get(name)


def truce_file(name: str) -> Path | None:
    """The file that `--truce` names; None where it names one of the register."""
    return Path(name) if name.endswith((".yaml", ".yml")) or "/" in name else None
