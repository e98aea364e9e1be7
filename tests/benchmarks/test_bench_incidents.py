"""Joins and copies counted on the example pages of several outlets."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import incidents
from benchmarks.metrics import Metric, Miss

EXAMPLES = Path(__file__).parents[2] / "examples" / "joining"


@pytest.fixture(scope="module")
def counted() -> tuple[dict[str, Metric], list[Miss]]:
    misses: list[Miss] = []
    return incidents.run(EXAMPLES, limit=None, errors=misses.append), misses


def test_no_two_happenings_of_the_examples_are_joined(counted: tuple[dict[str, Metric], list[Miss]]) -> None:
    scores, misses = counted
    assert scores["join_p"].value == 1
    assert not [m for m in misses if m.kind == "joined wrongly"]


def test_most_reports_and_all_copies_of_the_examples_are_found(
    counted: tuple[dict[str, Metric], list[Miss]],
) -> None:
    scores, _ = counted
    assert (scores["join_f"].value or 0) >= 0.8
    assert scores["copies_f"].value == 1


def test_what_is_missed_is_told(counted: tuple[dict[str, Metric], list[Miss]]) -> None:
    scores, misses = counted
    assert scores["join_f"].n == 13
    assert all(m.kind == "not joined" for m in misses)
