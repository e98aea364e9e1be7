"""The page's own talk, and news that uses its words."""

from __future__ import annotations

import pytest

from trucewatch.sources.lines import Line
from trucewatch.sources.pagetalk import reason_of_contact, reason_of_talk


def line(shown: str) -> Line:
    return Line(0, len(shown), shown)


@pytest.mark.parametrize(("shown", "reason"), [
    ("This interview has been edited for length.", "byline"),
    ("Get the app for alerts from our newsroom, free of charge.", "newsletter"),
    ("Please turn on JavaScript to use this feature", "navigation"),
    ("Suggest a correction", "navigation"),
    ("Your stories live here.", "navigation"),
    ("This report may not be reproduced without permission.", "legal"),
])
def test_talk_of_the_page(shown: str, reason: str) -> None:
    assert reason_of_talk(line(shown)) == reason


@pytest.mark.parametrize("shown", [
    "This report was invented, the army said.",
    "Our inbox was hit by spam on Sunday.",
    "The station's app and its website have been silent since then",
    "“Share this story with your sons,” one leaflet read.",
    "Subscribers of the phone firm got a text: leave by noon.",
    "This newspaper has seen the text of the deal.",
])
def test_news_in_the_words_of_pages(shown: str) -> None:
    assert reason_of_talk(line(shown)) is None


@pytest.mark.parametrize(("shown", "reason"), [
    ("Ann Doe, Head of Press, doe@aid.example, Tel. +90 555 010 0199", "byline"),
    ("www.aid.example/reports | Relief for all", "navigation"),
    ("#Aden", "navigation"),
    ("A post shared by Hill Lens (@hilllens)", "share"),
])
def test_addresses(shown: str, reason: str) -> None:
    assert reason_of_contact(line(shown)) == reason


@pytest.mark.parametrize("shown", [
    "The army said on its page, www.army.example/news, that nobody was hurt.",
    "The mission (@mission) told reporters that the convoy was safe.",
    "Between 1990 and 2016 the line moved 3 km.",
])
def test_news_that_holds_an_address(shown: str) -> None:
    assert reason_of_contact(line(shown)) is None
