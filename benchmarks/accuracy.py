"""The log of figures: what the benchmarks measured, when and with which rules and models.

    python -m benchmarks statements --polnear DIR --json out.json
    python -m benchmarks.accuracy out.json …          # adds one section to docs/accuracy.md

The figures come from the JSON files alone; the section is headed by the day and the commit that were measured.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import UNITS

LOG = Path("docs/accuracy.md")
_HEAD = """# Accuracy, as measured

Each section is one run of the benchmarks, written by `python -m benchmarks.accuracy`; nothing here is typed by hand.
What a set and a metric are stands in [benchmarks.md](benchmarks.md). Shares and F are per cent, with a 95 % bootstrap
interval over documents or items where there is one. Newest first.
"""


def section(title: str, runs: Sequence[dict[str, Any]]) -> str:
    """One section of the log as Markdown, from the benchmarks' JSON."""
    versions = {k: v for run in runs for k, v in run.get("versions", {}).items()}
    lines = [f"## {title}", "", ", ".join(f"{k} {v}" for k, v in versions.items()), ""]
    lines += ["| set | metric | value | 95 % interval | n |", "|---|---|---:|---|---:|"]
    for run in runs:
        for name, metrics in run.items():
            if name == "versions":
                continue
            lines += [_row(name, metric, figure) for metric, figure in metrics.items()]
    return "\n".join(lines) + "\n"


def _row(name: str, metric: str, figure: dict[str, Any]) -> str:
    share = metric not in UNITS
    low, high = figure.get("low"), figure.get("high")
    interval = f"{_shown(low, share)} to {_shown(high, share)}" if low is not None and high is not None else ""
    return f"| {name} | {metric} | {_shown(figure['value'], share)} | {interval} | {figure['n']} |"


def _shown(value: float, share: bool) -> str:
    return f"{100 * value:.1f}" if share else f"{value:.2f}"


def added(log: str, new: str) -> str:
    """The log with a section put on top of the older ones."""
    older = log.removeprefix(_HEAD).lstrip("\n")
    return f"{_HEAD}\n{new}\n{older}".rstrip("\n") + "\n"


def main(arguments: Sequence[str]) -> int:
    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    runs = [json.loads(Path(path).read_text("utf-8")) for path in arguments]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], check=True, capture_output=True, text=True)
    title = f"{dt.date.today().isoformat()}, commit {commit.stdout.strip()}"
    LOG.write_text(added(LOG.read_text("utf-8") if LOG.exists() else "", section(title, runs)), "utf-8")
    print(f"{LOG}: {title}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
