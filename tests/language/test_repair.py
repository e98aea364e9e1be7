"""What the tags give away about the tree."""

from __future__ import annotations

import pytest

from trucewatch.language import parse
from trucewatch.model import Document


def tokens(sentence: str) -> dict[str, object]:
    doc = parse(Document(id="page", text=sentence, sha256="")).paragraphs[0].doc
    return {t.text: t for t in doc}


def test_a_past_tense_does_not_go_with_an_infinitive() -> None:
    found = tokens("The mayor urged residents to stay and called the raid a crime.")
    assert found["called"].head.text == "urged"  # type: ignore[attr-defined]


def test_a_lemma_keeps_the_e_that_its_spelling_tells() -> None:
    assert tokens("Rebels had staged an ambush.")["staged"].lemma_ == "stage"  # type: ignore[attr-defined]


def test_a_doubled_consonant_needs_no_e() -> None:
    assert tokens("The army had stopped the convoy.")["stopped"].lemma_ == "stop"  # type: ignore[attr-defined]


def test_a_sentence_without_a_finite_verb_gets_one() -> None:
    found = tokens("State television named the man as the killer.")
    assert found["named"].head.text == "named"  # type: ignore[attr-defined]


def test_a_pause_that_came_into_force_has_a_clause_of_its_own() -> None:
    found = tokens("Rebels swapped blows on Sunday, a day after a pause came into force.")
    assert found["pause"].head.text == "came"  # type: ignore[attr-defined]


def test_a_reduced_participle_is_not_the_main_verb() -> None:
    found = tokens("The cessation of hostilities agreed in Pretoria by the two sides was observed along most lines.")
    assert found["observed"].head.text == "observed"  # type: ignore[attr-defined]


def test_a_headline_verb_before_a_number_is_no_plural() -> None:
    found = tokens("FURY IN THE SOUTH: Israeli tank wounds two as villagers race home")
    assert (found["wounds"].pos_, found["two"].dep_) == ("VERB", "dobj")  # type: ignore[attr-defined]


@pytest.mark.parametrize("day", ["11 July", "3 May 2016", "July 3", "Friday", "Sunday evening"])
def test_a_day_is_no_name_of_those_who_act_on_it(day: str) -> None:
    found = tokens(f"On {day} gunmen in uniform stormed the mill.")
    gunmen = found["gunmen"]
    assert (gunmen.head.text, gunmen.dep_, [t.text for t in gunmen.lefts]) == ("stormed", "nsubj", [])  # type: ignore[attr-defined]


def test_a_day_names_what_is_called_by_it() -> None:
    found = tokens("At Monday talks in Geneva the two sides agreed on a date.")
    assert found["talks"].head.text == "At"  # type: ignore[attr-defined]


def test_handing_over_ten_is_not_more_than_ten() -> None:
    found = tokens("The factions will each hand over ten prisoners on Monday.")
    assert found["over"].head.text == "hand"  # type: ignore[attr-defined]
