"""Pages judged one after another, and again after a person's edits."""

from __future__ import annotations

import random

import msgspec
from made_pages import Made, place

from trucewatch import truces
from trucewatch.model import Reading

TEXT = (
    "Government forces shelled the town on Monday, rebels said. The army denied it. "
    "Rebels then fired on a checkpoint, the army said."
)
PLACES = [place("Aleppo", "SYR", 36.2, 37.16), place("Idlib", "SYR", 35.93, 36.63), place("Tyre", "LBN", 33.27, 35.2)]


def corpus(size: int = 30) -> dict[str, Reading]:
    chance = random.Random(3)
    pages = []
    for number in range(size):
        made = Made(TEXT, id=f"p{number:02}", published=f"2016-04-{chance.randint(10, 13)}")
        rebels = made.say("rebels", "Government forces shelled the town on Monday")
        made.say("The army", "it", "denies")
        army = made.say("the army", "Rebels then fired on a checkpoint", "alleges")
        day = chance.choice([None, f"2016-04-{chance.randint(9, 12):02}"])
        made.tell("ASSAULT", "shelled", mode="heavy-weapons", actors=["Government forces"], by=rebels, day=day,
                  place=chance.choice([*PLACES, None]), killed=chance.choice([None, 2, 3]))
        made.tell("ASSAULT", "fired", mode="firearms", actors=["Rebels"], recipients=["a checkpoint"], by=army,
                  place=chance.choice([*PLACES, None]))
        pages.append(made.reading())
    return {r.document.id: r for r in pages}


def test_page_by_page_and_after_edits_it_is_as_if_all_had_come_at_once() -> None:
    truce, pages, chance = truces.get("syria-coh-2016"), corpus(), random.Random(4)
    bench = truces.Bench(truce)
    seen = {}
    for reading in pages.values():
        changed = bench.put([reading])
        seen = {k: v for k, v in seen.items() if k not in changed.gone} | {i.id: (i, f) for i, f in changed.made}
    assert (bench.incidents, bench.findings) == truces.judge(truce, list(pages.values()))
    for name in chance.sample(sorted(pages), 15):
        events = tuple(
            msgspec.structs.replace(e, place=chance.choice(PLACES), status=chance.choice(["occurred", "planned"]))
            for e in pages[name].events if chance.random() < 0.8
        )
        pages[name] = msgspec.structs.replace(pages[name], events=events)
        changed = bench.put([pages[name]])
        seen = {k: v for k, v in seen.items() if k not in changed.gone} | {i.id: (i, f) for i, f in changed.made}
        assert (bench.incidents, bench.findings) == truces.judge(truce, list(pages.values()))
        assert sorted(seen) == [i.id for i in bench.incidents]
        assert {f for _, found in seen.values() for f in found} == set(bench.findings)


def test_only_what_a_page_bears_on_is_judged_anew() -> None:
    truce, pages = truces.get("syria-coh-2016"), corpus()
    bench = truces.Bench(truce)
    bench.put(pages.values())
    changed = bench.put([pages["p07"]])
    bears_on = {i.id for i in bench.incidents if any(r.document == "p07" for r in i.reports)}
    assert {i.id for i, _ in changed.made} == bears_on
    assert not changed.gone
