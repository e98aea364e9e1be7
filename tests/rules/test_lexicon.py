"""The lexicon: its files load strictly, its names are found in any spelling, and only where they are meant."""

from __future__ import annotations

import msgspec
import pytest
import spacy
from spacy.tokens import Doc

from trucewatch.rules.lexicon import _ActorFile, fold, fold_name, lexicon

BLANK = spacy.blank("en")


def names(text: str) -> list[str]:
    return [m.entries[0].name for m in lexicon().matches(BLANK.make_doc(text)) if m.entries]


def test_files_load_and_are_wide() -> None:
    entries = list(lexicon().entries())
    people = [e for e in entries if e.kind == "person"]
    assert len(entries) > 2000
    assert len(people) > 900


def test_an_unknown_key_fails() -> None:
    plain = {"kind": "media", "sector": "JRN", "of": {"PER": {"El Faro": {"colour": "blue"}}}}
    with pytest.raises(msgspec.ValidationError, match="colour"):
        msgspec.convert(plain, _ActorFile)


def test_every_name_of_several_words_is_found_by_its_own_spelling() -> None:
    index = lexicon()
    lost = [e.name for e in index.entries() if len(fold_name(e.name)) > 1 and e.name[0].isupper()
            and not any(e in m.entries for m in index.matches(BLANK.make_doc(e.name)))]
    assert lost == []


@pytest.mark.parametrize(("a", "b"), [
    ("Sergei", "sergei"), ("Salamé", "Salame"), ("Mohammed", "Muhammad"), ("Houthis", "Huthis"), ("Sana'a", "Sanaa"),
])
def test_spellings_fold_together(a: str, b: str) -> None:
    assert fold(a) == fold(b)


def test_the_article_is_no_part_of_a_name() -> None:
    assert fold_name("al-Moallem") == fold_name("Moallem") == fold_name("el Moallem")


def test_a_state_before_a_hyphen_is_not_taken_for_an_article() -> None:
    assert fold_name("US-led coalition") == ("us", "led", "coalition")


@pytest.mark.parametrize(("text", "name"), [
    ("Walid Muallem flew home.", "Walid al-Moallem"),
    ("the Jabhat an-Nusra fighters", "Al-Nusra Front"),
    ("Khalifa Hifter spoke", "Khalifa Haftar"),
    ("the People’s Protection Units said", "People's Protection Units"),
    ("ICRC staff", "International Committee of the Red Cross"),
    ("the Kremlin said", "Government of Russia"),
])
def test_other_spellings_lead_to_one_name(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize("text", ["who is he", "is it so", "they told us so", "an aa battery", "dawn came"])
def test_common_words_are_no_names(text: str) -> None:
    assert names(text) == []


def test_the_longest_name_wins() -> None:
    found = names("Sudan People's Liberation Movement-North left")
    assert found == ["Sudan People's Liberation Movement-North"]


@pytest.mark.parametrize(("code", "body", "name"), [
    ("UKR", "army", "Armed Forces of Ukraine"), ("SYR", "military", "Syrian Arab Army"),
    ("PER", "military", "Peruvian Armed Forces"), ("PER", "government", "Government of Peru"),
    ("COL", "police", "National Police of Colombia"), ("SDN", "air_force", "Sudanese Air Force"),
])
def test_bodies_of_states_have_their_usual_names(code: str, body: str, name: str) -> None:
    assert lexicon().force(code, body).name == name


def test_a_post_is_known_by_country_and_year() -> None:
    envoy = fold_name("UN envoy")
    assert [e.name for e in lexicon().by_role(envoy, "SYR", 2016)] == ["Staffan de Mistura"]
    assert [e.name for e in lexicon().by_role(envoy, "SYR", 2023)] == ["Geir Pedersen"]
    assert lexicon().by_role(envoy, "PER", 2016) == ()


@pytest.mark.parametrize(("lemma", "kind", "role"), [
    ("spokesman", "person", "official"), ("nurse", "person", "aid_worker"), ("schoolboy", "person", "child"),
    ("rebel", "person", "combatant"), ("newspaper", "media", None), ("villager", "person", "civilian"),
])
def test_nouns_say_who_is_meant(lemma: str, kind: str, role: str | None) -> None:
    noun = lexicon().head_kind(lemma)
    assert noun is not None
    assert (noun.kind, noun.role) == (kind, role)


def test_weapons_are_instruments_and_abstract_nouns_unknown() -> None:
    jet = lexicon().head_kind("jet")
    assert jet is not None
    assert jet.instrument
    assert lexicon().head_kind("offensive") is None


def test_an_empty_doc_has_no_names() -> None:
    assert lexicon().matches(Doc(BLANK.vocab)) == []
