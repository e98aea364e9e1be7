"""Who is named on a page, who is meant by a noun or a pronoun, and who stays without a name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.language import parse
from trucewatch.model import Document, Entity, Published
from trucewatch.reading.entities import find_mentions
from trucewatch.reading.shared import Mentions
from trucewatch.rules.loader import load


def read(text: str, published: str | None = None) -> Mentions:
    when = Published(published, "given") if published else Published()
    return find_mentions(parse(Document(id="d", text=text, sha256="", published=when)))


def of(text: str, words: str, number: int = 1, published: str | None = None) -> Entity:
    """The entity of the mention that ends where the words (their `number`-th occurrence) end."""
    at = -1
    for _ in range(number):
        at = text.index(words, at + 1)
    end = at + len(words)
    found = [e for e in read(text, published).entities for m in e.mentions if m.start <= end - 1 < m.end]
    return min(found, key=lambda e: min(m.end - m.start for m in e.mentions if m.start <= end - 1 < m.end))


def name_of(text: str, words: str, number: int = 1) -> str | None:
    return of(text, words, number).name


# ------------------------------------------------------------------ names

@pytest.mark.parametrize(("text", "words", "name"), [
    ("Deputy Foreign Minister Gatilov met the Russian envoy.", "Gatilov", "Gennady Gatilov"),
    ("Al-Moallem told Syrian lawmakers that he would go.", "Al-Moallem", "Walid al-Moallem"),
    ("Colonel Piotr Nowak spoke to reporters.", "Nowak", "Piotr Nowak"),
    ("The SPLM-N of Sudan said it would wait.", "SPLM-N", "Sudan People's Liberation Movement-North"),
    ("TASS reported that the road was open.", "TASS", "TASS"),
])
def test_names(text: str, words: str, name: str) -> None:
    assert name_of(text, words) == name


def test_a_family_name_is_the_one_named_in_full_before() -> None:
    text = "Marta Ilves, a teacher, saw the fire. Later Ilves called the police."
    assert of(text, "Ilves", 2).id == of(text, "Marta Ilves").id


def test_a_family_name_of_somebody_else_is_not_the_known_bearer() -> None:
    assert name_of("Farid Lavrov, a baker in Russia, lost his shop.", "Farid Lavrov") == "Farid Lavrov"


def test_an_abbreviation_in_brackets_is_the_body_before_it() -> None:
    text = "The Northern Farmers Union (NFU) met. The NFU said prices rose."
    assert name_of(text, "NFU", 2) == name_of(text, "Northern Farmers Union")


def test_whoever_gave_a_name_has_it() -> None:
    text = "“We ran,” said the driver, who gave his name as Abu Tarek."
    assert name_of(text, "the driver") == "Abu Tarek"


# ------------------------------------------------------------------ states and their bodies

@pytest.mark.parametrize(("text", "words", "name"), [
    ("Chad's army sealed the road.", "army", "Chadian National Army"),
    ("The Peruvian government recalled its ambassador.", "government", "Government of Peru"),
    ("Russian jets bombed the town.", "jets", "Russian Armed Forces"),
    ("Assad's military shelled the Syrian town.", "military", "Syrian Arab Army"),
    ("Kyiv denied the charge.", "Kyiv", "Government of Ukraine"),
    ("Ankara is ready to talk.", "Ankara", "Government of Turkey"),
])
def test_bodies_of_states(text: str, words: str, name: str) -> None:
    assert name_of(text, words) == name


@pytest.mark.parametrize(("text", "words"), [
    ("Russian-backed militants fled.", "militants"),
    ("anti-Houthi fighters in Yemen fled.", "fighters"),
    ("Four Chadian soldiers were hurt.", "soldiers"),
    ("Thai and Cambodian troops shot at each other.", "troops"),
    ("A Syrian officer said so.", "officer"),
])
def test_what_is_no_body_of_a_state(text: str, words: str) -> None:
    assert name_of(text, words) is None


def test_a_capital_that_is_shelled_is_a_place() -> None:
    entity = of("Kyiv was shelled on Monday.", "Kyiv")
    assert (entity.name, entity.kind) == ("Kyiv", "place")


def test_the_army_is_that_of_the_country_the_page_is_about() -> None:
    assert name_of("Fighting broke out in Darfur, Sudan, on Friday. The army said it had won.", "The army") \
        == "Sudanese Armed Forces"


def test_the_army_of_no_country_stays_unnamed() -> None:
    assert name_of("The army said it had won.", "The army") is None


def test_force_rules_hold_for_their_examples_and_not_for_their_counter_examples() -> None:
    from trucewatch.rules.lexicon import _Nouns

    def bodies(text: str) -> set[str]:
        return {b.id for e in read(text).entities for b in e.because}

    for rule in load("nouns", _Nouns).forces:
        for example in rule.examples:
            assert f"force:{rule.id}" in bodies(example), (rule.id, example)
        for example in rule.nots:
            assert f"force:{rule.id}" not in bodies(example), (rule.id, example)


# ------------------------------------------------------------------ groups

@pytest.mark.parametrize(("text", "words", "name"), [
    ("FARC rebels left the camp.", "rebels", "FARC"),
    ("The Houthi movement spoke.", "movement", "Houthis"),
    ("A faction of the Arakan Army split.", "faction", None),
    ("Min Oo's faction of the Arakan Army fled.", "faction", "Arakan Army"),
    ("Three FARC rebels left the camp.", "rebels", None),
    ("Former FARC rebels left the camp.", "rebels", None),
    ("A FARC dissident band left.", "band", None),
])
def test_a_group_and_a_noun(text: str, words: str, name: str | None) -> None:
    assert name_of(text, words) == name


# ------------------------------------------------------------------ what the page named before

def test_the_envoy_is_the_one_whose_post_it_is() -> None:
    text = "De Mistura landed in Syria. The envoy said that talks would go on."
    assert name_of(text, "The envoy") == "Staffan de Mistura"


def test_an_envoy_nobody_named_stays_unnamed() -> None:
    assert name_of("The envoy said that talks would go on.", "The envoy") is None


def test_a_short_form_is_the_long_one_before_it() -> None:
    text = "The Northern Flood Observatory gave a figure. The Observatory said it was low."
    assert of(text, "The Observatory").id == of(text, "Northern Flood Observatory").id


def test_a_role_in_apposition_is_the_same_person() -> None:
    text = "Ana Ruiz, a spokeswoman for the mayor, shrugged."
    assert of(text, "a spokeswoman").id == of(text, "Ana Ruiz").id


def test_a_role_word_means_the_body_of_that_country() -> None:
    assert name_of("Syria buried its dead. The main opposition council called a strike.", "council") \
        == "High Negotiations Committee"


@pytest.mark.parametrize("words", ["a military source", "residents", "Kurdish officials", "one diplomat", "medics"])
def test_sources_without_a_name_have_none(words: str) -> None:
    entity = of(f"The road is cut, {words} said.", words)
    assert (entity.name, entity.resolution) == (None, "unresolved")


# ------------------------------------------------------------------ pronouns

def test_he_is_the_speaker_before() -> None:
    text = "Sergei Lavrov spoke to the press. He said Russia would wait."
    assert name_of(text, "He") == "Sergei Lavrov"


def test_a_first_he_is_nobody() -> None:
    entity = of("He said they had gone.", "He")
    assert (entity.name, entity.resolution) == (None, "unresolved")


def test_they_without_a_plural_before_them_are_nobody() -> None:
    assert name_of("Sergei Lavrov spoke. He said they had gone.", "they") is None


def test_it_is_the_body_that_spoke() -> None:
    text = "The YPG said the road was cut. It blamed a rival."
    assert name_of(text, "It") == "People's Protection Units"


def test_it_is_no_body_in_an_empty_clause() -> None:
    assert name_of("The YPG said the road was cut. It is likely that it will stay so.", "It") is None


def test_she_is_no_man() -> None:
    text = "Sergei Lavrov met Ana Ruiz. She said the talks were good."
    assert name_of(text, "She") == "Ana Ruiz"


def test_we_in_a_quotation_are_the_speaker() -> None:
    text = "“We shall wait,” Sergei Lavrov said in Russia."
    assert name_of(text, "We") == "Sergei Lavrov"


def test_who_is_the_one_before() -> None:
    text = "Piotr Nowak, who lives there, saw it."
    assert of(text, "who").id == of(text, "Piotr Nowak").id


# ------------------------------------------------------------------ form

def test_ids_run_in_order_of_first_mention() -> None:
    entities = read("Sergei Lavrov met the Houthis. Then Lavrov left Yemen.").entities
    firsts = [e.mentions[0].start for e in entities]
    assert [e.id for e in entities] == [f"e{n}" for n in range(1, len(entities) + 1)]
    assert firsts == sorted(firsts)


_PIECES = ["The army", "He", "Sergei Lavrov", "said", "Syria", "rebels", "’s", "-", "\n\n", "“We", "”", ".", "(UN)",
           "al-", "shelled", "\u0645\u0646", "they", "U.S.", " ", "\t", "IS", "Al-Qaeda's"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=25))
def test_every_span_lies_inside_the_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    mentions = read(text)
    ids = {e.id for e in mentions.entities}
    for entity in mentions.entities:
        assert all(0 <= m.start < m.end <= len(text) for m in entity.mentions)
        assert (entity.name is not None) or entity.resolution != "resolved"
    for mention in mentions.by_head.values():
        assert mention.entity in ids


