"""`python -m benchmarks SET …`: see docs/benchmarks.md."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path

from benchmarks.metrics import Scores
from benchmarks.report import Misses, table, write_json

Found = dict[str, Scores]


def parser() -> argparse.ArgumentParser:
    """The command line."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", type=Path, metavar="OUT", help="write the figures as JSON")
    common.add_argument("--limit", type=int, metavar="N", help="the first N items of each set only")
    common.add_argument("--errors", type=Path, metavar="OUT", help="write the misses, one JSON line each")
    top = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)

    def command(name: str, text: str, **paths: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[common], help=text)
        for option, what in paths.items():
            sub.add_argument(f"--{option.replace('_', '-')}", type=Path, metavar=what)
        return sub

    command("statements", "who says what", polnear="DIR")
    happened = command(
        "events", "what happened", plv="FILE.tsv", train="FILE.tsv", plover_gsr="FILE.json", meantime="DIR",
        acled_notes="FILE.csv", fa_kes="FILE.csv",
    )
    happened.add_argument("--reliability", type=Path, metavar="OUT.svg", help="draw stated confidence against right")
    command("times", "when", meantime="DIR", tempeval3="DIR")
    places = command(
        "places", "where", event_location="FILE.jsonl", ged_headlines="FILE.csv", acled_notes="FILE.csv"
    )
    places.add_argument("--toponyms", type=Path, nargs="+", default=[], metavar="FILE.xml")
    command("pages", "main text of pages", articles="DIR")
    command("gold", "whole readings of news pages", gold="DIR")
    command("incidents", "reports joined, copies found", gold="DIR")
    command("speed", "words a second", texts="FILE.csv|DIR")
    workbench = command("workbench", "answers of the workbench")
    workbench.add_argument("--incidents", type=int, metavar="N", help="over N made-up happenings, or a few more")
    return top


def statements(args: argparse.Namespace, misses: Misses) -> Found:
    from benchmarks import baselines, polnear

    if not args.polnear:
        return {}
    found = {"polnear": polnear.run(args.polnear, limit=args.limit, errors=misses)}
    return found | baselines.quotations(args.polnear, limit=args.limit)


def events(args: argparse.Namespace, misses: Misses) -> Found:
    from benchmarks import acled_notes, confidence, fa_kes, meantime, plover_gsr, plv

    typed = {"plv_rules": plv.run_rules, "plover_gsr": plover_gsr.run, "acled_notes": acled_notes.run_events}
    others = {"plv": plv.run, "meantime": meantime.run_events, "fa_kes": fa_kes.run}
    outcomes = confidence.Outcomes()
    found: Found = {}
    for name, run in typed.items():
        if path := getattr(args, name.removesuffix("_rules")):
            found[name] = run(path, limit=args.limit, errors=misses, outcomes=outcomes)
    for name, other in others.items():
        if path := getattr(args, name):
            found[name] = other(path, limit=args.limit, errors=misses)
    if outcomes.judged:
        found[confidence.SET] = confidence.scores(outcomes)
        sys.stdout.write(f"{confidence.table(outcomes)}\n\n")
        if args.reliability:
            confidence.draw(outcomes, args.reliability)
    return found


def times(args: argparse.Namespace, misses: Misses) -> Found:
    from benchmarks import baselines, meantime, timeml
    from benchmarks.probes import times_of

    found: Found = {}
    for name, run in (("meantime", meantime.run_times), ("tempeval3", timeml.run)):
        if path := getattr(args, name):
            found[name] = run(path, limit=args.limit, errors=misses, find=times_of)
            beside = f"{name}_dateparser"
            find = baselines.dateparser_times
            found[beside] = run(path, limit=args.limit, errors=Misses(), find=find, name=beside)
    return found


def places(args: argparse.Namespace, misses: Misses) -> Found:
    from benchmarks import acled_notes, event_location, ged_headlines, toponyms

    found = {path.stem: toponyms.run(path, limit=args.limit, errors=misses) for path in args.toponyms}
    runs = {
        "event_location": event_location.run, "ged_headlines": ged_headlines.run,
        "acled_notes": acled_notes.run_places,
    }
    given = {name: getattr(args, name) for name in runs}
    return found | {n: run(given[n], limit=args.limit, errors=misses) for n, run in runs.items() if given[n]}


def pages(args: argparse.Namespace, misses: Misses) -> Found:
    from benchmarks import pages as module

    return {"pages": module.run(args.articles, limit=args.limit, errors=misses)} if args.articles else {}


def gold(args: argparse.Namespace, misses: Misses) -> Found:
    from benchmarks import gold as module

    return {"gold": module.run(args.gold, limit=args.limit, errors=misses)} if args.gold else {}


def incidents(args: argparse.Namespace, misses: Misses) -> Found:
    from benchmarks import incidents as module

    return {"incidents": module.run(args.gold, limit=args.limit, errors=misses)} if args.gold else {}


def speed(args: argparse.Namespace, _misses: Misses) -> Found:
    from benchmarks import speed as module

    return {"speed": module.run(args.texts, limit=args.limit)} if args.texts else {}


def workbench(args: argparse.Namespace, _misses: Misses) -> Found:
    from benchmarks import workbench as module

    return {"workbench": module.run(args.incidents)} if args.incidents else {}


COMMANDS = {
    "statements": statements, "events": events, "times": times, "places": places, "pages": pages,
    "gold": gold, "incidents": incidents, "speed": speed, "workbench": workbench,
}


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 when something was measured, 2 when the arguments name no set or a missing one."""
    args = parser().parse_args(argv)
    missing = [p for p in _paths(args) if not p.exists()]
    if missing:
        sys.stderr.write("".join(f"benchmarks: no such file or folder: {p}\n" for p in missing))
        return 2
    with contextlib.ExitStack() as stack:
        stream = stack.enter_context(args.errors.open("w", encoding="utf-8")) if args.errors else None
        misses = Misses(stream)
        found = COMMANDS[args.command](args, misses)
    if not found:
        sys.stderr.write(f"benchmarks: name at least one set (see python -m benchmarks {args.command} -h)\n")
        return 2
    from benchmarks.reader import versions

    versioned = ", ".join(f"{name} {version}" for name, version in versions().items())
    sys.stdout.write(f"{table(found, misses)}\n{versioned}\n")
    if args.json:
        write_json(args.json, found, versions())
    return 0


def _paths(args: argparse.Namespace) -> list[Path]:
    """The input paths among the arguments."""
    outputs = {"json", "errors", "reliability"}
    listed = [v if isinstance(v, list) else [v] for k, v in vars(args).items() if k not in outputs]
    return [p for values in listed for p in values if isinstance(p, Path)]


if __name__ == "__main__":
    sys.exit(main())
