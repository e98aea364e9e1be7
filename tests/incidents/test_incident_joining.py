"""Joining reports into incidents, and finding copies."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import msgspec
import pytest
from made_pages import Made, place

from trucewatch.incidents import copies, join
from trucewatch.incidents.outcome import merged
from trucewatch.model import Figure, Incident, Mention

ALEPPO = place("Aleppo", "SYR", 36.2, 37.16)
IDLIB = place("Idlib", "SYR", 35.93, 36.63)


def page(id_: str, words: str = "Shells hit a school on Monday.", published: str = "2016-04-12", **more: Any) -> Made:
    made = Made(words, id=id_, published=published)
    made.tell("ASSAULT", "hit", **{"mode": "heavy-weapons", "day": "2016-04-11", "place": ALEPPO, **more})
    return made


def groups(*pages: Made) -> set[frozenset[tuple[str, str]]]:
    return {frozenset((r.document, r.event) for r in i.reports) for i in join([p.reading() for p in pages])}


def together(*pages: Made) -> bool:
    return len(groups(*pages)) == 1


def only(*pages: Made) -> Incident:
    (incident,) = join([p.reading() for p in pages])
    return incident


@pytest.mark.parametrize(("differing", "joined"), [
    ({}, True), ({"day": "2016-04-10"}, False), ({"place": IDLIB}, False), ({"mode": "aerial"}, False),
    ({"mode": None}, True), ({"killed": 40}, False), ({"killed": 4}, True),
])
def test_two_pages(differing: dict[str, Any], joined: bool) -> None:
    assert together(page("a", killed=3), page("b", **differing)) is joined


def test_spellings_of_one_place_lie_close() -> None:
    assert together(page("a"), page("b", place=place("Halab", "SYR", 36.21, 37.15)))


def test_other_types_never_join() -> None:
    one, two = page("a"), page("b")
    two.events[0] = type(two.events[0])(**{f: getattr(two.events[0], f) for f in two.events[0].__struct_fields__}
                                        | {"type": "MOBILIZE", "mode": None})
    assert not together(one, two)


def test_reports_by_other_sides_stay_apart() -> None:
    one = page("a", "Red Guards hit a school.", actors=["Red Guards"])
    two = page("b", "Blue Guards hit a school.", actors=["Blue Guards"])
    one.entity("Red Guards", name="Red Guards")
    two.entity("Blue Guards", name="Blue Guards")
    assert not together(one, two)


def test_planned_and_negated_acts_join_nothing() -> None:
    assert not together(page("a"), page("b", status="planned"))
    assert not together(page("a"), page("b", polarity="negated"))


def _told_again(second: str, trigger: str, **more: Any) -> Made:
    made = page("a", f"Shells hit a school on Monday.\n\n{second}")
    made.tell("ASSAULT", trigger, **more)
    return made


@pytest.mark.parametrize(("second", "trigger", "more", "joined"), [
    ("A nurse put the death toll at nine.", "death toll", {"killed": 9}, True),
    ("The shelling went on for an hour.", "shelling", {}, True),
    ("Guards shot a driver in Idlib.", "shot", {"mode": "firearms", "place": IDLIB}, False),
    ("Ten raids followed.", "raids", {"mode": "aerial"}, False),
    ("A gang killed a trader.", "killed", {"recipients": ["a trader"], "killed": 1}, False),
])
def test_told_again_on_one_page(second: str, trigger: str, more: dict[str, Any], joined: bool) -> None:
    assert together(_told_again(second, trigger, **more)) is joined


def test_the_headline_joins_the_act_it_tells_of() -> None:
    made = Made("Raid kills two\n\nThree rounds hit a school on Monday.", id="a")
    made.tell("ASSAULT", "Raid")
    made.tell("ASSAULT", "hit", day="2016-04-11", place=ALEPPO)
    assert together(made)


def test_eleven_raids_are_not_two_strikes() -> None:
    made = Made("The agency spoke of eleven air raids. An officer owned up to two strikes.", id="a")
    made.tell("ASSAULT", "air raids", mode="aerial")
    made.tell("ASSAULT", "strikes", mode="aerial")
    assert not together(made)


def test_rival_accounts_stay_apart_but_join_each_other() -> None:
    pages = []
    for id_ in "ab":
        made = page(id_, "Shells hit a school. The ministry said the Blue Gang had blown up a lorry.")
        by = made.say("The ministry", "the Blue Gang had blown up a lorry", "alleges")
        made.entity("the Blue Gang", name="Blue Gang")
        made.tell("ASSAULT", "blown up", mode="explosives", actors=["the Blue Gang"], by=by)
        pages.append(made)
    assert groups(*pages) == {frozenset({("a", "v1"), ("b", "v1")}), frozenset({("a", "v2"), ("b", "v2")})}
    one, two = join([p.reading() for p in pages])
    assert (one.rivals, two.rivals) == ((two.id,), (one.id,))


def test_ranges_claims_and_denials() -> None:
    one = page("a", "A medic said shells hit a school. The ministry denied it.", killed=3)
    one.events[0] = type(one.events[0])(**{f: getattr(one.events[0], f) for f in one.events[0].__struct_fields__}
                                        | {"stated_by": (one.say("A medic", "shells hit a school"),)})
    one.say("The ministry", "it", "denies")
    incident = only(one, page("b", killed=5))
    assert incident.killed == Figure(3, 5)
    assert [c.source for c in incident.claims] == ["A medic"]
    assert [d.source for d in incident.denials] == ["The ministry"]
    assert incident.grade == "contested"
    assert incident.joined_because


def test_any_order_gives_the_same() -> None:
    places = [ALEPPO, IDLIB, place("Homs", "SYR", 34.73, 36.71), place("Hama", "SYR", 35.13, 36.76)]
    chance = random.Random(3)
    pages = [page(f"p{n}", place=chance.choice(places), day=f"2016-04-{chance.randint(10, 12)}",
                  killed=chance.choice([None, 2, 4, 30])) for n in range(40)]
    readings = [p.reading() for p in pages]
    first = join(readings)
    for _ in range(3):
        chance.shuffle(readings)
        assert join(readings) == first


@pytest.mark.parametrize(("figures", "want"), [
    ([Figure(3, 3), None], Figure(3, 3)), ([Figure(11, None), Figure(9, 9)], Figure(9, 11)),
    ([Figure(11, None)], Figure(11, None)), ([None], None), ([Figure(None, 5)], Figure(None, 5))])
def test_merged_figures(figures: list[Figure | None], want: Figure | None) -> None:
    assert merged(figures) == want


WIRE = ("Shells hit a school near the old brickworks on Monday, killing a caretaker and wounding at least four pupils, "
        "a nurse at the town's only clinic said by telephone.")


def test_a_copy_with_small_edits() -> None:
    edited = WIRE.replace("wounding at least four pupils", "injuring four or more children")
    (copy,) = copies([Made(WIRE, id="late", published="2016-04-13").reading(),
                      Made(f"An hour of rain.\n\n{edited}", id="early", published="2016-04-12").reading()])
    assert (copy.document, copy.of) == ("late", "early")
    assert (copy.span.start, copy.span.end) == (0, len(WIRE.rstrip(".")))


def test_where_the_words_of_a_copy_came_from() -> None:
    edited = "An hour of rain. " + WIRE.replace("wounding at least four pupils", "injuring four or more children")
    (copy,) = copies([Made(edited, id="late", published="2016-04-13").reading(),
                      Made(WIRE, id="early", published="2016-04-12").reading()])
    for here, there in (("hit", "hit"), ("killing", "killing"), ("injuring", "wounding"), ("said", "said")):
        span = copy.counterpart(edited.index(here))
        assert span is not None
        assert span.start <= WIRE.index(there) <= span.end
    assert copy.counterpart(edited.index("rain")) is None


def test_one_subject_is_no_copy() -> None:
    other = ("Four pupils were hurt and a caretaker died when their school by the brickworks was struck by shells "
             "early in the week, according to medical staff.")
    assert copies([Made(WIRE, id="a").reading(), Made(other, id="b").reading()]) == ()


def test_pages_without_events_are_left_out() -> None:
    assert join([Made(WIRE, id="a").reading()]) == ()
    assert list(pairwise(join([]))) == []


@pytest.mark.parametrize(("second", "trigger", "joined"), [
    ("Two more shells struck the yard.", "struck", True),
    ("Elsewhere two shells struck a mill.", "struck", False),
    ("Another round struck a mill.", "struck", False),
    ("Shells had struck a mill the day before.", "struck", False),
    ("Gunners then struck a mill.", "struck", False),
])
def test_words_for_another_act_keep_it_apart(second: str, trigger: str, joined: bool) -> None:
    made = page("a", f"Shells hit a school on Monday. {second}")
    made.tell("ASSAULT", trigger, mode="heavy-weapons")
    assert together(made) is joined


def _named(made: Made, *names: str) -> Made:
    for name in names:
        span = made.span(name)
        entity = made.entity(name, kind="place", name=name)
        made.entities[span.start, span.end] = msgspec.structs.replace(
            entity, mentions=(Mention(span.start, span.end, "name"),))
    return made


def test_a_place_that_nobody_found_on_the_map_is_elsewhere_all_the_same() -> None:
    made = page("a", "Shells hit a school in Hilltop on Monday. Two shells struck a mill in Riverside.", place=None)
    made.tell("ASSAULT", "struck", mode="heavy-weapons")
    assert not together(_named(made, "Hilltop", "Riverside"))


def test_two_quarters_of_a_town_are_two_places() -> None:
    one = _named(page("a", "Shells hit a school in the Hilltop neighbourhood of Aleppo."), "Hilltop")
    two = _named(page("b", "Shells hit a school in the Riverside neighbourhood of Aleppo."), "Riverside")
    assert not together(one, two)
    assert together(one, _named(page("b", "Shells hit a school in the Hilltop quarter."), "Hilltop"))


def test_a_town_and_another_province_are_two_places() -> None:
    homs = place("Homs", "SYR", 34.4, 38.3, admin1="Homs", precision="province")
    town = place("Aleppo", "SYR", 36.2, 37.16, admin1="Aleppo")
    made = page("a", "Shells hit a school on Monday. Shells fell on a mill.", place=town)
    made.tell("ASSAULT", "fell", mode="heavy-weapons", place=homs)
    assert not together(made)


def test_undated_news_of_one_side_joins_by_a_toll_not_by_a_weapon() -> None:
    def told(id_: str, killed: int | None) -> Made:
        made = Made("Red Guards hit a yard, a baker said.", id=id_)
        made.tell("ASSAULT", "hit", mode="heavy-weapons", actors=["Red Guards"], place=ALEPPO, killed=killed,
                  by=made.say("a baker", "Red Guards hit a yard"))
        made.entity("Red Guards", name="Red Guards")
        return made

    assert together(told("a", 3), told("b", 3))
    assert not together(told("a", 3), told("b", None))
