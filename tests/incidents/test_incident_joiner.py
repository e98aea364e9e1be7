"""Incidents that grow page by page."""

from __future__ import annotations

import random

import msgspec
from made_pages import Made, place

from trucewatch.incidents import Joiner, join
from trucewatch.model import Reading

WORDS = "Shells hit a school on Monday, guards said. The ministry said the Blue Gang had blown up a lorry."
PLACES = [place("Aleppo", "SYR", 36.2, 37.16), place("Idlib", "SYR", 35.93, 36.63), place("Homs", "SYR", 34.73, 36.71)]


def corpus(size: int = 36) -> list[Reading]:
    chance = random.Random(5)
    pages = []
    for number in range(size):
        made = Made(WORDS, id=f"p{number:03}", published=f"2016-04-{chance.randint(10, 14)}")
        by = made.say("guards", "Shells hit a school")
        made.tell("ASSAULT", "hit", mode=chance.choice(["heavy-weapons", None]), place=chance.choice(PLACES),
                  day=chance.choice([None, f"2016-04-{chance.randint(9, 12):02}"]), by=by,
                  killed=chance.choice([None, 2, 4, 30]))
        if chance.random() < 0.5:
            rival = made.say("The ministry", "the Blue Gang had blown up a lorry", "alleges")
            made.entity("the Blue Gang", name="Blue Gang")
            made.tell("ASSAULT", "blown up", mode="explosives", actors=["the Blue Gang"], by=rival)
        pages.append(made.reading())
    return pages


def test_three_orders_give_the_same_as_all_at_once() -> None:
    readings = corpus()
    wanted = join(readings)
    for seed in range(3):
        random.Random(seed).shuffle(readings)
        joiner = Joiner()
        for reading in readings:
            joiner.add(reading)
        assert joiner.incidents == wanted


def test_only_what_changed_is_given() -> None:
    joiner = Joiner(copied=())
    first, second = Made(WORDS, id="a"), Made(WORDS, id="b")
    for made, where in ((first, PLACES[0]), (second, PLACES[1])):
        made.tell("ASSAULT", "hit", mode="heavy-weapons", place=where, day="2016-04-11")
    assert len(joiner.add(first.reading())) == 1
    assert [r.document for i in joiner.add(second.reading()) for r in i.reports] == ["b"]
    third = Made(WORDS, id="c")
    third.tell("ASSAULT", "hit", mode="heavy-weapons", place=PLACES[0], day="2016-04-11")
    assert [[r.document for r in i.reports] for i in joiner.add(third.reading())] == [["a", "c"]]
    assert len(joiner.incidents) == 2


def test_a_known_page_and_one_without_events_change_nothing() -> None:
    joiner = Joiner()
    made = Made(WORDS, id="a")
    assert joiner.add(made.reading()) == ()
    made.tell("ASSAULT", "hit")
    assert joiner.add(made.reading())
    assert joiner.add(made.reading()) == ()


def test_a_page_dropped_and_read_otherwise_leaves_no_trace() -> None:
    readings = {r.document.id: r for r in corpus()}
    joiner = Joiner()
    for reading in readings.values():
        joiner.add(reading)
    chance = random.Random(8)
    for name in chance.sample(sorted(readings), 20):
        kept = tuple(e for e in readings[name].events if chance.random() < 0.5)
        moved = tuple(msgspec.structs.replace(e, place=chance.choice(PLACES)) for e in kept)
        readings[name] = msgspec.structs.replace(readings[name], events=moved)
        before = {i.id: i for i in joiner.incidents}
        joiner.drop(name)
        changed = joiner.add(readings[name])
        after = {i.id: i for i in joiner.incidents}
        assert joiner.incidents == join(readings.values())
        assert {i.id for i in changed} == {n for n, i in after.items() if before.get(n) != i}
        assert joiner.gone == before.keys() - after.keys()
