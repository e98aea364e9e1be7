"""What the tags give away about the tree."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc

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


# Sentence, a word, its relation, and the word it hangs on.
MENDED = [
    ("Rebels shell camp as army holds its fire", "Rebels", "nsubj", "shell"),
    ("Kinshasa and Kigali trade charges over broken truce", "charges", "dobj", "trade"),
    ("Moro rebels, army swap blame over ambush", "blame", "dobj", "swap"),
    ("City freezes as guns pound front line for sixth day", "line", "dobj", "pound"),
    ("Soldier, two rebels slain in ambush", "rebels", "conj", "Soldier"),
    ("A farmer, his wife and their daughter died in the raid.", "farmer", "nsubj", "died"),
    ("The blast killed the chief, wounding him and three of his guards.", "three", "conj", "him"),
    ("The spokesman told the radio that no shell had hit the clinic and blamed the rebels.", "blamed", "conj", "told"),
    ("The pause agreed in Doha by the army and the front was observed.", "front", "conj", "army"),
    ("Thirty men taken hostage that day were let go.", "men", "nsubjpass", "let"),
    ("Near Shusha, rebels freed two men.", "Shusha", "pobj", "Near"),
    ("Thirty soldiers were killed and a dozen taken prisoner.", "dozen", "nsubjpass", "taken"),
    ("The army used the lull to mass tanks near the town.", "tanks", "dobj", "mass"),
    ("On 18 January 2022, a crowd protested in the court complex of the capital.", "crowd", "nsubj", "protested"),
    ("On 4 May 2022, about 500 workers gathered by the highway to protest.", "by", "prep", "gathered"),
]


@pytest.mark.parametrize(("text", "word", "relation", "head"), MENDED)
def test_mended(text: str, word: str, relation: str, head: str) -> None:
    token = tokens(text)[word]
    assert (token.dep_, token.head.text) == (relation, head)  # type: ignore[attr-defined]


def test_arms_trade_talks_are_no_sentence() -> None:
    assert tokens("Arms trade talks")["trade"].pos_ == "NOUN"  # type: ignore[attr-defined]


def test_a_mend_leaves_a_tree() -> None:
    found = tokens("15 killed while 120 injured by shells targeted the port")
    assert all(len(list(token.ancestors)) < len(found) for token in found.values())  # type: ignore[attr-defined]


def test_mends_that_make_no_tree_are_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def tangle(doc: Doc) -> None:
        doc[1].head, doc[1].dep_, doc[1].lemma_ = doc[2], "conj", "tangled"
        doc[2].head = doc[1]

    plain = [(t.head.i, t.dep_, t.lemma_) for t in tokens("Two shells fell on the bridge.").values()]  # type: ignore[attr-defined]
    monkeypatch.setattr("trucewatch.language.repair._mend", tangle)
    assert [(t.head.i, t.dep_, t.lemma_) for t in tokens("Two shells fell on the bridge.").values()] == plain  # type: ignore[attr-defined]
