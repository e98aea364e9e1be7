"""Statements and attitudes with the encoder beside the rules: who spoke, what was chosen, where a content ends."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from trucewatch.language import Parsed, parse
from trucewatch.language.attributions import Sight
from trucewatch.model import Attitude, Document, Span, Statement
from trucewatch.reading.entities import find_mentions
from trucewatch.reading.statements import find_statements, whose
from trucewatch.reading.statements.bounds import SIGNS, Seen, bounds
from trucewatch.reading.statements.draft import Draft
from trucewatch.reading.statements.learned import ATTITUDE, Candidate, best
from trucewatch.reading.statements.likely import Curve, Curves, Eye, likelihood
from trucewatch.reading.statements.whose import Owners, owners
from trucewatch.rules.loader import load


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


def test_the_curves_know_no_other_signs() -> None:
    curves = load("attributions", Curves)
    assert set(curves.bounds.weights) <= set(SIGNS)
    assert set(curves.sources.weights) <= set(whose.SIGNS)


def owners_of(text: str, cue: str, content: str, source: str | None) -> Owners:
    page = parsed(text)
    paragraph = page.paragraphs[0]
    words = {t.text: t for t in paragraph.doc}
    spans = {w: Span(text.index(w), text.index(w) + len(w)) for w in (cue, content)}
    draft = Draft(
        paragraph, words[source] if source else None, spans[cue], [spans[content]], "asserts", "cue.say",
        cue_token=words[cue],
    )
    mentions, sight = find_mentions(page), Sight(page)
    made = owners(draft, Eye(page, sight, mentions), sight, mentions)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("text", "cue", "content", "source", "way"),
    [
        ("The police's earlier claim that he fled was false.", "claim", "he fled", "police", "possessor"),
        ("The road was shut, said Ana Roe, a driver.", "said", "The road was shut", "Roe", "noun behind"),
        ("Footage of the mayor saying he was well was shown.", "saying", "he was well", "mayor", "noun before"),
        ("The plan was rejected by the tribes.", "rejected", "The plan", "tribes", "agent"),
    ],
)
def test_a_source_may_stand_where_the_tree_has_it(text: str, cue: str, content: str, source: str, way: str) -> None:
    made = owners_of(text, cue, content, None)
    assert any(o.head is not None and o.head.text == source and way in o.ways for o in made.owners)


def test_nobody_may_be_the_source_and_is_so_far_where_none_was_found() -> None:
    nobody = [o for o in owners_of(TEXT, "said", "the road was open", None).owners if o.head is None]
    assert [o.ways for o in nobody] == [{"own"}]


def test_what_is_seen_of_a_source_within_the_content_says_so() -> None:
    made = owners_of("“It is over. Full panic,” said Ana Roe.", "said", "It is over. Full panic", "panic")
    inside = [row[whose.SIGNS.index("inside of the content")] for row in made.table]
    assert [o.head.text for o, i in zip(made.owners, inside, strict=True) if o.head is not None and i] == ["panic"]


def test_a_source_within_what_is_said_gives_way() -> None:
    text = "“The campaign is in panic mode. Full panic mode,” said Leslie Roe, the head of a caucus."
    ((statement,), _) = found(text)
    assert statement.source is not None
    assert text[statement.source.start : statement.source.end].startswith("Leslie Roe")


def test_the_subject_of_a_cue_that_rules_know_stays() -> None:
    text = "The envoy said the ministry still believed that the road was open."
    believed = next(s for s in found(text)[0] if s.cue is not None and text[s.cue.start : s.cue.end] == "believed")
    assert believed.source is not None
    assert text[believed.source.start : believed.source.end] == "the ministry"
