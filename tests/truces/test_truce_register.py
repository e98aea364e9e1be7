"""Every deal of the register loads, and every term has events that it bears on and events that it does not."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pytest
import yaml
from made_pages import Made, place

from trucewatch import truces

_DAY = {"syria-coh-2016": "2016-04-11", "donbas-minsk-2015": "2016-06-13", "yemen-coh-2016": "2016-04-12",
        "colombia-farc-2016": "2016-09-05"}
_PLACE = {
    "syria-coh-2016": place("Douma", "SYR"), "donbas-minsk-2015": place("Marinka", "UKR", admin1="Donetsk Oblast"),
    "yemen-coh-2016": place("Taiz", "YEM"), "colombia-farc-2016": place("Fortul", "COL"),
}


def _examples() -> list[tuple[str, dict[str, Any]]]:
    folder = files("trucewatch.truces") / "register" / "examples"
    return [(name, example) for name in truces.registered()
            for example in yaml.safe_load((folder / f"{name}.yaml").read_text("utf-8"))]


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
    for term in truces.get(truce_id).terms:
        assert told[term.id] & hits, term.id
        assert told[term.id] - hits, term.id


@pytest.mark.parametrize(("truce_id", "example"), _examples(), ids=lambda v: v["text"] if isinstance(v, dict) else v)
def test_example(truce_id: str, example: dict[str, Any]) -> None:
    made = Made(example["text"], published=_DAY[truce_id])
    made.tell(example["type"], example["trigger"], mode=example.get("mode"), actors=example.get("actors", ()),
              recipients=example.get("recipients", ()), day=_DAY[truce_id], place=_PLACE[truce_id])
    (finding,) = truces.assess(truces.get(truce_id), [made.reading()])
    assert finding.verdict == example["verdict"], finding
    if finding.verdict in ("breach_alleged", "compliance"):
        assert finding.term == example["term"], finding
