"""Open the workbench: read, judge and decide in a browser, on this machine alone. Another address than the
loopback one needs a token."""

from __future__ import annotations

import argparse
import getpass
import os
from pathlib import Path

from trucewatch.cli.arguments import add_store, add_truce, truce_file, truce_of
from trucewatch.cli.output import say
from trucewatch.errors import UsageError
from trucewatch.store import Store

NAME = "serve"
HELP = "open the workbench in a browser"
_TOKEN = "TRUCEWATCH_TOKEN"
_LEAST = 16  # characters of a token


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_truce(parser)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--who", default="", help="name that signs decisions (default: the user's)")
    parser.add_argument(
        "--allow-path", action="append", default=[], type=Path, metavar="DIR",
        help="let pages be added by their path below this folder of this machine; may be given again",
    )
    parser.add_argument("--texts", type=Path, metavar="FILE.yaml", help="a translation of the workbench's words")
    add_store(parser)
    parser.epilog = f"The token is read from the environment variable {_TOKEN}; it has {_LEAST} characters or more."


def run(args: argparse.Namespace) -> int:
    try:
        import uvicorn

        from trucewatch.workbench import create_app, texts
        from trucewatch.workbench.guard import is_loopback
    except ModuleNotFoundError as error:
        raise UsageError(
            "no_workbench", f"{error.name} is not installed", mend="pip install 'trucewatch[workbench]'"
        ) from error
    token = os.environ.get(_TOKEN) or None
    if token is None and not is_loopback(args.host):
        raise UsageError("token_needed", f"{args.host} can be reached by others", mend=f"set {_TOKEN}")
    if token is not None and len(token) < _LEAST:
        raise UsageError("token_short", "the token is too short", mend=f"give {_LEAST} characters or more")
    for folder in args.allow_path:
        if not folder.is_dir():
            raise UsageError("no_folder", f"{folder} is no folder", mend="give --allow-path a folder that is there")
    if args.texts:
        texts.translate(args.texts)
    truce = truce_of(args.truce)
    with Store.open(args.store) as store:
        app = create_app(
            store, truce, who=args.who or _user(), token=token, truce_file=truce_file(args.truce),
            allowed=args.allow_path,
        )
        say(f"judging {store.count()} pages under {truce.id} …")
        app.state.prepare()
        host = f"[{args.host}]" if ":" in args.host else args.host
        say(f"http://{host}:{args.port}/ (Ctrl-C ends it)")
        uvicorn.run(app, host=args.host, port=args.port, log_level="warning", server_header=False)
    return 0


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
