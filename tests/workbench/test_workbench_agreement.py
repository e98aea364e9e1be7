from __future__ import annotations

from typing import Any

import pytest

from trucewatch.model import Event, EventTime, Place, Span, to_json
from trucewatch.store import Decision
from trucewatch.workbench.agreement import alpha, questions, standing

DAY = EventTime(None, None, "2016-04-11", "2016-04-11")
EVENT = Event("v1", "ASSAULT", Span(7, 10), mode="heavy-weapons", time=DAY)


def unit(*answers: str) -> list[list[str]]:
    """Things, from one row of answers a person; a dot is none."""
    return [[a for a in column if a != "."] for column in zip(*answers, strict=True)]


# The worked examples A to C of Krippendorff's "Computing Krippendorff's Alpha-Reliability" (2011).
@pytest.mark.parametrize(("rows", "published"), [
    (("0100000010", "1110010000"), 0.095),
    (("aabbdcccedda", "babbbccceddd"), 0.692),
    (("123321412...", "1233224125.3", ".3332342251.",
      "12332441251."), 0.743),
])
def test_published_values(rows: tuple[str, ...], published: float) -> None:
    found = alpha(unit(*rows))
    assert found is not None
    assert round(found, 3) == published


def test_where_nothing_can_be_said() -> None:
    assert alpha([]) is None
    assert alpha([["a"], ["b"]]) is None
    assert alpha([["a", "a"], ["a", "a"]]) is None


def record(number: int, who: str, action: str, target: str = "v1", **more: Any) -> Decision:
    values = {"before": to_json(EVENT), **more}
    return Decision("a", "x", "event", target, action, who, number=number, **values)  # type: ignore[arg-type]


def test_a_persons_last_decision_stands_until_it_is_taken_back() -> None:
    records = [record(1, "Ada", "accept"), record(2, "Ben", "reject", supersedes=1), record(3, "Ben", "accept")]
    last = standing([*records, record(4, "Ada", "undo", supersedes=3)])
    assert {who: r.number for who, r in last["a", "event", "v1"].items()} == {"Ada": 1, "Ben": 2}


def test_questions_are_those_that_two_people_answered() -> None:
    records = [
        record(1, "Ada", "accept"), record(2, "Ben", "edit", after={"mode": "aerial"}),
        record(3, "Ada", "reject", "v2"), record(4, "Ben", "accept", "v2"), record(5, "Ada", "accept", "v3"),
    ]
    found = {q.name: q for q in questions(records)}
    assert (found["event"].things, found["event"].share, found["event"].split) == (2, 0.5, (("a", "v2"),))
    assert (found["mode"].things, found["mode"].split) == (1, (("a", "v1"),))
    assert found["status"].split == ()
    assert "page" not in found


def test_a_place_is_where_it_is_whatever_it_is_called() -> None:
    def at(name: str, lat: float) -> dict[str, Any]:
        return {"place": to_json(Place(0, 1, name, name, None, lat, 36.72, "SYR"))}

    near = [record(1, "Ada", "edit", after=at("Homs", 34.72)), record(2, "Ben", "edit", after=at("Hims", 34.74))]
    assert next(q for q in questions(near) if q.name == "place").split == ()
    apart = [near[0], record(2, "Ben", "edit", after=at("Homs", 35.9))]
    assert next(q for q in questions(apart) if q.name == "place").split == (("a", "v1"),)
