"""The ladder: each rung both ways, what unknown answers do, and the diagram in the docs."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from trucewatch.truces.ladder import CLEARING, LADDER, Outcome, decide, diagram, possible

SOUND: dict[str, Outcome] = {
    "status": "yes", "time": "yes", "area": "yes", "actor": "yes", "owed": "no", "prohibited": "yes",
    "target": "yes", "denied": "no", "defended": "no", "corroborated": "no",
}


@pytest.mark.parametrize(("rung", "answer", "verdict"), [
    ("corroborated", "no", "breach_alleged"), ("corroborated", "yes", "breach_corroborated"),
    ("defended", "yes", "defence_claimed"), ("denied", "yes", "breach_contested"), ("target", "no", "not_covered"),
    ("prohibited", "no", "not_prohibited"), ("owed", "yes", "compliance"), ("actor", "no", "not_covered"),
    ("area", "no", "not_covered"), ("time", "no", "not_covered"), ("status", "no", "intent_only"),
])
def test_each_answer(rung: str, answer: Outcome, verdict: str) -> None:
    decision = decide({**SOUND, rung: answer})
    assert decision.verdict == verdict
    assert decision.asked[-1] == rung


@pytest.mark.parametrize(("rung", "missing"), [
    ("status", "status"), ("time", "date"), ("area", "place"), ("actor", "actor"), ("target", "target")])
def test_unknown_is_never_no(rung: str, missing: str) -> None:
    decision = decide({**SOUND, rung: "unknown"})
    assert decision.verdict == "undetermined"
    assert decision.missing == (missing,)


def test_unknown_decides_nothing_when_every_answer_agrees() -> None:
    decision = decide({**SOUND, "time": "unknown", "actor": "no"})
    assert (decision.verdict, decision.asked[-1]) == ("not_covered", "actor")
    assert decide({**SOUND, "time": "unknown", "prohibited": "no"}).verdict == "not_prohibited"


def test_all_combinations_are_decided_within_what_is_possible() -> None:
    names = [r.name for r in LADDER]
    for answers in product(("yes", "no", "unknown"), repeat=7):
        outcomes = {**SOUND, **dict(zip(names, answers, strict=False))}
        verdict = decide(outcomes).verdict
        options = possible(0, outcomes)
        assert verdict in options or verdict == "undetermined" or options <= CLEARING


def test_docs_show_the_ladder_as_it_is() -> None:
    page = Path(__file__).parents[2] / "docs" / "findings.md"
    assert f"```mermaid\n{diagram()}```" in page.read_text("utf-8")
