"""Counts in noun phrases and tolls, as ranges."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trucewatch.language import parse
from trucewatch.model import Document, Figure, Harm, Sourced
from trucewatch.reading import read_many
from trucewatch.reading.harm import figure, number

UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
         "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(n: int) -> str:
    """English words of a whole number below a million."""
    if n < 20:
        return UNITS[n]
    if n < 100:
        return TENS[n // 10] + (f"-{UNITS[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{UNITS[n // 100]} hundred" + (f" {in_words(n % 100)}" if n % 100 else "")
    return f"{in_words(n // 1000)} thousand" + (f" {in_words(n % 1000)}" if n % 1000 else "")


@given(st.integers(0, 999_999))
def test_number_words_mean_what_they_say(n: int) -> None:
    assert number(in_words(n)) == n


@given(st.integers(0, 9_999_999))
def test_digits_with_and_without_commas(n: int) -> None:
    assert number(f"{n:,}") == number(str(n)) == n


@given(st.text(max_size=30))
def test_no_text_breaks_the_numbers(text: str) -> None:
    found = number(text)
    assert found is None or found >= 0


HARMED = {
    "Shells killed between six and nine people.": (6, 9),
    "Shells killed at least 14 people.": (14, None),
    "Shells killed up to 20 people.": (None, 20),
    "Shells killed more than 30 people.": (31, None),
    "Shells killed a mother and her two children.": (3, 3),
    "Shells killed the driver.": (1, 1),
    "Shells killed a guard.": (1, 1),
    "Shells killed a family of five.": (5, 5),
    "Shells killed a family.": None,
    "Shells killed an unknown number of people.": None,
    "Shells killed dozens of villagers.": (12, None),
    "Shells killed villagers.": None,
    "Shells killed both drivers.": (2, 2),
    "Shells killed a couple and their twin daughters.": (4, 4),
    "Shells killed half a dozen soldiers and a dozen rebels.": (18, 18),
    "Shells killed him and three of his guards.": (4, 4),
    "Shells killed twenty Boko Haram militants.": (20, 20),
    "Six villagers, a mother and her five children, were killed by shells.": (6, 6),
    "A farmer, his wife and their daughter died when shells hit a house.": (3, 3),
    "Two guards and a driver killed in the shelling": (3, 3),
    "The shelling led to the deaths of a boy and his uncle.": (2, 2),
    "The gunmen fired. 3 fatalities.": (3, 3),
    "The army put the number of dead from the shelling at 17.": (17, 17),
    "Shells killed two cousins found dead in the house.": (2, 2),
    "A man was found dead with gunshot wounds.": (1, 1),
}


@cache
def harms() -> dict[str, Harm | None]:
    extra = [
        "The death toll from the shelling rose to nine.",
        "Six soldiers were killed and four wounded when rebels shelled the post.",
        "Shells killed ten people in rebel areas.",
        "Shells killed nine people, including two children.",
        "Shells killed six fighters of the brigade.",
        "There were no casualties in the shelling.",
        "Between eight and eleven rebels were wounded in the clashes.",
        "Twelve soldiers were killed and more than thirty hurt when shells hit a bus.",
    ]
    pages = [Sourced(Document(id=str(n), text=t, sha256="")) for n, t in enumerate([*HARMED, *extra])]
    return {r.document.text: next((e.harm for e in r.events if e.harm), None) for r in read_many(pages)}


@pytest.mark.parametrize(("text", "wanted"), HARMED.items())
def test_killed(text: str, wanted: tuple[int | None, int | None] | None) -> None:
    harm = harms()[text]
    killed = harm.killed if harm else None
    assert (None if killed is None else (killed.min, killed.max)) == wanted


def test_a_revised_toll_is_the_newest_figure() -> None:
    harm = harms()["The death toll from the shelling rose to nine."]
    assert harm is not None
    assert harm.killed == Figure(9, 9)


def test_killed_and_wounded_are_told_apart() -> None:
    harm = harms()["Six soldiers were killed and four wounded when rebels shelled the post."]
    assert harm is not None
    assert (harm.killed, harm.injured) == (Figure(6, 6), Figure(4, 4))


@pytest.mark.parametrize(("text", "role"), [
    ("Shells killed ten people in rebel areas.", "civilian"),
    ("Shells killed nine people, including two children.", "child"),
    ("Shells killed six fighters of the brigade.", "combatant"),
])
def test_roles_are_of_the_harmed_not_of_where_they_were(text: str, role: str) -> None:
    harm = harms()[text]
    assert harm is not None
    assert [w.role for w in harm.who] == [role]


@pytest.mark.parametrize(("text", "injured"), [
    ("Between eight and eleven rebels were wounded in the clashes.", Figure(8, 11)),
    ("Twelve soldiers were killed and more than thirty hurt when shells hit a bus.", Figure(31, None)),
])
def test_wounded(text: str, injured: Figure) -> None:
    harm = harms()[text]
    assert harm is not None
    assert harm.injured == injured


def test_no_casualties_are_no_harm() -> None:
    assert harms()["There were no casualties in the shelling."] is None


def test_a_phrase_without_a_count_has_no_figure() -> None:
    doc = parse(Document(id="", text="Villagers left.", sha256="")).paragraphs[0].doc
    assert figure(doc[0]) is None


def test_a_raised_digit_is_no_number() -> None:
    assert number("¹") is None


@cache
def harm_of(text: str) -> list[Harm | None]:
    (reading,) = read_many([Sourced(Document(id="1", text=text, sha256=""))])
    return [e.harm for e in reading.events]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("A total of twelve soldiers were killed in the raid.", 12),
        ("Clashes near the dam left forty fighters dead.", 40),
        ("Jets bombed the camp, leaving nine people dead.", 9),
        ("The brigade lost forty fighters in the battle.", 40),
        ("12 dead, 30 wounded in twin blasts", 12),
    ],
)
def test_the_dead_are_counted_however_they_are_told(text: str, killed: int) -> None:
    assert Figure(killed, killed) in [h.killed for h in harm_of(text) if h is not None]
