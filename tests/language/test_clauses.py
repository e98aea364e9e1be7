"""Subjects and objects through passives, relatives, control and coordination."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from trucewatch.language import parse
from trucewatch.language.clauses import charged_with, is_negated, is_passive, roles, surface_subjects
from trucewatch.language.phrases import conjuncts, noun_phrase
from trucewatch.model import Document


def word(sentence: str, wanted: str) -> Token:
    doc = parse(Document(id="page", text=sentence, sha256="")).paragraphs[0].doc
    return next(t for t in doc if t.text == wanted)


@pytest.mark.parametrize(
    ("sentence", "verb", "agents"),
    [
        ("Rebels shelled the town.", "shelled", ["Rebels"]),
        ("The town was shelled by rebels.", "shelled", ["rebels"]),
        ("The general ordered his troops to attack the town.", "attack", ["troops"]),
        ("The general promised to attack the town.", "attack", ["general"]),
        ("Rebels entered the town and burned a school.", "burned", ["Rebels"]),
        ("The rebels who shelled the town fled.", "shelled", ["rebels"]),
        ("The army accused the rebels of shelling the town.", "shelling", ["rebels"]),
        ("Soldiers and militiamen attacked the camp.", "attacked", ["Soldiers", "militiamen"]),
    ],
)
def test_who_does_it(sentence: str, verb: str, agents: list[str]) -> None:
    assert [t.text for t in roles(word(sentence, verb)).agents] == agents


@pytest.mark.parametrize(
    ("sentence", "verb", "patients"),
    [
        ("Rebels shelled the clinic.", "shelled", ["clinic"]),
        ("The clinic was shelled by rebels.", "shelled", ["clinic"]),
        ("A man and his son were killed.", "killed", ["man", "son"]),
        ("The raid, which the office denied, killed two.", "denied", ["raid"]),
    ],
)
def test_whom_it_is_done_to(sentence: str, verb: str, patients: list[str]) -> None:
    assert [t.text for t in roles(word(sentence, verb)).patients] == patients


def test_prepositions_give_their_objects() -> None:
    assert [t.text for t in roles(word("Gunmen fired at cars and trucks.", "fired")).preps["at"]] == ["cars", "trucks"]


@pytest.mark.parametrize(
    ("sentence", "verb", "negated"),
    [
        ("The army has not shelled the town.", "shelled", True),
        ("No plane bombed the town.", "bombed", True),
        ("The army would neither confirm nor deny the raid.", "deny", True),
        ("The army shelled the town.", "shelled", False),
        ("Not one shell has been fired at the port.", "fired", True),
        ("Not a single shot was fired on the bridge.", "fired", True),
        ("One shell was fired at the port.", "fired", False),
    ],
)
def test_negation(sentence: str, verb: str, negated: bool) -> None:
    assert is_negated(word(sentence, verb)) is negated


def test_a_reduced_relative_is_passive() -> None:
    assert is_passive(word("The town shelled by rebels lay in ruins.", "shelled"))


def test_a_charge_names_its_object() -> None:
    preposition = word("The council accused the militia of theft.", "of")
    charged = charged_with(preposition)
    assert charged is not None
    assert charged.text == "militia"


def test_a_noun_phrase_takes_its_preposition_but_no_relative_clause() -> None:
    head = word("Four members of the patrol who fled were caught.", "members")
    assert noun_phrase(head).text == "Four members of the patrol"


def test_conjuncts_stand_in_order() -> None:
    first = word("Soldiers, guards and clerks were killed.", "Soldiers")
    assert [t.text for t in conjuncts(first)] == ["Soldiers", "guards", "clerks"]


def test_a_subject_stands_before_a_parenthesis() -> None:
    verb = word("A local officer, quoted by the radio, suggested that rebels had shelled the town.", "suggested")
    assert [t.text for t in surface_subjects(verb)] == ["officer"]
