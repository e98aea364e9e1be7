"""A truce that changed: what it touches is judged again, the rest stands, and the outcome is as if all had been."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from made_pages import Made, place
from msgspec.structs import replace

from trucewatch import truces
from trucewatch.model import Act, Amendment, Area, Body, Party, Reading, Term, Truce

TEXT = "{} shelled the mill. Police arrested a trader."
PLACES = [place("Aleppo", "SYR", 36.2, 37.16, admin1="Aleppo"), place("Idlib", "SYR", 35.93, 36.63, admin1="Idlib")]
ACTORS = ["Red Guards", "Blue Front", "Green Column", "Blue Front"]
BASE = Truce(
    "trucewatch.truce/1", "hill-truce", "Truce of the hill", "2016-04-01T00:00:00+03:00",
    parties=(
        Party("red", "Red Land", members=(Body("Red Guards"),)),
        Party("blue", "Blue Land", members=(Body("Blue Front"),)),
    ),
    terms=(Term("T1", "no attack", "prohibits", (Act(type="ASSAULT"),)),),
    area=Area(countries=("SYR",)),
)
NO_ARREST = Term("T2", "no arrests", "prohibits", (Act(type="COERCE", mode="arrest"),))


def pages() -> list[Reading]:
    made = []
    for number, actor in enumerate(ACTORS):
        day = f"2016-04-{8 + 4 * number:02}"
        page = Made(TEXT.format(actor), id=f"p{number}", published=day)
        page.entity(actor, name=actor, kind="armed_group")
        page.tell("ASSAULT", "shelled", mode="heavy-weapons", actors=[actor], recipients=["the mill"], day=day,
                  place=PLACES[number % 2])
        page.tell("COERCE", "arrested", mode="arrest", recipients=["a trader"])
        made.append(page.reading())
    return made


def party(number: int, **more: object) -> Callable[[Truce], Truce]:
    def changed(truce: Truce) -> Truce:
        fresh = replace(truce.parties[number], **more)
        return replace(truce, parties=tuple(fresh if n == number else p for n, p in enumerate(truce.parties)))

    return changed


def truce_with(**more: object) -> Callable[[Truce], Truce]:
    return lambda truce: replace(truce, **more)


AMENDED = Amendment("2016-04-14", "arrests are barred", terms=(NO_ARREST,))


@pytest.mark.parametrize(
    ("change", "looked_at"),
    [
        (truce_with(title="Another title"), 0),
        (party(0, members=(Body("Red Guards"), Body("Grey Watch"))), 0),
        (party(0, members=(Body("Red Guards"), Body("Green Column"))), 2),
        (truce_with(excluded=(Body("Green Column"),)), 2),
        (party(1, joined="2016-04-15"), 4),
        (truce_with(ends="2016-04-18T00:00:00+03:00"), 2),
        (truce_with(effective="2016-04-10T00:00:00+03:00"), 8),
        (truce_with(area=Area(admin1=("Aleppo",))), 4),
        (truce_with(terms=(*BASE.terms, NO_ARREST)), 4),
        (truce_with(amendments=(AMENDED,)), 2),
        (truce_with(protected=("parties",)), 8),
    ],
    ids=["title", "name of nobody", "member", "excluded", "joined", "end", "start", "area", "term", "amendment", "all"],
)
def test_only_what_a_change_touches_is_judged_again(change: Callable[[Truce], Truce], looked_at: int) -> None:
    readings, after = pages(), change(BASE)
    made = truces.rejudge(after, readings, truces.Earlier(BASE, *truces.judge(BASE, readings)))
    assert (made.incidents, made.findings) == truces.judge(after, readings)
    assert made.looked_at == looked_at


def test_pages_that_changed_are_judged_again() -> None:
    readings = pages()
    earlier = truces.Earlier(BASE, *truces.judge(BASE, readings), stale=["p1"])
    assert truces.rejudge(BASE, readings, earlier).looked_at == 2


def test_a_change_makes_a_difference_where_it_should() -> None:
    readings = pages()
    earlier = truces.Earlier(BASE, *truces.judge(BASE, readings))
    after = truces.rejudge(truce_with(excluded=(Body("Green Column"),))(BASE), readings, earlier).findings
    unlike = [(a.document, b.verdict, a.verdict) for a, b in zip(after, earlier.findings, strict=True) if a != b]
    assert ("p2", "not_covered", "not_covered") in unlike
