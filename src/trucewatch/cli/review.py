"""Decide which reports are of one happening. `merge` joins incidents into one, `split` takes reports out of one;
both hold for good, for later readings and pages too, until they are taken back with `undo`. `list` shows what was
decided on events, pages and incidents, in order."""

from __future__ import annotations

import argparse
import getpass
from collections.abc import Mapping, Sequence

from rich.table import Table

from trucewatch.cli.arguments import add_store, add_truce, truce_of
from trucewatch.cli.assess import assessed
from trucewatch.cli.output import console, printable, say
from trucewatch.errors import UsageError
from trucewatch.incidents import Page, report_at, reports_at
from trucewatch.model import Incident, ReportAt
from trucewatch.store import Decision, Store, grouping

NAME = "review"
HELP = "merge and split incidents, list and undo decisions"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True)
    merge = actions.add_parser("merge", help="make one incident of several")
    merge.add_argument("incidents", nargs="+", metavar="INCIDENT", help="two ids or more, as `explain` tells them")
    split = actions.add_parser("split", help="take reports out of an incident")
    split.add_argument("incident", metavar="INCIDENT", help="its id")
    split.add_argument("reports", nargs="+", metavar="DOCUMENT:EVENT", help="the reports to take out, as one happening")
    for sub in (merge, split):
        add_truce(sub)
    undo = actions.add_parser("undo", help="take a decision back")
    undo.add_argument("number", type=int, metavar="NUMBER", help="as `list` tells it")
    listed = actions.add_parser("list", help="show all decisions")
    for sub in (merge, split, undo):
        sub.add_argument("--who", default=None, help="who decides (default: the user's name on this machine)")
        sub.add_argument("--reason", default="", help="why")
    for sub, run_ in ((merge, _merge), (split, _split), (undo, _undo), (listed, _list)):
        add_store(sub)
        sub.set_defaults(act=run_)


def run(args: argparse.Namespace) -> int:
    with Store.open(args.store, create=False) as store:
        told: str = args.act(store, args)
    if told:
        say(told)
    return 0


def _merge(store: Store, args: argparse.Namespace) -> str:
    incidents, pages = _judged(store, args)
    chosen = [_incident(incidents, name) for name in dict.fromkeys(args.incidents)]
    if len(chosen) < 2:
        raise UsageError("one_incident", "a merge needs two incidents or more")
    reports = [at for incident in chosen for at in reports_at(incident, pages)]
    return _keep(store, args, [reports], [i.id for i in chosen])


def _split(store: Store, args: argparse.Namespace) -> str:
    incidents, pages = _judged(store, args)
    incident = _incident(incidents, args.incident)
    of_name = {
        f"{r.document}:{r.event}": report_at(page, event)
        for r in incident.reports
        for page in [pages[r.document]]
        for event in page.events
        if event.id == r.event
    }
    unknown = [name for name in args.reports if name not in of_name]
    if unknown:
        mend = f"it has {', '.join(of_name)}"
        raise UsageError("no_such_report", f"{incident.id} has no report {unknown[0]!r}", mend=mend)
    out = {of_name[name] for name in args.reports}
    rest = [at for at in of_name.values() if at not in out]
    if not rest:
        raise UsageError("nothing_left", "all reports taken out leave no incident", mend="name fewer")
    return _keep(store, args, [rest, sorted(out)], [incident.id])


def _undo(store: Store, args: argparse.Namespace) -> str:
    kept = store.decisions.undo(args.number, _who(args), args.reason)
    return f"decision {kept.number}: {args.number} is taken back"


def _list(store: Store, args: argparse.Namespace) -> str:  # noqa: ARG001 - the shape of an action
    table = Table("number", "when", "who", "action", "on", "supersedes", "reason", box=None, pad_edge=False)
    for d in store.decisions.all():
        over = "" if d.supersedes is None else str(d.supersedes)
        cells = (str(d.number), d.at, d.who, d.action, _on(d), over, d.reason)
        table.add_row(*map(printable, cells))
    console().print(table)
    return ""


def _on(decision: Decision) -> str:
    if decision.kind != "incident":
        return decision.document if decision.kind == "document" else f"{decision.document}:{decision.target}"
    told = decision.before if decision.action != "undo" else decision.after
    return " ".join((told or {}).get("incidents", ()))


def _judged(store: Store, args: argparse.Namespace) -> tuple[Mapping[str, Incident], Mapping[str, Page]]:
    readings, incidents, _ = assessed(store, truce_of(args.truce))
    return {i.id: i for i in incidents}, {r.document.id: Page(r) for r in readings}


def _incident(incidents: Mapping[str, Incident], name: str) -> Incident:
    if name not in incidents:
        raise UsageError("no_such_incident", f"no incident {name!r} under this truce", mend="`explain` gives the ids")
    return incidents[name]


def _keep(
    store: Store, args: argparse.Namespace, happenings: Sequence[Sequence[ReportAt]], seen: Sequence[str]
) -> str:
    kept = store.decisions.add(grouping(happenings, _who(args), incidents=seen, reason=args.reason))
    assessed(store, truce_of(args.truce))
    return f"decision {kept.number}: {kept.action} of {', '.join(seen)}"


def _who(args: argparse.Namespace) -> str:
    return str(args.who or getpass.getuser())
