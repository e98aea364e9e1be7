"""Places by name: look one up, or take in places of your own."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.table import Table

from trucewatch.cli.output import Failed, console, printable, say, write_line

NAME = "places"
HELP = "find a place by name, import places of your own"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    found = actions.add_parser("find", help="the places that a name may mean, best first, in any spelling")
    found.add_argument("name", metavar="NAME", nargs="+")
    found.add_argument("--json", action="store_true", help="one JSON line a place")
    found.set_defaults(act=_find)
    taken = actions.add_parser(
        "import", help="take in the places of a country's GeoNames dump (.txt, .zip), of a CSV or of a GeoJSON"
    )
    taken.add_argument("file", metavar="FILE", type=Path)
    taken.add_argument(
        "--into", metavar="PATH", type=Path,
        help="where to keep them (default: the file that TRUCEWATCH_PLACES names, else one in your data folder)",
    )
    taken.set_defaults(act=_import)


def run(args: argparse.Namespace) -> int:
    args.act(args)
    return 0


def _find(args: argparse.Namespace) -> None:
    from trucewatch import gazetteer

    name = " ".join(args.name)
    found = gazetteer.open().find(name)
    if args.json:
        for candidate in found:
            write_line(candidate)
    elif found:
        table = Table("name", "kind", "country", "province", "lat", "lon", "population", "fit", "source",
                      box=None, pad_edge=False)
        for c in found:
            table.add_row(
                printable(c.name), c.kind, c.country, printable(c.admin1 or ""), f"{c.lat:.3f}", f"{c.lon:.3f}",
                str(c.population or ""), f"{c.score:.2f}", printable(c.source),
            )
        console().print(table)
    if not found:
        say(f"{name}: no place of that name is known")
        raise Failed


def _import(args: argparse.Namespace) -> None:
    from trucewatch import gazetteer

    target = args.into or gazetteer.own_path()
    done = gazetteer.import_places(args.file, target)
    for reason in done.reasons:
        say(f"left out: {reason}")
    if done.left_out > len(done.reasons):
        say(f"left out: {done.left_out - len(done.reasons)} more")
    console().print(printable(f"{done.places} places in {target}"))
    if not done.places:
        raise Failed
