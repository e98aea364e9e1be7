"""What people decided on the joining of reports, honoured by the joiner."""

from __future__ import annotations

import random
from typing import Any

import msgspec
from made_pages import Made, place

from trucewatch.incidents import Joiner, Page, join, report_at
from trucewatch.model import Grouping, Reading, ReportAt

TOWN = place("Aleppo", "SYR", 36.2, 37.16)
WORDS = "Shells hit a school on Monday. Rockets struck the mill."


def page(id_: str, **more: Any) -> Reading:
    made = Made(WORDS, id=id_)
    made.tell("ASSAULT", "hit", **{"mode": "heavy-weapons", "day": "2016-04-11", "place": TOWN, **more})
    return made.reading()


def two_acts(id_: str) -> Reading:
    """A page whose two acts the joiner takes for one happening."""
    made = Made(WORDS, id=id_)
    for trigger in ("hit", "struck"):
        made.tell("ASSAULT", trigger, mode="heavy-weapons", day="2016-04-11", place=TOWN)
    return made.reading()


def at(reading: Reading, event: str = "v1") -> ReportAt:
    found = Page(reading)
    return report_at(found, next(e for e in found.events if e.id == event))


def decided(number: int, *happenings: list[ReportAt]) -> Grouping:
    return Grouping(number, tuple(map(tuple, happenings)))


def groups(readings: list[Reading], *groupings: Grouping) -> set[frozenset[str]]:
    made = join(readings, groupings=groupings)
    return {frozenset(f"{r.document}:{r.event}" for r in i.reports) for i in made}


def test_reports_kept_apart_stay_apart_though_all_agrees() -> None:
    a, b = page("a"), page("b")
    assert groups([a, b]) == {frozenset({"a:v1", "b:v1"})}
    assert len(groups([a, b], decided(1, [at(a)], [at(b)]))) == 2


def test_a_third_report_joins_but_one_of_two_kept_apart() -> None:
    a, b, c = page("a"), page("b"), page("c")
    assert sorted(map(len, groups([a, b, c], decided(1, [at(a)], [at(b)])))) == [1, 2]


def test_a_split_holds_within_a_page() -> None:
    both = two_acts("a")
    assert len(groups([both])) == 1
    assert len(groups([both], decided(1, [at(both, "v1")], [at(both, "v2")]))) == 2


def test_merged_reports_are_one_whatever_contradicts_it() -> None:
    a, b = page("a"), page("b", day="2016-04-14", mode="aerial")
    assert len(groups([a, b])) == 2
    (incident,) = join([a, b], groupings=[decided(7, [at(a), at(b)])])
    assert incident.decisions == (7,)
    assert incident.joined_because == ("a/v1 with b/v1: decision 7",)


def test_a_further_report_joins_the_part_that_it_agrees_with() -> None:
    a, b, c = page("a"), page("b", day="2016-04-14"), page("c")
    assert len(groups([a, b, c], decided(1, [at(a), at(b)]))) == 1
    other = page("d", day="2016-04-12")
    assert len(groups([a, b, c, other], decided(1, [at(a), at(b)]))) == 2


def test_those_left_by_a_split_stay_together() -> None:
    a, b = page("a", day=None, place=None, mode=None), page("b")
    link = page("c")
    merged = decided(1, [at(a), at(b), at(link)])
    split = decided(2, [at(a), at(b)], [at(link)])
    assert groups([a, b, link], merged, split) == {frozenset({"a:v1", "b:v1"}), frozenset({"c:v1"})}


def test_the_later_decision_holds() -> None:
    a, b = page("a"), page("b")
    apart, one = decided(1, [at(a)], [at(b)]), decided(2, [at(a), at(b)])
    assert len(groups([a, b], apart, one)) == 1
    assert len(groups([a, b], one, msgspec.structs.replace(apart, number=3))) == 2


def test_a_chain_of_merges_does_not_bridge_a_later_split() -> None:
    a, b, c = page("a"), page("b"), page("c")
    found = groups([a, b, c], decided(1, [at(a), at(b)]), decided(2, [at(b), at(c)]), decided(3, [at(a)], [at(c)]))
    assert found == {frozenset({"a:v1"}), frozenset({"b:v1", "c:v1"})}


def test_a_decision_survives_a_reading_with_other_ids() -> None:
    a, b = page("a"), page("b", day="2016-04-14")
    kept = decided(1, [at(a), at(b)])
    anew = msgspec.structs.replace(b, events=tuple(msgspec.structs.replace(e, id="v9") for e in b.events))
    assert groups([a, anew], kept) == {frozenset({"a:v1", "b:v9"})}


def test_a_decision_on_another_text_says_nothing() -> None:
    a, b = page("a"), page("b")
    old = msgspec.structs.replace(at(b), sha256="0" * 64)
    assert len(groups([a, b], decided(1, [at(a)], [old]))) == 1


def test_any_order_gives_the_same_under_decisions() -> None:
    chance = random.Random(4)
    readings = [page(f"p{n}", day=f"2016-04-{chance.randint(10, 12)}", killed=chance.choice([None, 2, 30]))
                for n in range(24)]
    points = [at(r) for r in readings]
    kept = [decided(1, points[:3]), decided(2, points[4:6], points[6:9]), decided(3, [points[0], points[20]])]
    wanted = join(readings, groupings=kept)
    for _ in range(3):
        chance.shuffle(readings)
        joiner = Joiner(groupings=kept)
        for reading in readings:
            joiner.add(reading)
        assert joiner.incidents == wanted


def test_decisions_come_and_go_and_only_their_neighbourhood_is_made_anew() -> None:
    readings = [page("a"), page("b"), page("c", day="2016-04-20"), page("d", day="2016-04-20")]
    joiner = Joiner()
    for reading in readings:
        joiner.add(reading)
    before = joiner.incidents
    joiner.decide([decided(1, [at(readings[0])], [at(readings[1])])])
    assert [[r.document for r in i.reports] for i in joiner.settle()] in ([["a"], ["b"]], [["b"], ["a"]])
    joiner.decide([])
    joiner.settle()
    assert joiner.incidents == before


def test_a_page_that_is_dropped_and_comes_back_is_decided_on_as_before() -> None:
    a, b = page("a"), page("b")
    kept = [decided(1, [at(a)], [at(b)])]
    joiner = Joiner(groupings=kept)
    for reading in (a, b):
        joiner.add(reading)
    joiner.drop("b")
    joiner.settle()
    joiner.add(b)
    assert joiner.incidents == join([a, b], groupings=kept)
