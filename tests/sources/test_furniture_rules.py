"""Each furniture rule by its own examples, and what holds of every mark."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.sources import mark_furniture
from trucewatch.sources.furniture import reason_of_line
from trucewatch.sources.words import FurnitureRule, furniture_rules

REASONS = {
    "share", "advert", "related", "caption", "byline", "navigation", "legal", "newsletter", "comments", "masthead",
}
RULES = furniture_rules().rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_rule_has_examples_both_ways(rule: FurnitureRule) -> None:
    assert rule.examples
    assert rule.nots
    assert rule.reason in REASONS


@pytest.mark.parametrize(("rule", "line"), [(r, e) for r in RULES for e in r.examples], ids=str)
def test_example_is_furniture(rule: FurnitureRule, line: str) -> None:
    assert reason_of_line(line) == rule.reason


@pytest.mark.parametrize("line", [n for r in RULES for n in r.nots])
def test_not_is_prose(line: str) -> None:
    assert reason_of_line(line) is None


def test_rule_ids_are_unique() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


PIECES = st.sampled_from([
    "Share", "Advertisement", "THE HILL POST", "Most read", "By Jane Doe", "Rebels leave the old town after talks",
    "The army said on Monday that two of its men had been killed near the mill.", "", "  ", "\ufeff", "a\x00b",
    "Copyright 2016 Hill Post", "قال الجيش إن الهدنة صامدة.", "|", "[x]",
    "He said so. Read more: Fuel prices rise again",
])


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=80), max_size=14), st.sampled_from(["\n", "\n\n", "\r\n", " "]))
def test_marks_lie_inside_the_text_in_order_and_apart(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    at = 0
    for mark in mark_furniture(text):
        assert at <= mark.start < mark.end <= len(text)
        assert text[mark.start:mark.end].strip()
        assert mark.reason in REASONS
        at = mark.end


BODY = (
    "Three guards were wounded when a shell hit the ferry on Sunday, the port authority said.\n\n"
    "Service will not resume before the end of the week, it added, and the eastern quay stays closed."
)


def marked(text: str, **known: str) -> list[str]:
    return [text[m.start:m.end] for m in mark_furniture(text, **known)]


@pytest.mark.parametrize("joint", [" ", "", "\xa0"])
def test_headline_that_hangs_on_the_last_paragraph(joint: str) -> None:
    assert marked(BODY + joint + "Champions sign young striker from Brazil") == [
        "Champions sign young striker from Brazil"
    ]


def test_hanging_words_on_the_same_subject_are_kept() -> None:
    assert marked(BODY + " Ferry service on eastern quay to resume next week") == []


def test_abbreviation_ends_no_sentence() -> None:
    last = "The ferry was inspected twice on Monday by a team under Gen. Ahmad Khalil Mansour Haddad"
    assert marked(f"{BODY}\n\n{last}") == []


def test_label_that_hangs_on_a_paragraph() -> None:
    text = BODY.replace("said.\n", "said. Advertisement\n") + " READ MORE: Fuel prices rise again"
    assert marked(text) == ["Advertisement", "READ MORE: Fuel prices rise again"]


def test_advert_glued_to_the_next_word() -> None:
    assert marked("Advertisement" + BODY) == ["Advertisement"]


def test_date_glued_to_the_first_sentence() -> None:
    assert marked("Published July 5, 2015 " + BODY) == ["Published July 5, 2015"]


def test_headlines_under_a_heading() -> None:
    text = BODY + "\n\nMost read\n\nTen gardens to see\n\nWho will win the cup?\n\nWhy the rial fell"
    assert marked(text) == ["Most read", "Ten gardens to see", "Who will win the cup?", "Why the rial fell"]


def test_readers_comments_after_the_article() -> None:
    comments = "2 Comments\n\nhamid77: They always say that.\n\nleyla: Shelling never stopped here!"
    text = "\n\n".join([BODY, BODY, comments])
    assert len(marked(text)) == 3


def test_publisher_makes_a_masthead() -> None:
    text = "Sahel Info\n\nShell hits the ferry at the old port\n\n" + BODY
    assert marked(text, publisher="Sahel Info") == ["Sahel Info"]


def test_title_is_never_marked() -> None:
    text = "Most read: how a ferry became a symbol\n\n" + BODY
    assert marked(text, title="Most read: how a ferry became a symbol") == []


def test_hard_wrapped_text_is_judged_by_paragraph() -> None:
    text = (
        "Three guards were wounded when a shell hit the ferry on\nSunday, the port authority said, and the service\n"
        "has been stopped until the end of the week while\nengineers look at the hull and at the two engines.\n\n"
        "Officials in the capital said that they were looking\ninto the matter and that no group had said that it\n"
        "was behind the attack on the port.\n\nAdvertisement\n\nThe quay stays closed."
    )
    assert marked(text) == ["Advertisement"]


def test_table_rows_are_no_bars() -> None:
    assert marked(BODY + "\n\n| Ferry | 12 | 4 |\n| Mill | 3 | 1 |\n\n" + BODY) == []


def test_letter_spaced_name_at_the_top() -> None:
    assert marked("H I L L   P O S T\n\nShell hits the ferry at the old port\n\n" + BODY) == ["H I L L   P O S T"]


def test_place_and_date_alone_near_the_top() -> None:
    assert marked("Shell hits the ferry at the old port\n\nAmman, 3 May 2016\n\n" + BODY) == ["Amman, 3 May 2016"]


def test_bar_with_one_long_piece_among_known_ones() -> None:
    bar = "Bulletins of the day, gathered and put into English | Friday 3 May 2019 | RSS | PDF"
    assert marked(f"{bar}\n\nShell hits the ferry at the old port\n\n{BODY}") == [bar]


def test_path_of_the_page() -> None:
    path = "hillpost.example > weekly notes > no. 3"
    assert marked(f"{path}\n\nShell hits the ferry at the old port\n\n{BODY}") == [path]


def test_byline_with_an_arabic_article_in_a_place() -> None:
    byline = "By HP staff in Ras al-Ain and Aden"
    assert marked(f"Shell hits the ferry at the old port\n\n{byline}\n\n{BODY}") == [byline]


def test_arrow_and_headline_between_paragraphs() -> None:
    assert marked(f"{BODY}\n\n» Flour grows dear\n\n{BODY}") == ["» Flour grows dear"]


@pytest.mark.parametrize("line", [
    "14:32 GMT - Shell hits the ferry", "11:20 — Jets bomb the mill", "• Two drones shot down over mill, governor says",
    "🔴 Two drones shot down over mill, governor says", "“No truce, no talks at all”",
    "HARBOUR | 3 breaches | shelling", "MINISTRY OF PORTS – PRESS SERVICE", "ELSEWHERE IN THE PRESS",
    "12 May 2017: 3 breaches", "In the south",
])
def test_entries_and_headings_of_a_digest_stay(line: str) -> None:
    assert marked("\n\n".join([BODY, BODY, line, BODY, BODY])) == []
