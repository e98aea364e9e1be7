"""Fit `src/trucewatch/rules/data/confidence.yaml`, the curve behind the confidence of an event.

    python tools/fit_confidence.py --plv PLV_train.tsv --plover-gsr records.json --acled-notes events_2022.csv

Each set is read as its benchmark reads it, and its own rule of matching says whether an event's type is right.
A logistic curve over the signs of `trucewatch.reading.confidence` is fitted by Newton's method, with a penalty on the
squares of the weights (not on the intercept) so that rare signs say little. Every set counts alike, whatever its size.
Printed is how well the curve is calibrated on items it was not fitted to (ten folds).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import numpy as np
import yaml
from logistic import fit

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import acled_notes, plover_gsr, plv
from benchmarks.confidence import Outcomes, bins
from benchmarks.report import Misses
from trucewatch.reading.confidence import signs

OUT = Path(__file__).parents[1] / "src/trucewatch/rules/data/confidence.yaml"
PENALTY = 2.0
FEWEST = 12     # a sign seen on fewer events has no weight
FOLDS = 10
SETS = {"plv": (plv.run, "PLV"), "plover_gsr": (plover_gsr.run, "PLOVER's gold standard records"),
        "acled_notes": (acled_notes.run_events, "ACLED's coder's notes")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in SETS:
        parser.add_argument(f"--{name.replace('_', '-')}", type=Path, required=True)
    args = parser.parse_args()
    seen: list[frozenset[str]] = []
    right: list[float] = []
    weight: list[float] = []
    told = []
    for name, (run, title) in SETS.items():
        outcomes = Outcomes()
        run(getattr(args, name), limit=None, errors=Misses(), outcomes=outcomes)
        seen += [signs(e) for e, _ in outcomes.judged]
        right += [float(r) for _, r in outcomes.judged]
        weight += [1 / len(outcomes.judged)] * len(outcomes.judged)
        told.append(f"{title} ({len(outcomes.judged)} events)")
    names = sorted(n for n, count in Counter(s for each in seen for s in each).items() if count >= FEWEST)
    table = np.array([[1.0, *(float(n in each) for n in names)] for each in seen])
    target = np.array(right)
    weights = np.array(weight) * len(weight) / len(SETS)
    _try_out(table, target, weights)
    fitted = fit(table, target, weights, PENALTY)
    data = {
        "fitted_on": "; ".join(told), "events": len(seen), "intercept": round(float(fitted[0]), 2),
        "weights": {n: round(float(w), 2) for n, w in zip(names, fitted[1:], strict=True) if abs(w) >= 0.005},
    }
    head = "# Made by tools/fit_confidence.py: log odds that an event's type is right, by what is seen of it.\n"
    OUT.write_text(head + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")


def _try_out(table: np.ndarray, right: np.ndarray, weights: np.ndarray) -> None:
    """Stated against right on items left out of the fit."""
    fold = np.random.default_rng(1).permutation(len(right)) % FOLDS
    stated = np.empty(len(right))
    for left_out in range(FOLDS):
        rest = fold != left_out
        found = fit(table[rest], right[rest], weights[rest], PENALTY)
        stated[~rest] = 1 / (1 + np.exp(-table[~rest] @ found))
    error = 0.0
    for each in bins([(float(s), bool(r)) for s, r in zip(stated, right, strict=True)]):
        sys.stdout.write(f"{each.events:>6} events: stated {each.stated:.3f}, right {each.right:.3f}\n")
        error += each.events * abs(each.stated - each.right) / len(right)
    sys.stdout.write(
        f"left out of the fit: brier {((stated - right) ** 2).mean():.3f}, calibration error {error:.3f}; "
        f"one figure for all: brier {right.mean() * (1 - right.mean()):.3f}\n"
    )


if __name__ == "__main__":
    main()
