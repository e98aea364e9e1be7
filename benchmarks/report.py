"""Scores as a table for people and as JSON; misses as lines of JSON."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TextIO

from benchmarks.metrics import Metric, Miss, Scores

# Figures in units of their own; all others are shares, shown per cent.
UNITS = {
    "median_km", "words_per_s", "pages_per_s", "peak_mb", "ratio_to_parser", "incidents", "start_s", "view_ms",
    "filter_ms", "decision_to_overview_ms", "filter_ratio_to_csv", "kb_sent_at_most",
}


@dataclass(slots=True)
class Misses:
    """Collects misses: every one to a stream, if there is one, and how many of each kind."""

    stream: TextIO | None = None
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def __call__(self, miss: Miss) -> None:
        self.counts.setdefault(miss.set, Counter())[miss.kind] += 1
        if self.stream is not None:
            self.stream.write(json.dumps(asdict(miss), ensure_ascii=False) + "\n")


def table(scores: dict[str, Scores], misses: Misses, kinds: int = 8) -> str:
    """The figures and, under each set, the commonest kinds of miss."""
    lines = [f"{'':<34}{'value':>9}{'95 % interval':>20}{'n':>8}"]
    for name, metrics in scores.items():
        lines.append(name)
        lines += [f"  {metric:<32}{_row(metric, figure)}" for metric, figure in metrics.items()]
        if common := misses.counts.get(name):
            lines.append("  misses: " + ", ".join(f"{kind} {n}" for kind, n in common.most_common(kinds)))
    return "\n".join(lines)


def _row(name: str, figure: Metric) -> str:
    scale = 1 if name in UNITS else 100
    digits = 2 if "ratio" in name else 1

    def shown(value: float | None) -> str:
        return "-" if value is None else f"{value * scale:.{digits}f}"

    interval = "" if figure.low is None else f"{shown(figure.low)} to {shown(figure.high)}"
    return f"{shown(figure.value):>9}{interval:>20}{figure.n:>8}"


def write_json(path: Path, scores: dict[str, Scores], versions: dict[str, str]) -> None:
    """`{"set": {"metric": {"value", "low", "high", "n"}}, "versions": {…}}`."""
    plain = {name: {m: asdict(figure) for m, figure in metrics.items()} for name, metrics in scores.items()}
    path.write_text(json.dumps({**plain, "versions": versions}, indent=1) + "\n", encoding="utf-8")
