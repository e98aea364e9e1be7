"""The floors' own scorer, and the floors themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hand_made import happened, reading, said

from benchmarks import floors
from benchmarks.floors import Counts, Page

TEXT = (
    "Share this page\n\nSudria's army shelled Ost, a nurse said. “The army would shell us again,” she said.\n\n"
    "A price war goes on."
)
GOLD: dict[str, Any] = {
    "id": "ost",
    "page": TEXT,
    "furniture": ["Share this page"],
    "statements": [
        {"id": "g1", "source": "a nurse", "content": "Sudria's army shelled Ost"},
        {"id": "g2", "source": "she", "content": "The army would shell us again"},
    ],
    "events": [
        {
            "id": "v1", "trigger": "shelled", "type": "ASSAULT", "actors": ["Sudria's army"], "recipients": [],
            "status": "occurred", "polarity": "affirmed", "stated_by": ["g1"],
        }
    ],
    "not_events": ["shell#2", "war"],
}  # fmt: skip


def counts_of(**made: Any) -> dict[str, float]:
    counts = Counts()
    floors.score(Page(GOLD), reading(TEXT, **made), counts)
    return counts.figures()


def test_a_perfect_reading() -> None:
    statements = [
        said(TEXT, "a nurse", "said", "Sudria's army shelled Ost"),
        said(TEXT, "she", "said", "The army would shell us again"),
    ]
    events = [happened(TEXT, "shelled", "ASSAULT", ["Sudria's army"], stated_by=("s1",))]
    figures = counts_of(statements=statements, events=events, furniture=["Share this page"])
    assert figures == {
        "furniture_f": 1.0, "statement_content_f": 1.0, "statement_source_f": 1.0, "event_trigger_f": 1.0,
        "record_f": 1.0, "false_alarms": 0.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{"kind": "COERCE"}, {"recipients": ["Ost"]}, {"status": "planned"}, {"stated_by": ()}]
)
def test_a_record_is_right_only_as_a_whole(wrong: dict[str, Any]) -> None:
    given = {"kind": "ASSAULT", "actors": ["army"], "stated_by": ("s1",), **wrong}
    statements = [said(TEXT, "a nurse", "said", "Sudria's army shelled Ost")]
    figures = counts_of(statements=statements, events=[happened(TEXT, "shelled", **given)])
    assert figures["event_trigger_f"] == 1.0
    assert figures["record_f"] == 0.0


def test_a_false_alarm_is_affirmed_and_done() -> None:
    again = [happened(TEXT, "shell us", "ASSAULT", status="possible"), happened(TEXT, "war", "ASSAULT")]
    assert counts_of(events=again)["false_alarms"] == 0.5


def test_numbered_strings_are_found() -> None:
    assert [TEXT[s:e] for s, e in Page(GOLD).spans(["army#2", "war"])] == ["army", "war"]
    with pytest.raises(ValueError, match="not in the page"):
        Page(GOLD).spans("army#3")


def test_below_names_what_fell() -> None:
    assert floors.below({"record_f": 0.5, "false_alarms": 0.1}, {"record_f": 0.5, "false_alarms": 0.1}) == []
    fallen = floors.below({"record_f": 0.4, "false_alarms": 0.2}, {"record_f": 0.5, "false_alarms": 0.1, "x": 1.0})
    assert [line.split(":")[0] for line in fallen] == ["record_f", "false_alarms", "x"]


def test_lower_writes_the_figures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.yaml")
    monkeypatch.setattr(floors, "measure", lambda: {"record_f": 0.43219})
    assert floors.main(["--lower"]) == 0
    assert floors.read_floors(tmp_path / "floors.yaml") == {"record_f": 0.432}


def test_the_reader_stands_on_its_floors() -> None:
    assert floors.below(floors.measure(), floors.read_floors()) == []
