"""Statements and attitudes with the encoder beside the rules: who spoke, what was chosen, where a content ends."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from trucewatch.language import Parsed, parse
from trucewatch.language.attributions import Sight
from trucewatch.model import Attitude, Document, Span, Statement
from trucewatch.reading.entities import find_mentions
from trucewatch.reading.statements import find_statements
from trucewatch.reading.statements.bounds import SIGNS, Seen, bounds
from trucewatch.reading.statements.draft import Draft
from trucewatch.reading.statements.learned import ATTITUDE, Candidate, best
from trucewatch.reading.statements.likely import Curve, likelihood


@cache
def parsed(text: str) -> Parsed:
    return parse(Document(id="d", text=text, sha256=""))


def found(text: str) -> tuple[tuple[Statement, ...], tuple[Attitude, ...]]:
    page = parsed(text)
    return find_statements(page, find_mentions(page), Sight(page))


def test_a_statement_names_the_rule_and_the_choice() -> None:
    (statement,) = found("The ministry said that the road was open.")[0]
    assert [b.id for b in statement.because] == ["cue.say", "learned.choice"]


def test_a_stand_without_words_is_an_attitude() -> None:
    text = "The senator strongly supports the plan to rebuild the harbour."
    statements, (attitude,) = found(text)
    assert statements == ()
    assert "supports" in text[attitude.cue.start : attitude.cue.end]
    assert attitude.source is not None
    assert "senator" in text[attitude.source.start : attitude.source.end]
    assert "the plan" in text[attitude.content[0].start : attitude.content[0].end]


def test_an_attitude_is_as_sure_as_the_curve() -> None:
    (attitude,) = found("The senator strongly supports the plan to rebuild the harbour.")[1]
    assert ATTITUDE <= attitude.confidence <= 1
    assert [b.id for b in attitude.because] == ["learned.tagger", "learned.choice"]


TEXT = "The mayor said the road was open and the guards had left."


def candidate(content: str, cue: str, model: str | None) -> Candidate:
    def span(words: str) -> Span:
        return Span(TEXT.index(words), TEXT.index(words) + len(words))

    draft = Draft(parsed(TEXT).paragraphs[0], None, span(cue), [span(content)], "asserts", "cue.say", model=model)
    return Candidate(draft, {})


@pytest.mark.parametrize(("learned", "rule", "chosen"), [(0.7, 0.6, "rule"), (0.99, 0.2, "learned")])
def test_of_two_with_one_cue_the_rules_go_first_unless_they_are_unlikely(
    learned: float, rule: float, chosen: str
) -> None:
    judged = [
        (learned, candidate("the road was open", "said", "learned.tagger")), (rule, candidate("the road", "said", None))
    ]
    ((_, kept),) = best(judged)
    assert ("rule" if kept.by_rule else "learned") == chosen


def test_what_says_the_same_is_taken_once() -> None:
    judged = [
        (0.9, candidate("the road was open", "said", "learned.tagger")),
        (0.8, candidate("the road was open", "mayor", "learned.tagger")),
    ]
    assert [chance for chance, _ in best(judged)] == [0.9]


def test_what_is_unlikely_is_left_out() -> None:
    assert list(best([(0.2, candidate("the guards", "left", "learned.tagger"))])) == []


def test_a_sign_without_a_weight_says_nothing() -> None:
    assert likelihood({"no such sign": 9.0}) == likelihood({})


def seen(content: dict[int, float]) -> Seen:
    size = len(parsed(TEXT).paragraphs[0].doc)
    row = np.array([content.get(i, 0.0) for i in range(size)], dtype=np.float32)
    return Seen(row, np.zeros(size, dtype=np.float32), np.zeros(size, dtype=np.float32))


def test_no_span_holds_the_cue() -> None:
    doc = parsed(TEXT).paragraphs[0].doc
    made = bounds(doc, (2, 3), doc[2], seen(dict.fromkeys(range(len(doc)), 0.9)), (3, 7), None)
    assert all(end <= 2 or start >= 3 for start, end in made.spans)


def test_spans_may_end_where_the_encoder_is_less_sure() -> None:
    doc = parsed(TEXT).paragraphs[0].doc
    made = bounds(doc, (2, 3), doc[2], seen(dict.fromkeys(range(3, 7), 0.9)), (3, 12), None)
    assert (3, 7) in made.spans


def test_the_likeliest_span_has_most_for_it() -> None:
    doc = parsed(TEXT).paragraphs[0].doc
    made = bounds(doc, (2, 3), doc[2], seen(dict.fromkeys(range(3, 7), 0.9)), (3, 12), None)
    chances = made.likelihoods(Curve(cases=1, intercept=0.0, weights={"share": 5.0}))
    assert made.spans[int(np.argmax(chances))] == (3, 7)
    assert sum(chances) == pytest.approx(1)


def test_the_curve_knows_no_other_signs() -> None:
    from trucewatch.reading.statements.likely import Curves
    from trucewatch.rules.loader import load

    assert set(load("attributions", Curves).bounds.weights) <= set(SIGNS)
