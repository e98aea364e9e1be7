"""MEANTIME's and TimeML's times, and how times are scored."""

from __future__ import annotations

from pathlib import Path

import pytest
from hand_made import misses, span

from benchmarks import meantime, timeml
from benchmarks.probes import Judged
from benchmarks.timex import Dated, Timex, same_value, value_of

WORDS = [
    ["Bridge", "opens", "late"],
    ["May", "2", ",", "2019"],
    ["The", "bridge", "did", "n't", "open", "on", "Monday", ",", "``", "to", "shame", "''", "."],
    ["Left", "out", "."],
]
CAT = """<Document doc_id="1">
{tokens}
<Markables>
<TIMEX3 m_id="1" functionInDocument="CREATION_TIME" type="DATE" value="2019-05-02">
<token_anchor t_id="4"/><token_anchor t_id="5"/><token_anchor t_id="6"/><token_anchor t_id="7"/></TIMEX3>
<TIMEX3 m_id="2" functionInDocument="NONE" type="DATE" value="2019-04-29"><token_anchor t_id="14"/></TIMEX3>
<TIMEX3 m_id="3" functionInDocument="NONE" type="DATE" value="2019"/>
<EVENT_MENTION m_id="4" polarity="NEG" certainty="CERTAIN"><token_anchor t_id="12"/></EVENT_MENTION>
<EVENT_MENTION m_id="5" polarity="POS" certainty="POSSIBLE"><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION m_id="6" polarity="UNDERSPECIFIED" certainty="UNDERSPECIFIED"><token_anchor t_id="18"/>
</EVENT_MENTION>
</Markables></Document>"""


@pytest.fixture
def cat_folder(tmp_path: Path) -> Path:
    numbered = [(s, w) for s, words in enumerate(WORDS) for w in words]
    tokens = "\n".join(
        f'<token t_id="{n}" sentence="{s}">{w}</token>' for n, (s, w) in enumerate(numbered, 1)
    )
    (tmp_path / "corpus_x").mkdir()
    (tmp_path / "corpus_x" / "bridge.xml").write_text(CAT.format(tokens=tokens), encoding="utf-8")
    return tmp_path


def test_text_is_put_together_from_tokens_and_ends_with_the_annotation(cat_folder: Path) -> None:
    (article,) = meantime.read_articles(cat_folder)
    text = article.dated.text
    assert text == "Bridge opens late\n\nMay 2, 2019\n\nThe bridge didn't open on Monday, “to shame”."
    assert [text[t.start : t.end] for t in article.dated.times] == ["Monday"]
    assert [text[slice(*e.at)] for e in article.events] == ["open", "opens", "shame"]


def test_creation_time_is_given_not_scored(cat_folder: Path) -> None:
    (article,) = meantime.read_articles(cat_folder)
    assert article.dated.published == "2019-05-02"
    assert [article.dated.text[slice(*a)] for a in article.dated.aside] == ["May 2, 2019"]


def test_times_are_scored_by_words_and_value(cat_folder: Path) -> None:
    def find(item: Dated) -> list[Timex]:
        at = span(item.text, "on Monday")
        return [Timex(at.start, at.end, "2019-04-29"), Timex(19, 30, "2019-05-02")]

    found, errors = misses()
    scores = meantime.run_times(cat_folder, limit=None, errors=errors, find=find)
    assert {n: m.value for n, m in scores.items()} == {"strict_f": 0.0, "relaxed_f": 1.0, "value_f": 1.0}
    assert not found


def test_certainty_and_negation(cat_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    judged = [Judged("occurred", True), Judged("ongoing", False), Judged("possible", True)]
    monkeypatch.setattr(meantime, "judge", lambda _document, _words: judged)
    found, errors = misses()
    scores = meantime.run_events(cat_folder, limit=None, errors=errors)
    assert scores["negation_f"].value == 1.0
    assert scores["certainty_macro_f"].value == pytest.approx((2 / 3) / 2)
    assert [m.kind for m in found] == ["certainty"]


TML = """<TimeML><DCT>
<TIMEX3 tid="t0" value="2013-03-22" functionInDocument="CREATION_TIME">March 22, 2013</TIMEX3></DCT><TEXT>
Work <EVENT eid="e1">began</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2013-03-18">Monday</TIMEX3>.
</TEXT></TimeML>"""


def test_timeml_offsets_are_those_of_the_plain_text(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.tml").write_text(TML, encoding="utf-8")
    (item,) = timeml.read_files(tmp_path)
    assert item.text == "\nWork began on Monday.\n"
    assert item.published == "2013-03-22"
    assert [(item.text[t.start : t.end], t.value) for t in item.times] == [("Monday", "2013-03-18")]


@pytest.mark.parametrize(
    ("first", "last", "precision", "value"),
    [
        ("2016-02-27", "2016-02-27", "day", "2016-02-27"),
        ("2016-02-01", "2016-02-29", "month", "2016-02"),
        ("2016-01-01", "2016-12-31", "year", "2016"),
        ("2016-02-22", "2016-02-28", "week", "2016-W08"),
        ("2016-03-01", "2016-05-31", "season", "2016-SP"),
        ("2016-10-01", "2016-12-31", "season", "2016-Q4"),
        ("2016-02-27", "2016-03-02", "day", None),
        (None, "2016-10-31", "month", "2016-10"),
        (None, None, "unknown", None),
    ],
)
def test_values_of_readings(first: str | None, last: str | None, precision: str, value: str | None) -> None:
    assert value_of(first, last, precision) == value


def test_values_are_equal_less_their_zone() -> None:
    assert same_value("2009-06-01T12:00Z", "2009-06-01T12:00")
    assert not same_value("2009-06-01TMO", "2009-06-01")
    assert not same_value(None, None)
