"""Truce files: what loads, and what is said of what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from trucewatch import truces
from trucewatch.errors import TruceError, UsageError

GOOD = """\
schema: trucewatch.truce/1
id: blue-valley
title: Truce of the Blue Valley
signed: 2020-01-01
effective: 2020-01-02T00:00:00+01:00
ends: null
area: {countries: [ALB]}
parties:
  - {id: north, name: North, members: [{name: Northern Guard}]}
  - {id: south, name: South, members: [{name: Southern Guard, country: GRC}]}
terms:
  - {id: T1, text: no attacks, kind: prohibits, acts: [{type: ASSAULT, mode: aerial}], by: [north]}
  - {id: T2, text: relief passes, kind: requires, acts: [{type: AID}], breached_by: [{tag: block_aid}]}
"""


def test_loads_a_sound_file(tmp_path: Path) -> None:
    file = tmp_path / "t.yaml"
    file.write_text(GOOD, "utf-8")
    truce = truces.load(file)
    assert truce.terms[0].by == ("north",)
    assert truce.signed == "2020-01-01"
    assert truces.check(file) == ()


@pytest.mark.parametrize(("old", "new", "line", "says"), [
    ("title:", "titel:", 3, "did you mean title"),
    ("signed: 2020-01-01", "signed: 2020-02-31", 4, "no date"),
    ("T00:00:00+01:00", "", 5, "offset"),
    ("ends: null", "ends: 2019-01-01T00:00:00+01:00", 6, "before the start"),
    ("[ALB]", "[ALX]", 7, "unknown country"),
    ("country: GRC", "country: Greece", 10, "unknown country"),
    ("type: ASSAULT", "type: ASSAUT", 12, "did you mean ASSAULT"),
    ("mode: aerial", "mode: arial", 12, "did you mean aerial"),
    ("by: [north]", "by: [nord]", 12, "unknown party"),
    ("kind: prohibits", "kind: forbids", 12, "prohibits"),
    ("tag: block_aid", "tag: stop_aid", 13, "block_aid"),
    ("id: T2", "id: T1", 13, "stands twice"),
    ("{type: AID}", "{type: AID, tag: block_aid}", 13, "either a type or a tag"),
    ("text: relief passes, ", "", 13, "text is missing"),
    ("parties:", "parties: &p", None, None),
])
def test_names_line_and_mend(old: str, new: str, line: int | None, says: str | None) -> None:
    text = GOOD.replace(old, new, 1)
    problems = truces.check(text)
    if line is None:
        assert problems == ()
        return
    assert line in [p.line for p in problems]
    assert says is not None
    assert any(says in str(p) for p in problems)
    with pytest.raises(TruceError) as raised:
        truces.load(text)
    assert raised.value.place.endswith(f":{problems[0].line}")
    assert raised.value.mend


def test_lists_all_problems() -> None:
    text = GOOD.replace("aerial", "arial").replace("[ALB]", "[ALX]").replace("block_aid", "stop_aid")
    assert len(truces.check(text)) == 3


@pytest.mark.parametrize("text", ["\n", "- a\n- b\n", "a: [\n", "a: &x {b: 1}\nc: *x\n", "[" * 3000 + "\n", "\x00\n"])
def test_bad_yaml_is_a_problem_not_a_crash(text: str) -> None:
    assert truces.check(text)
    with pytest.raises(TruceError):
        truces.load(text)


def test_missing_file_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(TruceError, match="truce_unreadable"):
        truces.load(tmp_path / "none.yaml")
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(TruceError, match="truce_encoding"):
        truces.load(tmp_path / "b.yaml")


def test_unknown_id_names_a_near_one() -> None:
    with pytest.raises(UsageError, match="did you mean syria-coh-2016"):
        truces.get("syria-coh-2015")
