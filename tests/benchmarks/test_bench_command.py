"""The command line, the table and the files it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks.metrics import Metric, Miss
from benchmarks.report import Misses, table
from benchmarks.speed import read_texts

SCORES = {"made": {"right": Metric(0.5, 0.25, 0.75, 4), "words_per_s": Metric(1234.5, None, None, 4)}}


def test_table_shows_shares_per_cent_and_other_figures_as_they_are() -> None:
    misses = Misses()
    misses(Miss("made", "1", "missed", "", None, None))
    shown = table(SCORES, misses)
    assert "50.0" in shown
    assert "25.0 to 75.0" in shown
    assert "1234.5" in shown
    assert "misses: missed 1" in shown


def test_figures_and_misses_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def measured(_args: object, misses: Misses) -> dict[str, dict[str, Metric]]:
        misses(Miss("made", "1", "missed", "A sentence.", "this", None))
        return SCORES

    monkeypatch.setitem(command.COMMANDS, "gold", measured)
    out, lines = tmp_path / "out.json", tmp_path / "misses.jsonl"
    assert command.main(["gold", "--json", str(out), "--errors", str(lines)]) == 0
    written = json.loads(out.read_text())
    assert written["made"]["right"] == {"value": 0.5, "low": 0.25, "high": 0.75, "n": 4}
    assert "trucewatch" in written["versions"]
    assert json.loads(lines.read_text())["wanted"] == "this"


def test_nothing_named_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["events"]) == 2
    assert "name at least one set" in capsys.readouterr().err


def test_a_path_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    gone = tmp_path / "gone.tsv"
    assert command.main(["events", "--plv", str(gone)]) == 2
    assert str(gone) in capsys.readouterr().err


def test_texts_come_from_tables_lines_and_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('title,article_content\nx,"one two"\ny,\n', encoding="utf-8")
    (tmp_path / "b.jsonl").write_text('{"text": "three"}\n{"id": 1}\n', encoding="utf-8")
    (tmp_path / "c.txt").write_text("four", encoding="utf-8")
    assert list(read_texts(tmp_path)) == ["one two", "three", "four"]
