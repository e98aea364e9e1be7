"""The places of a page, their namesakes, and where an event is."""

from __future__ import annotations

import pytest

from trucewatch import gazetteer
from trucewatch.language import Parsed, parse
from trucewatch.model import Document, Place, Relation
from trucewatch.reading.entities import find_mentions
from trucewatch.reading.places import PlaceMention, find_places, place_of
from trucewatch.reading.shared import Anchor


def page(text: str) -> Parsed:
    return parse(Document("d", text, "0"))


def mentions(text: str) -> dict[str, PlaceMention]:
    return {text[m.span.start : m.span.end]: m for m in find_places(page(text), gazetteer.open())}


def where(text: str, trigger: str, **anchor: object) -> Place | None:
    parsed = page(text)
    paragraph = next(p for p in reversed(parsed.paragraphs) if trigger in p.doc.text)
    token = next(t for t in reversed(paragraph.doc) if t.text == trigger)
    found = find_places(parsed, gazetteer.open())
    return place_of(Anchor(paragraph.index, token.i, **anchor), parsed, found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "trigger", "name", "precision"),
    [
        ("Syrian jets bombed a school in the town of Sarmin.", "bombed", "Sarmīn", "town"),
        ("Syrian rebels clashed with troops near Khan Touman.", "clashed", "Khan Tuman", "near"),
        ("The Syrian army shelled Douma overnight.", "shelled", "Dūmā", "town"),
        ("In Taiz, a rocket killed two Yemeni women.", "killed", "Taiz", "town"),
        ("Envoys from Yemen will hold talks in Geneva.", "talks", "Geneva", "town"),
        ("The Benghazi blast shocked Libya.", "blast", "Benghazi", "town"),
        ("Yemeni fighters ambushed a convoy in Nihm district.", "ambushed", "Nihm", "district"),
        ("Colombian troops withdrew from a camp in Caquetá.", "withdrew", "Caquetá", "province"),
        ("Iran deployed advisers to Syria.", "deployed", "Syria", "country"),
    ],
)
def test_the_tree_places_an_event(text: str, trigger: str, name: str, precision: str) -> None:
    place = where(text, trigger)
    assert place is not None
    assert (place.name, place.precision, place.resolution) == (name, precision, "resolved")
    assert text[place.start : place.end] == place.text


def test_an_origin_an_office_and_an_outlet_are_no_place_of_an_event() -> None:
    assert where("Fighters from Misrata attacked the column.", "attacked") is None
    assert where("Damascus condemned the attack.", "condemned") is None
    assert where("The U.S. envoy was wounded.", "wounded") is None


def test_a_place_elsewhere_on_the_page_is_none() -> None:
    assert where("Talks open in Geneva.\n\nRebels shot a farmer.", "shot") is None


def test_the_city_and_the_capital_stand_for_places_named_before() -> None:
    city = where("Syrian troops are massing around Aleppo. Rebels shelled the city.", "shelled")
    capital = where("Yemen is at war. Planes bombed the capital.", "bombed")
    assert city is not None
    assert city.name == "Aleppo"
    assert capital is not None
    assert capital.name == "Sanaa"


def test_distance_and_bearing_move_the_point() -> None:
    place = where("Syrian jets bombed a depot 20 km south of Aleppo.", "bombed")
    assert place is not None
    assert place.relation == Relation("S", 20.0)
    assert place.precision == "near"
    assert place.lat == pytest.approx(36.02, abs=0.02)


def test_between_two_towns_is_half_way() -> None:
    place = where("Shells shook the area between Avdiivka and Yasynuvata in Ukraine.", "shook")
    assert place is not None
    assert place.lon == pytest.approx(37.80, abs=0.03)


def test_a_border_has_no_point() -> None:
    place = where("Ukrainian guards shot at a car near the Russian border.", "shot")
    assert place is not None
    assert (place.resolution, place.lat, place.name) == ("unresolved", None, None)


def test_a_town_that_no_index_knows_is_unresolved() -> None:
    place = where("Syrian jets bombed the village of Qwarbeshan.", "bombed")
    assert place is not None
    assert (place.resolution, place.name, place.lat) == ("unresolved", None, None)


def test_namesakes_without_context_stay_ambiguous() -> None:
    found = mentions("A bomb went off in Tripoli.")["Tripoli"]
    assert found.resolution == "ambiguous"
    assert len({c.country for c in found.candidates}) > 1


@pytest.mark.parametrize(("text", "country"), [("Libya", "LBY"), ("Lebanon", "LBN")])
def test_the_pages_country_chooses_among_namesakes(text: str, country: str) -> None:
    found = mentions(f"The army of {text} moved. A bomb went off in Tripoli.")["Tripoli"]
    assert found.chosen is not None
    assert found.chosen.country == country


def test_the_province_beside_it_chooses_within_a_country() -> None:
    found = mentions("In Guaviare, Colombian rebels burned a bus on the Calamar road.")["Calamar"]
    assert found.chosen is not None
    assert found.chosen.admin1 == "Guaviare"


@pytest.mark.parametrize(
    "text",
    [
        "Salma Hayek spoke in public.", "The Middle East director resigned.", "Most rebels left on Friday.",
        "Shells fell on a mainly Kurdish town.", "Car bombs struck a Druze quarter.", "Men fled an Alawite village.",
    ],
)
def test_persons_and_common_words_are_no_places(text: str) -> None:
    assert [m for m in mentions(text).values() if m.placing] == []


def test_the_first_word_before_an_article_is_no_name_of_its_own() -> None:
    assert "Bab" not in mentions("Helicopters struck Bab al-Nairab in Aleppo.")
    assert "Bab" in mentions("Helicopters struck Bab and Aleppo.")


def test_adjectives_and_parts_of_names_are_toponyms_that_place_nothing() -> None:
    found = mentions("Russian jets left. Dubai Police thanked the African Union.")
    assert {words: m.placing for words, m in found.items()} == {"Russian": False, "Dubai": False, "African": False}
    assert where("Russian jets attacked.", "attacked") is None


def test_a_noun_that_belongs_to_a_name_is_of_its_span() -> None:
    assert "Orange County" in mentions("He lives in Orange County.")


def test_spans_lie_in_the_text() -> None:
    text = "Syrian jets hit Anadan, north of Aleppo.\n\n  In Idlib province, the town of Sarmin was quiet."
    for words, mention in mentions(text).items():
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert words.strip() == words


def test_a_short_name_is_no_lookalike_of_a_place_elsewhere() -> None:
    assert all(m.chosen is None for m in mentions("Two shells fell in Dameer on Friday.").values())


def test_a_name_that_no_index_knows_keeps_its_words_beside_what_explains_it() -> None:
    place = where("Syrian jets bombed a depot in Qwarbeshan, 20 km south of Aleppo.", "bombed")
    assert place is not None
    assert place.text.endswith("20 km south of Aleppo")
    assert place.lat == pytest.approx(36.02, abs=0.02)


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("Syrian jets bombed a clinic in Sarmin in Idlib province.", "bombed", "Sarmīn"),
        ("Rebels shelled a checkpoint in Sarmin (Idlib, Syria).", "shelled", "Sarmīn"),
        ("Syrian jets bombed a clinic in the village of Qwarbeshan in Aleppo city.", "bombed", "Aleppo"),
        ("In Idlib province, Syrian jets bombed a clinic in Sarmin.", "bombed", "Sarmīn"),
        ("On 3 May, in Sarmin, Syrian jets struck twice and rebels bombed a depot.", "bombed", "Sarmīn"),
        ("Syrian rebels killed two guards who tried to flee Sarmin.", "killed", "Sarmīn"),
        ("The Syrian rebels captured much of Douma.", "captured", "Dūmā"),
    ],
)
def test_the_finer_name_is_the_place_and_the_wider_says_where_it_is(text: str, trigger: str, name: str) -> None:
    place = where(text, trigger)
    assert place is not None
    assert (place.name, place.resolution) == (name, "resolved")


def test_a_name_that_no_index_knows_has_the_province_beside_it_and_no_point() -> None:
    place = where("Syrian jets bombed a clinic in Qwarbeshan, Idlib province.", "bombed")
    assert place is not None
    assert (place.text, place.resolution, place.admin1, place.country, place.lat) == (
        "Qwarbeshan", "unresolved", "Idlib", "SYR", None
    )


def test_the_wider_name_chooses_among_namesakes() -> None:
    found = mentions("Marchers met in Savannah (Georgia).")
    assert found["Savannah"].chosen is not None
    assert found["Savannah"].chosen.country == "USA"
    assert found["Georgia"].chosen is not None
    assert found["Georgia"].chosen.country == "USA"


def test_places_in_a_list_are_none_within_another() -> None:
    found = mentions("Syrian jets bombed Hama, Homs and Idlib.")
    assert all(m.wider == () for m in found.values())


def test_a_namesake_elsewhere_is_no_candidate_beside_a_country_that_excludes_it() -> None:
    found = mentions("Two men were shot in Tripoli in Peru.")["Tripoli"]
    assert found.chosen is None


def test_a_place_of_an_office_is_none_of_what_befell_its_holder() -> None:
    assert where("Omar Haddad, the head of the guards in Raqqa, was killed.", "killed") is None


def test_the_countryside_of_a_town_is_near_it_on_the_side_named() -> None:
    for text in ("Syrian jets bombed the northern countryside of Aleppo.",
                 "Syrian jets bombed the northern Aleppo countryside."):
        place = where(text, "bombed")
        assert place is not None
        assert (place.name, place.precision, place.relation) == ("Aleppo", "near", Relation("N", None))


def test_a_strike_that_stands_before_its_place_without_a_verb_of_its_own_is_there() -> None:
    place = where("Shelling targets Aleppo kill nine Syrians", "Shelling")
    assert place is not None
    assert place.name == "Aleppo"


def test_an_actor_that_bears_a_place_like_name_is_no_place() -> None:
    parsed = page("Hamas fired rockets at Ashkelon.")
    found = find_places(parsed, gazetteer.open(), find_mentions(parsed))
    assert [m.span.start for m in found] == [parsed.document.text.index("Ashkelon")]


def test_the_outlets_country_chooses_where_the_page_names_none() -> None:
    parsed = page("A bomb went off in Tripoli.")
    (libyan,) = find_places(parsed, gazetteer.open(), None, "LBY")
    assert libyan.chosen is not None
    assert libyan.chosen.country == "LBY"


def test_the_town_is_not_the_province_that_it_lies_in() -> None:
    place = where("Syrian rebels left Qaryatayn in Homs province. Troops shelled the town.", "shelled")
    assert place is not None
    assert place.name == "Al Qaryatayn"


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shot City Manager Brenda Quillop on Monday.",
        "The Department of Fisheries in Aden was shelled.",
        "Candidates of District B met in Aden.",
        "The board of Vellmore Water District met on Monday.",
        "Shells hit the yard of St. Joseph's School.",
    ],
)
def test_the_name_of_an_office_or_a_body_is_no_place(text: str) -> None:
    assert not set(mentions(text)) - {"Aden"}


def test_a_place_within_the_name_of_a_body_that_began_before_it_is_none() -> None:
    assert "Hampton" not in mentions("The East Hampton Fire Department sent two crews.")


def test_a_road_called_after_a_bridge_is_one_name() -> None:
    assert "Orlan Bridge Road" in mentions("Two men died on Orlan Bridge Road.")


def test_an_entry_that_goes_on_with_its_province_is_a_place_whatever_its_other_script() -> None:
    found = mentions("3 May 2017: (A12) Mayadin, الميادين Deir Ezzor governorate, Syria")
    assert found["Mayadin"].chosen is not None
    assert [m.chosen.kind for m in found["Mayadin"].wider if m.chosen][:1] == ["admin1"]


def test_a_province_is_known_by_the_spellings_of_its_seat() -> None:
    chosen = mentions("Shelling went on across Deir Ezzor governorate in Syria.")["Deir Ezzor"].chosen
    assert chosen is not None
    assert chosen.kind == "admin1"


def test_a_side_of_a_river_has_no_point() -> None:
    place = where("Syrian jets bombed villages east of the Euphrates.", "bombed")
    assert place is not None
    assert place.name == "Euphrates"
    assert place.lat is None


@pytest.mark.parametrize(
    ("text", "trigger", "name"),
    [
        ("Raids target Hama city and four wounded in Taftanaz", "Raids", "Ḩamāh"),
        ("Clashes break out in the outskirts of Hama and shelling on Idlib", "Clashes", "Ḩamāh"),
        ("Syrian planes shell northern Homs countryside, rebels target Sarmin", "shell", "Homs"),
        ("Syrians died in Taftanaz clashes in the eastern countryside of Idlib.", "clashes", "Taftanāz"),
        ("Syrian raids on the countryside of Idlib leaving four people dead in Taftanaz", "raids", "Taftanāz"),
        ("Near Sarmin, Syrian rebels freed two guards seized in May.", "freed", "Sarmīn"),
        ("Unrest grew in Sarmin, in neighbouring Idlib, where some 300 Syrians blocked a road.", "blocked", "Sarmīn"),
        ("Syria urged an end to talks, which are due to open in Homs on Friday.", "talks", "Homs"),
        ("Syrian rebels fired on the market of Sarmin for a third day.", "fired", "Sarmīn"),
        ("Syrian mortars hit Sarmin hospital on Friday.", "hit", "Sarmīn"),
        ("Syrian prisoners walked out of Hama's central prison.", "walked", "Ḩamāh"),
        ("Talks resume in Amman, but shelling in Hama kills four Syrians", "kills", "Ḩamāh"),
        ("The town of Sarmin in Syria witnesses clashes near the homes of two teachers.", "clashes", "Sarmīn"),
        ("Syrian police shot a man at a shop that he ran in Sarmin.", "shot", "Sarmīn"),
        ("Syrian rebels withdrew from Sarmin in May.", "withdrew", "Sarmīn"),
        ("Syrian rebels pulled back from Sarmin.", "pulled", "Sarmīn"),
    ],
)
def test_the_place_is_the_one_told_with_the_trigger(text: str, trigger: str, name: str) -> None:
    place = where(text, trigger)
    assert place is not None
    assert place.name == name


def test_a_scene_set_at_the_opening_is_none_of_a_clause_that_only_tells_a_person_apart() -> None:
    assert where("Near Sarmin, Syrian rebels freed two guards seized in May.", "seized") is None


def test_an_event_at_several_places_has_them_all() -> None:
    place = where("Syrian jets bombed Hama, Homs and the outskirts of Idlib.", "bombed")
    assert place is not None
    assert [p.name for p in (place, *place.also)] == ["Ḩamāh", "Homs", "Idlib"]


def test_the_objects_of_an_address_are_no_places() -> None:
    assert where("Syrian envoys urged Moscow to act.", "urged") is None


def test_a_small_namesake_abroad_is_none_beside_a_near_name_in_the_pages_country() -> None:
    found = mentions("In Syria, troops besieged al-Arima, and jets struck near al-Bab.")["al-Arima"]
    assert found.chosen is not None
    assert found.chosen.country == "SYR"


def test_a_quarter_lies_within_its_town() -> None:
    place = where("A Syrian bus blew up in the Tishrin suburb of Latakia city.", "blew")
    assert place is not None
    assert (place.name, place.precision) == ("Latakia", "near")


def test_of_near_spellings_the_nearest_is_meant() -> None:
    found = mentions("Syrian shells fell on the village of Sluk in Raqqa governorate.")["Sluk"]
    assert found.chosen is not None
    assert found.chosen.name == "Sulūk"


def test_the_nearest_wider_name_decides() -> None:
    found = mentions("3 May 2017: (A12) Musherfa, Raqqa governorate, Syria")["Musherfa"]
    assert found.chosen is not None
    assert found.chosen.admin1 == "Al-Raqqah"


def test_half_a_name_is_no_near_spelling() -> None:
    assert all(m.chosen is None for w, m in mentions("Syrian rebels attacked Badir al-Qwarb.").items() if w != "Syrian")


def test_beside_a_province_is_as_wide_as_the_province() -> None:
    place = where("Syrian jets bombed the northern countryside of Aleppo province.", "bombed")
    assert place is not None
    assert place.precision == "province"


def test_an_unknown_part_of_a_region_is_told_as_coarse_as_the_region() -> None:
    place = where("Syrian troops clashed with rebels in the Qwarb area in the Eastern Ghouta.", "clashed")
    assert place is not None
    assert (place.name, place.precision) == ("Eastern Ghouta", "district")


def test_a_town_taken_for_a_time_is_a_place_beside_its_bearing() -> None:
    place = where("South Sudan accused rebels of raiding its base south of Wau early on Sunday, a day after a truce.",
                  "raiding")
    assert place is not None
    assert place.name == "Wau"
