from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_running import Run


def test_a_place_is_found_in_any_spelling(run: Run) -> None:
    status, out, _ = run("places", "find", "Maarrat", "al-Nu'man")
    assert status == 0
    assert "SYR" in out
    status, out, _ = run("places", "find", "--json", "Kunduz")
    assert json.loads(out.splitlines()[0])["country"] == "AFG"


def test_a_name_of_no_place_is_said(run: Run) -> None:
    status, out, err = run("places", "find", "Qwxyzville")
    assert (status, out) == (1, "")
    assert "no place of that name" in err


def test_places_of_ones_own_are_taken_in(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, mine = tmp_path / "own.sqlite", tmp_path / "mine.csv"
    mine.write_text("name,lat,lon,country\nQwarbeshan,35.5,36.9,SY\n,1,1,SY\n")
    monkeypatch.setenv("TRUCEWATCH_PLACES", str(kept))
    status, out, err = run("places", "import", mine)
    assert status == 0
    assert out.startswith("1 places in ")
    assert "no name" in err
    assert kept.is_file()
