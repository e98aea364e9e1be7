"""What the encoder sees of a page, laid on its tokens."""

from __future__ import annotations

from functools import cache

import pytest

from trucewatch.language import Parsed, parse
from trucewatch.language.attributions import Sight, Stretch
from trucewatch.model import Document

TEXT = "The mayor of Tarvin said on Tuesday that two bridges had been mined.\nNobody was hurt."


@cache
def page(text: str) -> tuple[Parsed, Sight]:
    parsed = parse(Document(id="d", text=text, sha256=""))
    return parsed, Sight(parsed)


def said(parsed: Parsed) -> Stretch:
    at = next(t.i for t in parsed.paragraphs[0].doc if t.text == "said")
    return Stretch(parsed.paragraphs[0], at, at + 1)


def words(stretch: Stretch) -> str:
    return stretch.paragraph.doc[stretch.start : stretch.end].text


def test_a_cue_is_proposed_with_its_source_and_content() -> None:
    (found,) = (a for a in page(TEXT)[1].proposals() if words(a.cue).startswith("said"))
    assert found.source is not None
    assert "mayor" in words(found.source)
    assert "two bridges had been mined" in words(found.content[0])


def test_any_word_may_be_asked_as_a_cue() -> None:
    parsed, sight = page(TEXT)
    cue, other = said(parsed), Stretch(parsed.paragraphs[1], 2, 3)
    asked, beside = sight.ask(cue), sight.ask(other)
    assert asked is not None
    assert beside is not None
    assert asked.cue > 0.5 > beside.cue


def test_what_is_out_of_sight_counts_as_nothing() -> None:
    parsed, sight = page("The mayor said that the road was open. " + "The bridge was shut again. " * 60)
    answer = sight.ask(said(parsed))
    assert answer is not None
    whole = Stretch(parsed.paragraphs[0], 0, len(parsed.paragraphs[0].doc))
    row = sight.within(answer, answer.content, [whole])
    assert len(row) == len(parsed.paragraphs[0].doc) > len(answer.content)
    assert not row[len(answer.content) :].any()


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_page_proposes_nothing(text: str) -> None:
    assert list(page(text)[1].proposals()) == []


@pytest.mark.parametrize(("text", "word", "is_act"), [
    ("Gunmen shot two guards at the gate of the mill on Sunday.", "shot", True),
    ("The crown shot up after the vote, to 12 to the dollar.", "shot", False),
    ("Skirmishes broke out on the ridge above the village.", "Skirmishes", True),
    ("The two singers traded insults in skirmishes on social media all week.", "skirmishes", False),
])
def test_a_word_of_force_is_meant_literally_or_not(text: str, word: str, *, is_act: bool) -> None:
    parsed, sight = page(text)
    at = next(t.i for t in parsed.paragraphs[0].doc if t.text == word)
    assert (sight.literal(Stretch(parsed.paragraphs[0], at, at + 1)) > 0.5) is is_act
