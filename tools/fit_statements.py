"""Fit `src/trucewatch/rules/data/attributions.yaml`, the curves by which attributions are bounded and chosen.

    python tools/fit_statements.py --polnear POLNEAR/train

Only the articles that were kept out of the encoder's training are read (every fourteenth). All that the rules and the
encoder propose there is a candidate. First the curve of bounds: of each cue that the annotators have, too, all spans
that its content may have, of which those are right that match the annotated content as the benchmark has it. Then the
curve of attributions over the candidates so bounded: right is what matches an annotated content. Both are logistic,
fitted by Newton's method with a penalty on the squares of the weights. Printed is what comes of them on articles that
they were not fitted to.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
import yaml
from logistic import fit

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks import polnear
from benchmarks.metrics import Words, share_of_longer
from benchmarks.reader import document, progress
from trucewatch.language import Parsed, parse_many
from trucewatch.language.attributions import Sight, Stretch
from trucewatch.reading.entities import find_mentions
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements import by_rules
from trucewatch.reading.statements.bounds import SIGNS as BOUNDS
from trucewatch.reading.statements.bounds import Table
from trucewatch.reading.statements.draft import Draft
from trucewatch.reading.statements.learned import Candidate, best, bounded, candidates, proposals, spans
from trucewatch.reading.statements.likely import Curve, Eye
from trucewatch.reading.statements.whose import SIGNS as OWNERS
from trucewatch.reading.statements.whose import owners, source_words

OUT = Path(__file__).parents[1] / "src/trucewatch/rules/data/attributions.yaml"
KEPT_OUT = 14
PENALTY = 8.0
STEPS, RATE = 400, 0.05
FEWEST = 12     # a sign seen on fewer candidates has no weight
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Page:
    """An annotated article with all that candidates are made of."""

    article: polnear.Article
    parsed: Parsed
    mentions: Mentions
    sight: Sight


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue that the annotators have, too: what its content (or source) may be, a row of signs each, which of these it
    is so far, and which are right (a share of the annotators)."""

    page: int
    table: Table
    own: int
    right: list[float]


@dataclass(frozen=True, slots=True)
class Judged:
    """A page's candidates, and for each annotator which of the annotated contents (by number) each one matches."""

    candidates: list[Candidate]
    matches: list[list[int | None]]
    wanted: list[int]


@dataclass(frozen=True, slots=True)
class Fitted:
    """A logistic curve: the weights of some signs."""

    cases: int
    intercept: float
    weights: dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polnear", type=Path, required=True)
    args = parser.parse_args()
    articles = [a for n, a in enumerate(polnear.read_articles(args.polnear)) if n % KEPT_OUT == 0]
    parses = progress(parse_many(document(a.name, a.text) for a in articles), len(articles), "polnear")
    pages = [Page(a, p, find_mentions(p), Sight(p)) for a, p in zip(articles, parses, strict=True)]
    write(*fit_all(pages), len(pages))


def fit_all(pages: Sequence[Page]) -> tuple[Fitted, Fitted, Fitted]:
    """The curves of bounds, of sources and of attributions."""
    bounds = fit_ranking("contents", [c for n, p in enumerate(pages) for c in contents_of(n, p)], BOUNDS)
    sources = fit_ranking("sources", [c for n, p in enumerate(pages) for c in sources_of(n, p, _curve(bounds))], OWNERS)
    judged = [judge(p, (_curve(bounds), _curve(sources))) for p in pages]
    try_choice(judged)
    return bounds, sources, fit_choice(judged)


def _curve(fitted: Fitted) -> Curve:
    return msgspec.convert(_plain(fitted), Curve)


def _plain(fitted: Fitted) -> dict[str, object]:
    weights = {n: round(w, 3) for n, w in fitted.weights.items() if abs(w) >= 0.0005}
    return {"cases": fitted.cases, "intercept": round(fitted.intercept, 3), "weights": weights}


def write(bounds: Fitted, sources: Fitted, choice: Fitted, pages: int) -> None:
    data = {
        "fitted_on": f"PolNeAR, {pages} articles of its training part that the encoder was not trained on",
        "bounds": _plain(bounds), "sources": _plain(sources), "attributions": _plain(choice),
    }
    head = "# Made by tools/fit_statements.py: log odds that an attribution was found right, by what is seen of it.\n"
    OUT.write_text(head + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")


# ------------------------------------------------------------------ bounds and sources

def contents_of(number: int, page: Page) -> Iterator[Cue]:
    eye = Eye(page.parsed, page.sight, page.mentions)
    words = Words(page.article.text)
    gold = [[(words.within(a.cue), words.within(a.content)) for a in each] for each in page.article.annotations]
    seen = set()
    for draft in [*by_rules(page.parsed, page.mentions), *proposals(page.sight)]:
        found = spans(draft, eye, page.sight)
        if found is None or draft.cue is None or (draft.cue, found.own) in seen:
            continue
        seen.add((draft.cue, found.own))
        cue = words.within([(draft.cue.start, draft.cue.end)])
        wanted = [content for each in gold for other, content in each if other & cue]
        if wanted:
            contents = [words.within([_offsets(draft, s)]) for s in found.spans]
            right = [float(np.mean([share_of_longer(c, w) >= polnear.HALF for w in wanted])) for c in contents]
            yield Cue(number, found.table, found.spans.index(found.own), right)


def sources_of(number: int, page: Page, bounds: Curve) -> Iterator[Cue]:
    words = Words(page.article.text)
    gold = [
        [(words.within(a.cue), words.within(a.content), words.within(a.source)) for a in each]
        for each in page.article.annotations
    ]
    eye = Eye(page.parsed, page.sight, page.mentions)
    for draft, _, _ in bounded(by_rules(page.parsed, page.mentions), page.sight, eye, bounds):
        found = owners(draft, eye, page.sight, page.mentions)
        if found is None or draft.cue is None:
            continue
        cue = words.within([(draft.cue.start, draft.cue.end)])
        content = words.within((c.start, c.end) for c in draft.content)
        wanted = [
            source for each in gold for other, said, source in each
            if other & cue and share_of_longer(said, content) >= polnear.HALF
        ]
        if wanted:
            given = [words.within(_place(s) for s in source_words(draft, o)) for o in found.owners]
            own = next(i for i, o in enumerate(found.owners) if "own" in o.ways)
            right = [float(np.mean([bool(g & w) or not (g or w) for w in wanted])) for g in given]
            yield Cue(number, found.table, own, right)


def _place(stretch: Stretch) -> tuple[int, int]:
    span = stretch.paragraph.span(stretch.paragraph.doc[stretch.start : stretch.end])
    return span.start, span.end


def _offsets(draft: Draft, tokens: tuple[int, int]) -> tuple[int, int]:
    span = draft.paragraph.span(draft.paragraph.doc[tokens[0] : tokens[1]])
    return span.start, span.end


def fit_ranking(what: str, cues: Sequence[Cue], names: Sequence[str]) -> Fitted:
    """The curve of all cues, and on stdout what it comes to on those that it was not fitted to."""
    pages = max(c.page for c in cues) + 1
    fold = np.random.default_rng(1).permutation(pages) % FOLDS
    before = after = reach = 0.0
    for left_out in range(FOLDS):
        fitted = _ranking([c for c in cues if fold[c.page] != left_out], names)
        weights = np.array([fitted.weights[n] for n in names])
        for cue in (c for c in cues if fold[c.page] == left_out):
            before += cue.right[cue.own]
            after += cue.right[int(np.argmax(cue.table @ weights))]
            reach += max(cue.right)
    sys.stdout.write(
        f"{what} of {len(cues)} cues: right {before / len(cues):.3f} as found, {after / len(cues):.3f} as chosen, "
        f"{reach / len(cues):.3f} in reach\n"
    )
    return _ranking(cues, names)


def _ranking(cues: Sequence[Cue], names: Sequence[str]) -> Fitted:
    """Weights that make what is right of a cue likeliest of all that it may be (those of a cue share one whole)."""
    cues = [c for c in cues if max(c.right) > 0]
    table = np.concatenate([c.table for c in cues])
    right = np.concatenate([c.right for c in cues])
    first = np.cumsum([0, *(len(c.right) for c in cues)])[:-1]
    owner = np.repeat(np.arange(len(cues)), [len(c.right) for c in cues])
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    table = (table - middle) / spread
    found = np.zeros(table.shape[1])
    pace, speed = np.zeros_like(found), np.zeros_like(found)
    for step in range(1, STEPS + 1):        # Adam
        odds = table @ found
        shares = np.exp(odds - np.maximum.reduceat(odds, first)[owner])
        given = shares / np.add.reduceat(shares, first)[owner]
        wanted = shares * right / np.add.reduceat(shares * right, first)[owner]
        slope = table.T @ (wanted - given) - PENALTY * found
        pace, speed = 0.9 * pace + 0.1 * slope, 0.99 * speed + 0.01 * slope * slope
        found = found + RATE * (pace / (1 - 0.9**step)) / (np.sqrt(speed / (1 - 0.99**step)) + 1e-9)
    return Fitted(len(cues), 0.0, dict(zip(names, (found / spread).tolist(), strict=True)))


# ------------------------------------------------------------------ attributions

def judge(page: Page, curves: tuple[Curve, Curve]) -> Judged:
    """The candidates of a page beside what its annotators marked."""
    drafts = by_rules(page.parsed, page.mentions)
    found = list(candidates(page.parsed, drafts, page.sight, page.mentions, curves))
    words = Words(page.article.text)
    contents = [words.within((c.start, c.end) for c in each.draft.content) for each in found]
    matches = []
    for annotation in page.article.annotations:
        gold = [words.within(a.content) for a in annotation]
        matches.append([_match(content, gold) for content in contents])
    return Judged(found, matches, [len(a) for a in page.article.annotations])


def _match(content: frozenset[int], gold: list[frozenset[int]]) -> int | None:
    shares = [share_of_longer(content, g) for g in gold]
    nearest = int(np.argmax(shares)) if shares else -1
    return nearest if shares and shares[nearest] >= polnear.HALF else None


def fit_choice(judged: Iterable[Judged]) -> Fitted:
    rows = [(c.signs, float(np.mean([m[i] is not None for m in j.matches])))
            for j in judged for i, c in enumerate(j.candidates)]
    counts = Counter(name for signs, _ in rows for name, value in signs.items() if value)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    table = np.array([[1.0, *(signs.get(n, 0.0) for n in names)] for signs, _ in rows])
    found = fit(table, np.array([right for _, right in rows]), np.ones(len(rows)), PENALTY)
    return Fitted(len(rows), float(found[0]), dict(zip(names, found[1:].tolist(), strict=True)))


def try_choice(judged: Sequence[Judged]) -> None:
    """Right, given and wanted, by origin and over all, each page judged by a curve fitted to others."""
    fold = np.random.default_rng(1).permutation(len(judged)) % FOLDS
    counts: Counter[tuple[str, str]] = Counter()
    wanted = sum(sum(j.wanted) for j in judged)
    for left_out in range(FOLDS):
        fitted = fit_choice([j for j, f in zip(judged, fold, strict=True) if f != left_out])
        for page in (j for j, f in zip(judged, fold, strict=True) if f == left_out):
            for kind, right in outcome(page, [_chance(fitted, c) for c in page.candidates]):
                counts[kind, "given"] += len(page.matches)
                counts[kind, "right"] += right
    right, given = (sum(n for (_, w), n in counts.items() if w == what) for what in ("right", "given"))
    for kind in sorted({k for k, _ in counts}):
        sys.stdout.write(f"{kind:>10}: {counts[kind, 'right']} right of {counts[kind, 'given']}\n")
    sys.stdout.write(f"content F {200 * right / (given + wanted):.1f} ({right} of {given} given, {wanted} wanted)\n")


def _chance(fitted: Fitted, candidate: Candidate) -> float:
    odds = fitted.intercept + sum(fitted.weights.get(n, 0.0) * v for n, v in candidate.signs.items())
    return float(1 / (1 + np.exp(-odds)))


def outcome(page: Judged, chances: list[float]) -> Iterator[tuple[str, int]]:
    """Of each candidate that is chosen its origin, and for how many annotators it is right."""
    number = {id(c): i for i, c in enumerate(page.candidates)}
    found: list[set[int]] = [set() for _ in page.matches]
    for _, candidate in best(zip(chances, page.candidates, strict=True)):
        right = 0
        for seen, matches in zip(found, page.matches, strict=True):
            match = matches[number[id(candidate)]]
            if match is not None and match not in seen:
                seen.add(match)
                right += 1
        yield ("rule" if candidate.by_rule else "statement" if candidate.draft.rule else "attitude"), right


if __name__ == "__main__":
    main()
