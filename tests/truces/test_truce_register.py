"""Every deal of the register loads, and every term has events that it bears on and events that it does not."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml
from made_pages import Made, place

from trucewatch import truces
from trucewatch.truces.amendments import as_of


def _sets() -> dict[str, dict[str, Any]]:
    folder = files("trucewatch.truces") / "register" / "examples"
    return {name: yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8")) for name in truces.registered()}


def _examples() -> list[tuple[str, dict[str, Any]]]:
    """Every example with the day and the place of its set, unless it has a day of its own."""
    return [(name, {"day": told["day"], "place": told["place"], **example})
            for name, told in _sets().items() for example in told["examples"]]


def test_the_register_is_large_enough() -> None:
    assert len(truces.registered()) >= 15


@pytest.mark.parametrize("truce_id", truces.registered())
def test_has_no_problem(truce_id: str) -> None:
    assert truces.check(files("trucewatch.truces") / "register" / f"{truce_id}.yaml") == ()
    assert truces.get(truce_id).id == truce_id


@pytest.mark.parametrize("truce_id", truces.registered())
def test_each_term_has_an_example_both_ways(truce_id: str) -> None:
    told: dict[str, set[str]] = {}
    for name, example in _examples():
        if name == truce_id:
            told.setdefault(example["term"], set()).add(example["verdict"])
    hits = {"breach_alleged", "compliance"}
    for term in as_of(truces.get(truce_id), None).terms:
        # A duty that no act can break, only its leaving undone, has none that breaks it.
        wanted = {"breach_alleged"} if term.kind == "prohibits" or term.breached_by else set()
        wanted |= {"compliance"} if term.kind == "requires" else set()
        assert told[term.id] >= wanted, term.id
        assert told[term.id] - hits, term.id


@pytest.mark.parametrize(("truce_id", "example"), _examples(), ids=lambda v: v["text"] if isinstance(v, dict) else v)
def test_example(truce_id: str, example: dict[str, Any]) -> None:
    day = str(example["day"])
    made = Made(example["text"], published=day)
    made.tell(example["type"], example["trigger"], mode=example.get("mode"), actors=example.get("actors", ()),
              recipients=example.get("recipients", ()), day=day, place=place(**example["place"]))
    if example["verdict"] == "none":
        assert truces.assess(truces.get(truce_id), [made.reading()]) == ()
        return
    (finding,) = truces.assess(truces.get(truce_id), [made.reading()])
    assert finding.verdict == example["verdict"], finding
    if finding.verdict in ("breach_alleged", "compliance"):
        assert finding.term == example["term"], finding
