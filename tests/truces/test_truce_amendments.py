"""A truce as it stood on a day, and what parties have of their own."""

from __future__ import annotations

import msgspec
import pytest
from made_pages import Made, place

from trucewatch import truces
from trucewatch.model import Area
from trucewatch.truces.amendments import as_of

TEXT = """schema: trucewatch.truce/1
id: hill-truce
title: A truce of two hills
effective: 2020-01-10T00:00:00+00:00
ends: 2020-02-10T00:00:00+00:00
area: {countries: [YEM]}
parties:
  - {id: red, name: Red Guards, members: [{name: Red Guards}], effective: "2020-01-20T00:00:00+00:00"}
  - {id: blue, name: Blue Guards, members: [{name: Blue Guards}], area: {countries: [OMN]}}
terms:
  - {id: T1, text: no attacks, kind: prohibits, acts: [{type: ASSAULT}]}
  - {id: T2, text: no marches, kind: prohibits, acts: [{type: MOBILIZE}]}
amendments:
  - date: 2020-02-01
    text: prolonged, and marches are free
    ends: 2020-03-10T00:00:00+00:00
    terms: [{id: T1, text: "no attacks, not even threats", kind: prohibits, acts: [{type: ASSAULT}, {type: THREATEN}]}]
    lapsed: [T2]
  - {date: 2020-03-01, text: wider, area: {countries: [YEM, SAU]}}
"""
TRUCE = truces.load(TEXT)


def verdict(day: str, type_: str = "ASSAULT", who: str = "The Red Guards", country: str = "YEM") -> str:
    made = Made(f"{who} hit a market.", published=day)
    made.tell(type_, "hit", actors=[who], recipients=["a market"], day=day, place=place("Saada", country))
    (finding,) = truces.assess(TRUCE, [made.reading()])
    return finding.verdict


def test_each_day_has_its_text() -> None:
    assert [t.id for t in as_of(TRUCE, "2020-01-31").terms] == ["T1", "T2"]
    assert [t.text for t in as_of(TRUCE, "2020-02-01").terms] == ["no attacks, not even threats"]
    assert as_of(TRUCE, "2020-03-01").area == as_of(TRUCE, None).area == Area(countries=("YEM", "SAU"))


@pytest.mark.parametrize(("day", "type_", "want"), [
    ("2020-02-15", "ASSAULT", "breach_alleged"), ("2020-03-15", "ASSAULT", "not_covered"),
    ("2020-01-25", "MOBILIZE", "breach_alleged"), ("2020-02-15", "MOBILIZE", "not_prohibited"),
    ("2020-01-25", "THREATEN", "intent_only"), ("2020-02-15", "THREATEN", "breach_alleged"),
])
def test_an_act_is_held_against_the_text_of_its_day(day: str, type_: str, want: str) -> None:
    assert verdict(day, type_) == want


def test_a_party_has_a_start_and_an_area_of_its_own() -> None:
    assert verdict("2020-01-15") == "not_covered"
    assert verdict("2020-01-15", who="The Blue Guards", country="OMN") == "breach_alleged"
    assert verdict("2020-01-15", who="The Blue Guards") == "not_covered"


@pytest.mark.parametrize(("old", "new", "path"), [
    ("lapsed: [T2]", "lapsed: [T7]", "truce.amendments[0].lapsed"),
    ("date: 2020-02-01", "date: soon", "truce.amendments[0].date"),
    ("kind: prohibits, acts: [{type: ASSAULT}, {", "kind: prohibits, by: [green], acts: [{type: ASSAULT}, {",
     "truce.amendments[0].terms[0].by"),
])
def test_what_is_wrong_with_an_amendment(old: str, new: str, path: str) -> None:
    assert [p.path for p in truces.check(TEXT.replace(old, new))] == [path]


def test_any_of_several_areas_will_do() -> None:
    both = msgspec.structs.replace(TRUCE, area=Area(countries=("SAU",), admin1=("Saada",)))
    made = Made("The Red Guards hit a market.", published="2020-01-25")
    made.tell("ASSAULT", "hit", actors=["The Red Guards"], recipients=["a market"], day="2020-01-25",
              place=place("Razih", "YEM", admin1="Saada"))
    (finding,) = truces.assess(both, [made.reading()])
    assert finding.verdict == "breach_alleged"
