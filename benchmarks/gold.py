"""Whole readings and findings of annotated news pages, scored by the scorer that lies beside them.

The set is a folder of YAML pages with `truces/` and `score_gold.py` in it. The pages are read as a user's would
be, findings are judged page by page and once more all together, and `score_gold.py` counts.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.metrics import Errors, Metric, Miss, Scores, plain_metric
from benchmarks.reader import progress
from trucewatch.model import Finding, Reading, dumps
from trucewatch.reading import read_many
from trucewatch.sources import from_record
from trucewatch.truces import assess, load


def run(gold: Path, *, limit: int | None, errors: Errors) -> Scores:
    """F of every row that the scorer prints, the share of false alarms and of right findings, alone and joint."""
    readings = list(_read(gold, limit))
    truces = [load(path) for path in sorted((gold / "truces").glob("*.yaml"))]
    scores: Scores = {}
    for name, joint in (("findings", False), ("findings_joint", True)):
        findings = [f for truce in truces for f in assess(truce, readings, joint=joint)]
        counted = _score(gold, readings, findings, joint=joint)
        if counted.get("findings"):
            scores[name] = _share(counted["findings"]["right"], counted["findings"]["wanted"])
        if joint:
            continue
        for row, figures in counted["rows"].items():
            if figures["wanted"] or figures["given"]:
                scores[row.lower().replace(" ", "_")] = plain_metric(figures["f1"] or 0.0, figures["wanted"])
        alarms = counted["false_alarms"]
        scores["false_alarms"] = _share(alarms["raised"], alarms["items"])
        for miss in counted.get("details", []):
            errors(Miss("gold", miss["document"], miss["what"], miss["sentence"], miss["item"], miss["detail"]))
    return scores


def _share(part: int, whole: int) -> Metric:
    return plain_metric(part / whole if whole else 0.0, whole)


def _read(gold: Path, limit: int | None) -> list[Reading]:
    emitted = _scorer(gold, "--emit", str(gold)).splitlines()[:limit]
    sourced = (from_record(json.loads(line), id=f"line {n}") for n, line in enumerate(emitted, 1))
    return list(progress(read_many(sourced), len(emitted), "gold"))


def _score(gold: Path, readings: list[Reading], findings: list[Finding], *, joint: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        read, found = Path(folder, "readings.jsonl"), Path(folder, "findings.jsonl")
        read.write_text("".join(dumps(r) + "\n" for r in readings), "utf-8")
        found.write_text("".join(dumps(f) + "\n" for f in findings), "utf-8")
        extra = ["--joint"] if joint else []
        printed = _scorer(gold, str(gold), str(read), "--findings", str(found), "--json", "--details", *extra)
    counted: dict[str, Any] = json.loads(printed)
    return counted


def _scorer(gold: Path, *arguments: str) -> str:
    command = [sys.executable, str(gold / "score_gold.py"), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
