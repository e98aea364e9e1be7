"""The reading as a whole: its contract, and that no page stops a run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trucewatch.language import Parsed
from trucewatch.model import Document, ReadError, Reading, Sourced, dumps, loads_reading, to_json
from trucewatch.reading import read, read_many
from trucewatch.sources import from_text

PAGE = """Shells fall on market in Duma

Rebels shelled the market in Duma on Monday, killing a man and his two sons, the army said. "We saw no shells," \
a spokesman for the rebels told AFP. He accused the army of staging the blast.

The envoy is due to meet both sides in Geneva on Friday.
"""


def spans(value: Any) -> Iterator[tuple[int, int, str | None]]:
    if isinstance(value, dict):
        if isinstance(value.get("start"), int) and isinstance(value.get("end"), int):
            yield value["start"], value["end"], value.get("text")
        for inner in value.values():
            yield from spans(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans(inner)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read(from_text(PAGE, id="page", published="2016-04-12").document)


_PIECES = st.sampled_from(
    ["Rebels shelled the town of Duma", "the army said", "\"No,\" he said", "\n\n", ". ", ", ", "on Friday", "“", "”",
     "At least 11 people were killed", "\u200f", "\x00", "حمص", "\ufeff", "it denied", "He", "near Aleppo", "\t", "—"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, max_size=14))
def test_every_span_lies_inside_the_text_and_says_what_it_says(pieces: list[str]) -> None:
    document = from_text(" ".join(pieces) or "x", id="page", published="2016-04-12").document
    for start, end, text in spans(to_json(read(Document(id="page", text=document.text, sha256="")))):
        assert 0 <= start < end <= len(document.text)
        assert text is None or document.text[start:end] == text


def test_it_survives_the_round_through_json(reading: Reading) -> None:
    assert loads_reading(dumps(reading)) == reading


def test_references_point_at_entities_and_statements_that_are_there(reading: Reading) -> None:
    entities = {e.id for e in reading.entities}
    statements = {s.id for s in reading.statements}
    for event in reading.events:
        assert {r.entity for r in (*event.actors, *event.recipients)} - {None} <= entities
        assert set(event.stated_by) <= statements
    for statement in reading.statements:
        assert statement.source is None or statement.source.entity is None or statement.source.entity in entities
        assert set(statement.via) <= entities


def test_every_event_names_what_produced_it(reading: Reading) -> None:
    assert reading.events
    assert all(event.because for event in reading.events)


def test_act_and_casualties_are_one_event(reading: Reading) -> None:
    [shelling] = [e for e in reading.events if e.mode == "heavy-weapons" and e.stated_by]
    assert shelling.harm is not None
    assert shelling.harm.killed is not None
    assert (shelling.harm.killed.min, shelling.harm.killed.max) == (3, 3)


def test_a_meeting_to_come_is_planned(reading: Reading) -> None:
    [meeting] = [e for e in reading.events if e.type == "CONSULT"]
    assert (meeting.status, meeting.time.from_) == ("planned", "2016-04-15")


def test_an_undated_page_leaves_weekdays_unknown() -> None:
    undated = read(from_text(PAGE, id="page").document)
    assert all(e.time.from_ is None and e.time.to is None for e in undated.events)


def test_a_page_in_another_language_is_kept_without_events() -> None:
    sourced = from_text("قال الجيش إن القصف أصاب السوق في دوما يوم الاثنين وقتل ثلاثة أشخاص.", id="page")
    [kept] = read_many([sourced])
    assert kept.events == ()
    assert [n.code for n in kept.notices] == ["unsupported_language"]


def test_a_page_that_could_not_be_read_keeps_its_place() -> None:
    bad = Sourced(Document(id="bad", text="", sha256=""), error=ReadError("empty_text", "nothing in it"))
    good = from_text("Rebels shelled the town.", id="good")
    first, second = read_many([bad, good])
    assert (first.document.id, to_json(first)["error"]["code"]) == ("bad", "empty_text")
    assert "error" not in to_json(second)


def test_a_page_that_breaks_a_reader_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    module = importlib.import_module("trucewatch.reading.read")
    working = module.find_mentions

    def breaks_on_one(parsed: Parsed) -> Any:
        if parsed.document.id == "bad":
            raise IndexError("out of reach")
        return working(parsed)

    monkeypatch.setattr(module, "find_mentions", breaks_on_one)
    pages = [from_text("Rebels shelled the town.", id=name) for name in ("one", "bad", "two")]
    done = list(read_many(pages))
    assert [to_json(r).get("error", {}).get("code") for r in done] == [None, "reader_failed", None]


@pytest.mark.parametrize(("line", "triggers"), [
    ("The crown shot up after the vote, to 12 to the dollar.", []),
    ("Prices exploded after the harvest failed.", []),
    ("Gunmen shot two guards at the gate of the mill.", ["shot"]),
])
def test_a_word_of_force_that_is_meant_otherwise_tells_of_no_event(line: str, triggers: list[str]) -> None:
    reading = read(Document(id="d", text=line, sha256=""))
    assert [line[e.trigger.start : e.trigger.end] for e in reading.events] == triggers
