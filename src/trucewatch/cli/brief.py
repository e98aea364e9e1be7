"""Write the brief of a truce over a period from what the store holds:
HTML, Markdown or Word by the file's ending."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Callable
from pathlib import Path

from trucewatch.cli.arguments import add_store, add_truce, truce_of
from trucewatch.cli.assess import assessed
from trucewatch.cli.output import say, write_whole
from trucewatch.errors import UsageError
from trucewatch.store import Store

NAME = "brief"
HELP = "write the brief of a truce"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_truce(parser)
    parser.add_argument("--from", dest="since", type=_day, metavar="DATE", help="first day (YYYY-MM-DD)")
    parser.add_argument("--to", dest="until", type=_day, metavar="DATE", help="last day (YYYY-MM-DD)")
    parser.add_argument(
        "-o", "--output", action="append", required=True, type=Path, metavar="FILE.html|.md|.docx",
        help="where to write it; may be given more than once",
    )
    add_store(parser)


def run(args: argparse.Namespace) -> int:
    from trucewatch import briefs

    renderers: dict[str, Callable[[briefs.Brief], str | bytes]] = {
        ".html": briefs.render_html, ".htm": briefs.render_html, ".md": briefs.render_markdown,
        ".docx": briefs.render_docx,
    }
    for path in args.output:
        if path.suffix.lower() not in renderers:
            mend = "end it in .html, .md or .docx"
            raise UsageError("brief_format", "no such format of a brief", place=str(path), mend=mend)
    if args.since and args.until and args.since > args.until:
        raise UsageError("brief_period", "--from is after --to", mend="turn them round")
    truce = truce_of(args.truce)
    with Store.open(args.store, create=False) as store:
        readings, incidents, findings = assessed(store, truce)
    made = briefs.build(truce, readings, incidents, findings, since=args.since, until=args.until)
    for path in args.output:
        write_whole(path, renderers[path.suffix.lower()](made))
        say(f"wrote {path}")
    return 0


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"no such day: {text!r} (write YYYY-MM-DD)") from None
