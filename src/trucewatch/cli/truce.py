"""The register of truces: list it, show an entry, or check a file of your own."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.table import Table

from trucewatch.cli.arguments import truce_of
from trucewatch.cli.output import Failed, console, printable, say, write_line
from trucewatch.model import Act, Body, Truce

NAME = "truce"
HELP = "list, show and check truces"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    listed = actions.add_parser("list", help="the truces of the register")
    listed.set_defaults(act=_list)
    shown = actions.add_parser("show", help="one truce: who is bound, to what, where and from when")
    shown.add_argument("truce", metavar="ID|FILE.yaml")
    shown.add_argument("--json", action="store_true", help="as one JSON line")
    shown.set_defaults(act=_show)
    checked = actions.add_parser("check", help="say everything that is wrong with a truce file")
    checked.add_argument("file", metavar="FILE.yaml", type=Path)
    checked.set_defaults(act=_check)


def run(args: argparse.Namespace) -> int:
    args.act(args)
    return 0


def _list(_: argparse.Namespace) -> None:
    from trucewatch import truces

    table = Table("id", "effective", "title", box=None, pad_edge=False)
    for name in truces.registered():
        truce = truces.get(name)
        table.add_row(truce.id, truce.effective, truce.title)
    console().print(table)


def _show(args: argparse.Namespace) -> None:
    truce = truce_of(args.truce)
    if args.json:
        write_line(truce)
    else:
        console().print(printable("\n".join(_told(truce))))


def _check(args: argparse.Namespace) -> None:
    from trucewatch import truces

    problems = truces.check(args.file)
    for problem in problems:
        say(f"{args.file}: {problem}")
    if problems:
        raise Failed
    console().print(f"{args.file}: no problem found")


def _told(truce: Truce) -> list[str]:
    area = [*truce.area.countries, *truce.area.admin1, *truce.area.places, truce.area.geojson or ""]
    lines = [
        f"{truce.id}: {truce.title}",
        f"  signed {truce.signed or 'unknown'}, effective {truce.effective}, ends {truce.ends or 'open'}",
        f"  area {', '.join(filter(None, area)) or 'everywhere'}",
        f"  brokers {', '.join(truce.brokers) or 'none'}",
    ]
    for party in truce.parties:
        joined = f", joined {party.joined}" if party.joined else ""
        lines.append(f"  party {party.id}: {party.name}{joined}")
        forces = (("members", party.members), ("supporters", party.supporters))
        lines += [f"    {word}: {_names(bodies)}" for word, bodies in forces if bodies]
    if truce.excluded:
        lines.append(f"  excluded: {_names(truce.excluded)}")
    for term in truce.terms:
        lines.append(f"  {term.id} {term.kind} {', '.join(map(_act, term.acts))}: {term.text}")
    return lines + [f"  see {r.title}" + (f" <{r.url}>" if r.url else "") for r in truce.references]


def _names(bodies: tuple[Body, ...]) -> str:
    return ", ".join(body.name for body in bodies)


def _act(act: Act) -> str:
    return act.tag or "/".join(filter(None, (act.type, act.mode)))
