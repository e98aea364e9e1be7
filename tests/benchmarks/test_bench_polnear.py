"""Statements against brat standoff."""

from __future__ import annotations

from pathlib import Path

import pytest
from hand_made import misses, reader, reading, said, span

from benchmarks import polnear

TEXT = (
    "The port has reopened, according to Mayor Ilse Brandt.\n\n"
    "“We are open again,” said the harbour master. “Come back tomorrow.” "
    "Dockers said that it “was about time”.\n"
)


def line(number: int, kind: str, *parts: str) -> str:
    spans = [span(TEXT, p) for p in parts]
    where = ";".join(f"{s.start} {s.end}" for s in spans)
    return f"T{number}\t{kind} {where}\t{' '.join(parts)}"


STANDOFF = "\n".join([
    line(1, "Content", "The port has reopened"), line(2, "Cue", "according to"),
    line(3, "Source", "Mayor Ilse Brandt"),
    "E1\tAttribution:T9 Content:T1 Cue:T2 Source:T3",
    line(4, "Content", "“We are open again,”", "“Come back tomorrow.”"), line(5, "Cue", "said"),
    line(6, "Source", "the harbour master"),
    "E2\tAttribution:T5 Cue:T5 Source:T6 Content:T4",
    line(7, "Content", "that it “was about time”"), line(8, "Cue", "said that"),
    "E3\tAttribution-no-source:T8 Cue:T8 Content:T7",
    "A1\tNote T3",
])  # fmt: skip


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for folder in ("text", "attributions"):
        (tmp_path / "dev" / folder).mkdir(parents=True)
    (tmp_path / "dev/text/port.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "dev/attributions/port_ab12.ann").write_text(STANDOFF, encoding="utf-8")
    return tmp_path


def test_standoff_keeps_parts_and_their_links() -> None:
    first, second, third = polnear.read_standoff(STANDOFF)
    assert [TEXT[s:e] for s, e in first.source] == ["Mayor Ilse Brandt"]
    assert [TEXT[s:e] for s, e in second.content] == ["“We are open again,”", "“Come back tomorrow.”"]
    assert third.source == ()


def test_articles_are_found_below_the_folder(corpus: Path) -> None:
    (article,) = polnear.read_articles(corpus)
    assert article.text == TEXT
    assert len(article.annotations) == 1


def test_kinds_go_by_quotation_marks() -> None:
    words = polnear.Words(TEXT)
    quoted = words.within(polnear.quotations(TEXT))
    kinds = [polnear.kind_of(words.within(a.content), quoted) for a in polnear.read_standoff(STANDOFF)]
    assert kinds == ["indirect", "direct", "mixed"]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('He said "go on.\nThey went.', ['"go on.']),
        ("It's ‘John's’ boat’s sail", ["‘John's’"]),
        ("“One.” And “two", ["“One.”", "“two"]),
        ("Nothing here's quoted", []),
    ],
)
def test_quotations(text: str, inside: list[str]) -> None:
    assert [text[s:e] for s, e in polnear.quotations(text)] == inside


def test_a_perfect_reading_scores_one(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = reading(TEXT, statements=[
        said(TEXT, "Mayor Ilse Brandt", "according to", "The port has reopened"),
        said(TEXT, "the harbour master", "said", "We are open again", "Come back tomorrow"),
        said(TEXT, None, "said that", "that it “was about time"),
    ])  # fmt: skip
    monkeypatch.setattr(polnear, "readings", reader(made))
    found, errors = misses()
    scores = polnear.run(corpus, limit=None, errors=errors)
    assert {m.value for m in scores.values()} == {1.0}
    assert scores["content_f"].n == 3
    assert not found


def test_source_cue_and_content_fail_apart(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = reading(TEXT, statements=[
        said(TEXT, "the harbour master", "according", "port has reopened"),
        said(TEXT, "Dockers", "said that", "that it “was about time"),
    ])  # fmt: skip
    monkeypatch.setattr(polnear, "readings", reader(made))
    found, errors = misses()
    scores = polnear.run(corpus, limit=None, errors=errors)
    assert scores["content_f"].value == pytest.approx(2 * 2 / (2 + 3))
    assert scores["end_to_end_f"].value == 0.0
    assert scores["cue_exact_f"].value == pytest.approx(2 * 1 / (2 + 3))
    assert scores["content_f_direct"].value == 0.0
    assert scores["content_f_mixed"].value == 1.0
    assert [m.kind for m in found] == ["source indirect", "missed direct", "source mixed"]


def test_content_below_half_is_no_match(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = reading(TEXT, statements=[said(TEXT, "Mayor Ilse Brandt", "according to", "reopened")])
    monkeypatch.setattr(polnear, "readings", reader(made))
    scores = polnear.run(corpus, limit=None, errors=misses()[1])
    assert scores["content_f"].value == 0.0
    assert scores["source_token_f"].value == pytest.approx(2 * 3 / (3 + 6))
