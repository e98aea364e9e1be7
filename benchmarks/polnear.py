"""Statements on PolNeAR: sources, cues and contents in brat standoff, beside the articles' texts.

A folder holds `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann` (a text may have several
annotators; each is scored, and all of one text are one item for the interval). The folder may be
the corpus's `dev` or `train`, or one above several such folders.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from benchmarks.metrics import Errors, Miss, Offsets, Scores, Tally, Words, pair_off, share_of_longer
from benchmarks.reader import document, readings, sentence_at
from trucewatch.model import Reading, Source

SET = "polnear"
HALF = 0.5
Kind = Literal["direct", "indirect", "mixed"]
PARTS = ("source", "cue", "content")
_MEASURES = ("content_f", "end_to_end_f", "cue_exact_f", "source_token_f", "cue_token_f", "content_token_f")
NAMES = tuple(f"{name}{kind}" for kind in ("", "_direct", "_indirect", "_mixed") for name in _MEASURES)
# Other lines are the rest of a span's text that runs over a line end.
_SPAN_LINE = re.compile(r"(T\d+)\t\S+ (\d+ \d+(?:;\d+ \d+)*)\t")
_LINK_LINE = re.compile(r"E\d+\t(\S+:T\d+(?: \S+:T\d+)*)")
# Adds to a metric, over all and over the kind: right, given, wanted.
Count = Callable[[str, Kind, float, float, float], None]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as spans of the text; a part that is not there has no spans."""

    source: tuple[Offsets, ...]
    cue: tuple[Offsets, ...]
    content: tuple[Offsets, ...]


@dataclass(frozen=True, slots=True)
class Article:
    name: str
    text: str
    annotations: tuple[tuple[Attribution, ...], ...]


def run(path: Path, *, limit: int | None, errors: Errors) -> Scores:
    """Score the reader on the articles under `path`."""
    articles = list(read_articles(path))[:limit]
    tally = Tally()
    documents = [document(a.name, a.text) for a in articles]
    for article, reading in zip(articles, readings(documents, SET), strict=True):
        score(article, attributions(reading), tally, errors)
    scores = tally.scores()
    return {name: scores[name] for name in NAMES if name in scores}


def read_articles(path: Path) -> Iterator[Article]:
    """The articles that have annotations, by name."""
    for text_file in sorted(path.rglob("text/*.txt")):
        marks = text_file.parent.parent / "attributions"
        files = sorted(f for f in marks.glob("*.ann") if f.stem.rsplit("_", 1)[0] == text_file.stem)
        if files:
            with text_file.open(encoding="utf-8", newline="") as stream:
                text = stream.read()
            yield Article(
                text_file.stem, text, tuple(read_standoff(f.read_text(encoding="utf-8")) for f in files)
            )


def read_standoff(standoff: str) -> tuple[Attribution, ...]:
    """The attributions of a brat file; those without content or without a cue are left out."""
    spans: dict[str, tuple[Offsets, ...]] = {}
    links: list[list[tuple[str, str]]] = []
    for line in standoff.split("\n"):
        if marked := _SPAN_LINE.match(line):
            name, where = marked.groups()
            spans[name] = tuple(
                (int(start), int(end)) for start, end in (piece.split() for piece in where.split(";"))
            )
        elif linked := _LINK_LINE.match(line):
            pairs = (role.split(":", 1) for role in linked[1].split())
            links.append([(re.sub(r"\d+$", "", role), target) for role, target in pairs])
    found = []
    for roles in links:
        parts = {
            name: tuple(s for role, target in roles if role == name.title() for s in spans[target])
            for name in PARTS
        }
        if parts["content"] and parts["cue"]:
            found.append(Attribution(**parts))
    return tuple(found)


def attributions(reading: Reading) -> tuple[Attribution, ...]:
    """A reading's statements and attitudes in the corpus's terms: it marks both as attributions, and takes for the
    source of "X, who said" the pronoun."""
    return tuple(
        Attribution(
            source=_source(s.source),
            cue=((s.cue.start, s.cue.end),) if s.cue else (),
            content=tuple((c.start, c.end) for c in s.content),
        )
        for s in (*reading.statements, *reading.attitudes)
    )


def _source(source: Source | None) -> tuple[Offsets, ...]:
    if source is None:
        return ()
    return ((source.pronoun.start, source.pronoun.end),) if source.pronoun else ((source.start, source.end),)


@dataclass(frozen=True, slots=True)
class _Words:
    """An attribution as sets of word numbers."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    kind: Kind

    @classmethod
    def of(cls, said: Attribution, words: Words, quoted: frozenset[int]) -> _Words:
        content = words.within(said.content)
        return cls(words.within(said.source), words.within(said.cue), content, kind_of(content, quoted))

    def same_source(self, other: _Words) -> bool:
        """Sources that overlap, or none on either side."""
        return bool(self.source & other.source) or not (self.source or other.source)


def score(article: Article, given: tuple[Attribution, ...], tally: Tally, errors: Errors) -> None:
    """Add one article's counts, over all its annotators, to the tally."""
    words = Words(article.text)
    quoted = words.within(quotations(article.text))
    got = [_Words.of(a, words, quoted) for a in given]
    counts: dict[str, list[float]] = {}

    def count(name: str, kind: Kind, right: float, given_: float, wanted: float) -> None:
        for key in (name, f"{name}_{kind}"):
            row = counts.setdefault(key, [0, 0, 0])
            for i, value in enumerate((right, given_, wanted)):
                row[i] += value

    for annotation in article.annotations:
        gold = [_Words.of(a, words, quoted) for a in annotation]
        pairs = match(gold, got)
        kinds: list[Kind] = [g.kind for g in got]
        for g, p in pairs.items():
            kinds[p] = gold[g].kind
        for g, want in enumerate(gold):
            there = g in pairs
            whole = there and want.same_source(got[pairs[g]])
            count("content_f", want.kind, there, 0, 1)
            count("end_to_end_f", want.kind, whole, 0, 1)
            if not whole:
                _report(errors, article, annotation[g], given[pairs[g]] if there else None, want.kind)
        for p, came in enumerate(got):
            count("content_f", kinds[p], 0, 1, 0)
            count("end_to_end_f", kinds[p], 0, 1, 0)
            if p not in pairs.values():
                _report(errors, article, None, given[p], came.kind)
        _cues(gold, got, kinds, count)
        _tokens(gold, got, kinds, count)
    for name, row in counts.items():
        tally.add(name, row[0], row[1], row[2])


def match(gold: list[_Words], got: list[_Words]) -> dict[int, int]:
    """Gold number -> predicted number: contents overlap by at least half of the longer, best first.

    Of equal overlaps the one with the same source, then the same cue, goes first.
    """
    weights = {
        (g, p): (share, float(want.same_source(came)), share_of_longer(want.cue, came.cue))
        for g, want in enumerate(gold)
        for p, came in enumerate(got)
        if (share := share_of_longer(want.content, came.content)) >= HALF
    }
    return dict(pair_off(weights))


def _cues(gold: list[_Words], got: list[_Words], kinds: list[Kind], count: Count) -> None:
    """Cues of exactly the same words, each counted once, whatever they introduce."""
    wanted = {g.cue: g.kind for g in gold if g.cue}
    given = {p.cue: kind for p, kind in zip(got, kinds, strict=True) if p.cue}
    for cue, kind in wanted.items():
        count("cue_exact_f", kind, cue in given, 0, 1)
    for cue, kind in given.items():
        count("cue_exact_f", wanted.get(cue, kind), 0, 1, 0)


def _tokens(gold: list[_Words], got: list[_Words], kinds: list[Kind], count: Count) -> None:
    """Words inside any source, cue, content: every word once."""
    for part in PARTS:
        wanted = {word: g.kind for g in gold for word in getattr(g, part)}
        given = {w: kind for p, kind in zip(got, kinds, strict=True) for w in getattr(p, part)}
        for word, kind in wanted.items():
            count(f"{part}_token_f", kind, word in given, 0, 1)
        for word, kind in given.items():
            count(f"{part}_token_f", wanted.get(word, kind), 0, 1, 0)


def kind_of(content: frozenset[int], quoted: frozenset[int]) -> Kind:
    """Direct: all of it in quotation marks; indirect: none; mixed: some."""
    inside = content & quoted
    if not inside:
        return "indirect"
    return "direct" if inside == content else "mixed"


_QUOTES = re.compile(
    r"“[^”]*?(?:”|(?=\n|$))|\"[^\"\n]*(?:\"|(?=\n|$))|``.*?(?:''|(?=\n|$))|«[^»]*»|‘(?:[^’]|’(?=\w))*’(?!\w)"
)


def quotations(text: str) -> list[Offsets]:
    """Stretches in quotation marks; a mark that is not closed runs to the end of its line."""
    return [m.span() for m in _QUOTES.finditer(text)]


def _report(
    errors: Errors, article: Article, want: Attribution | None, came: Attribution | None, kind: Kind
) -> None:
    shown = want or came
    assert shown is not None
    problem = "source" if want and came else "missed" if want else "extra"
    start, end = shown.content[0]
    errors(Miss(
        SET, article.name, f"{problem} {kind}", sentence_at(article.text, start, end),
        _shown(article.text, want), _shown(article.text, came),
    ))


def _shown(text: str, said: Attribution | None) -> object:
    if said is None:
        return None
    return {part: " … ".join(text[s:e] for s, e in getattr(said, part)) for part in PARTS}
