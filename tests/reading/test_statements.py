"""Who says what: sources, contents, kinds, nesting; sentences of many shapes."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.language import parse
from trucewatch.model import Document, Statement
from trucewatch.reading.entities import find_mentions
from trucewatch.reading.statements import find_statements


@cache
def statements(text: str) -> tuple[Statement, ...]:
    parsed = parse(Document(id="d", text=text, sha256=""))
    return find_statements(parsed, find_mentions(parsed))[0]


def told(text: str) -> list[tuple[str | None, str]]:
    """Source and content of each statement, as the page's words."""
    return [
        (text[s.source.start : s.source.end] if s.source else None,
         " … ".join(text[c.start : c.end] for c in s.content))
        for s in statements(text)
    ]


@pytest.mark.parametrize(("text", "source", "content"), [
    ("The ministry said that the road was open.", "The ministry", "the road was open"),
    ("The road was open, the ministry said.", "the ministry", "The road was open"),
    ("A nurse told reporters the ward was full.", "A nurse", "the ward was full"),
    ("According to the mayor, the bridge was gone.", "the mayor", "the bridge was gone"),
    ("As local radio reported, the bridge was gone.", "local radio", "the bridge was gone"),
    ("The agency issued a statement saying the convoy had arrived.", "The agency", "the convoy had arrived"),
    ("The bishop called for both armies to leave the town.", "The bishop", "both armies to leave the town"),
    ("A small crowd met at the gates of the old ministry, shouting that the bread was gone.", "A small crowd",
     "the bread was gone"),
    ("The army repeated its claim that the road was mined.", "its", "the road was mined"),
    ("Damascus: no plan to storm the old town", "Damascus", "no plan to storm the old town"),
    ("The agency condemned the raid on the clinic in a statement.", "The agency", "the raid on the clinic"),
])
def test_one_statement(text: str, source: str, content: str) -> None:
    assert (source, content) in told(text)


@pytest.mark.parametrize(("text", "source", "content"), [
    ('"The bridge is gone," said Jane Roe.', "Jane Roe", "The bridge is gone"),
    ("''The bridge is gone,'' Jane Roe said.", "Jane Roe", "The bridge is gone"),
    ('Jane Roe said: "The bridge is gone."', "Jane Roe", "The bridge is gone"),
    ("“The bridge was our life, and now it is gone for good.” — Jane Roe", "Jane Roe",
     "The bridge was our life, and now it is gone for good"),
    ('"Are we ready? Probably not," the mayor said. "We will be by spring."', "the mayor",
     "Are we ready? Probably not … We will be by spring"),
    ('The mayor wrote on his page:\n"The bridge is gone and will not come back."', "The mayor",
     "The bridge is gone and will not come back"),
    ('"By opening the road now," Jane Roe said, "we can bring in bread for all of the town. Nobody will go hungry."',
     "Jane Roe", "By opening the road now … we can bring in bread for all of the town. Nobody will go hungry"),
    ('Bread is dear again in the towns of the north - Jane Roe: "Prices have doubled since the road was shut."',
     "Jane Roe", "Prices have doubled since the road was shut"),
    ('The streets were empty, the mayor said, "but people will come back."', "the mayor",
     "The streets were empty … but people will come back"),
])
def test_quotations(text: str, source: str, content: str) -> None:
    assert (source, content) in told(text)


@pytest.mark.parametrize("text", [
    "The ministry did not say that the road was open.",
    "The mayor may say that the road is open.",
    "The mayor came to the square to say that the road was open.",
    "The so-called \"Lion\" battalion is back.",
    "The building was condemned.",
    "“All Roads Are Shut”",
])
def test_no_statement(text: str) -> None:
    assert told(text) == []


def test_what_is_thought_aloud_in_a_quotation_is_a_part_of_it() -> None:
    assert told('"I think the road is open," the driver said.') == [("the driver", "I think the road is open")]


def test_a_channel_is_no_source() -> None:
    text = "The officer told AFP that the post had fallen."
    (one,) = statements(text)
    assert text[one.source.start : one.source.end] == "The officer"  # type: ignore[union-attr]
    assert one.via


def test_kinds() -> None:
    kinds = [s.kind for text in (
        'The mayor said: "The bridge is gone."', "The mayor said the bridge was gone.",
        'The mayor said the bridge was "gone for good and all".',
    ) for s in statements(text)]
    assert kinds == ["direct", "indirect", "mixed"]


def test_chains_nest() -> None:
    text = "A diplomat said the envoy had warned that the camps were full."
    outer, inner = statements(text)
    assert (outer.within, inner.within) == (None, outer.id)


def test_coordinated_cues_share_their_speaker() -> None:
    text = "The envoy said the talks were useful, adding that they would go on."
    assert {source for source, _ in told(text)} == {"The envoy"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([
    "The army said", "that", "“the town fell", "”", ",", "according to", "AFP", ".", ":", "he added", "its claim that",
    "SMITH:", "—", "''", "was quoted as saying", "denied", "to",
]), max_size=12).map(" ".join))
def test_spans_lie_within_the_text(text: str) -> None:
    for statement in statements(text):
        assert statement.content
        for span in statement.content:
            assert 0 <= span.start < span.end <= len(text)


def test_an_answer_hung_behind_is_a_statement_of_its_own() -> None:
    text = "The mayor said the army had shelled the mill, a charge that the ministry denies."
    assert told(text) == [("The mayor", "the army had shelled the mill"), ("the ministry", "a charge")]


@pytest.mark.parametrize(("text", "wanted"), [
    ("By the count of the agency, four people have died.", ("the agency", "four people have died")),
    ("The general denied it.", ("The general", "it")),
    ("The mayor told the radio that nobody was hurt and blamed the rebels for burning the mill.",
     ("The mayor", "nobody was hurt")),
])
def test_accounts_bare_denials_and_coordinated_cues(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in told(text)
