"""Stated confidence against what came right: tenths, figures, the picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from hand_made import happened

from benchmarks.confidence import Bin, Outcomes, bins, draw, scores, table
from trucewatch.model import Event

TEXT = "Norland shelled a village."


def event(confidence: float) -> Event:
    return msgspec.structs.replace(happened(TEXT, "shelled", "ASSAULT"), confidence=confidence)


@pytest.fixture
def outcomes() -> Outcomes:
    made = Outcomes()
    for confidence, right in [(0.85, True), (0.85, True), (0.85, False), (0.25, False), (1.0, True)]:
        made(event(confidence), right)
    return made


def test_events_fall_into_tenths_and_certainty_into_the_last() -> None:
    assert bins([(0.25, False), (0.25, True), (1.0, True)]) == [Bin(2, 0.25, 0.5), Bin(1, 1.0, 1.0)]


def test_calibration_error_is_the_distance_weighted_by_events(outcomes: Outcomes) -> None:
    wanted = (3 * abs(0.85 - 2 / 3) + 1 * 0.25 + 0) / 5
    assert scores(outcomes)["calibration_error"].value == pytest.approx(wanted)


def test_brier_is_the_mean_square_of_stated_less_outcome(outcomes: Outcomes) -> None:
    wanted = (2 * 0.15**2 + 0.85**2 + 0.25**2) / 5
    assert scores(outcomes)["brier"].value == pytest.approx(wanted)


def test_nothing_judged_gives_no_figures() -> None:
    assert scores(Outcomes()) == {}


def test_the_table_has_a_row_a_tenth(outcomes: Outcomes) -> None:
    assert len(table(outcomes).splitlines()) == 4


def test_the_picture_is_wellformed_with_a_dot_a_tenth(outcomes: Outcomes, tmp_path: Path) -> None:
    draw(outcomes, tmp_path / "reliability.svg")
    root = ElementTree.parse(tmp_path / "reliability.svg").getroot()
    assert len(root.findall(".//{http://www.w3.org/2000/svg}circle")) == 3
