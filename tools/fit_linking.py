"""Fit `src/trucewatch/language/model/linking.json`: how likely a statement is that the tagger proposes.

    python tools/fit_linking.py POLNEAR/train --articles 120

Reads the articles with the rules, lets the tagger propose what they missed, marks each proposal by
whether an annotator marked it (contents share half of the longer, sources overlap), and fits a
logistic regression (Newton's method, L2 0.001).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.metrics import Words, share_of_longer
from benchmarks.polnear import HALF, Article, Attribution, _Words, match, quotations, read_articles
from benchmarks.reader import document
from trucewatch.language import Paragraph, parse_many
from trucewatch.model import Statement
from trucewatch.reading.entities import find_mentions
from trucewatch.reading.learned import Proposal, propose, token_scores
from trucewatch.reading.statements import find_statements

OUT = Path(__file__).parents[1] / "src/trucewatch/language/model/linking.json"


def known(paragraph: Paragraph, statements: tuple[Statement, ...]) -> list[list[tuple[int, int]]]:
    """Token ranges of the contents that lie in a paragraph."""
    found = []
    for statement in statements:
        here = [c for c in statement.content if c.start < paragraph.end and c.end > paragraph.start]
        ranges = [(t.start, t.end) for c in here if (t := paragraph.tokens(c)) is not None]
        if ranges:
            found.append(ranges)
    return found


def attribution(proposal: Proposal) -> Attribution:
    def spans(tokens: tuple[int, int] | None) -> tuple[tuple[int, int], ...]:
        if tokens is None:
            return ()
        span = proposal.paragraph.span(proposal.paragraph.doc[slice(*tokens)])
        return ((span.start, span.end),)

    return Attribution(spans(proposal.source), spans(proposal.cue), spans(proposal.content))


def judged(article: Article, statements: tuple[Statement, ...], proposals: list[Proposal]) -> list[float]:
    """The share of annotators that marked each proposal and whose mark the rules have not met."""
    words = Words(article.text)
    quoted = words.within(quotations(article.text))
    rules = [
        _Words.of(
            Attribution(
                ((s.source.start, s.source.end),) if s.source else (), ((s.cue.start, s.cue.end),) if s.cue else (),
                tuple((c.start, c.end) for c in s.content),
            ),
            words, quoted,
        )
        for s in statements
    ]
    came = [_Words.of(attribution(p), words, quoted) for p in proposals]
    marks = np.zeros(len(came))
    for annotation in article.annotations:
        gold = [_Words.of(a, words, quoted) for a in annotation]
        met = match(gold, rules)
        open_ = [g for i, g in enumerate(gold) if i not in met]
        marks += [any(share_of_longer(g.content, c.content) >= HALF and g.same_source(c) for g in open_) for c in came]
    return list(marks / len(article.annotations))


def logistic(facts: np.ndarray, marks: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias for the facts as they are."""
    mean, spread = facts.mean(0), facts.std(0) + 1e-6
    rows = np.c_[(facts - mean) / spread, np.ones(len(facts))]
    weights = np.zeros(rows.shape[1])
    for _ in range(50):
        shares = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (shares - marks) / len(marks) + 1e-3 * weights
        bend = (rows * (shares * (1 - shares))[:, None]).T @ rows / len(marks) + 1e-3 * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    return weights[:-1] / spread, float(weights[-1] - (weights[:-1] * mean / spread).sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("polnear", type=Path)
    parser.add_argument("--articles", type=int, default=120, help="evenly spread over the corpus")
    options = parser.parse_args()
    articles = list(read_articles(options.polnear))
    articles = articles[:: max(1, len(articles) // options.articles)][: options.articles]
    facts: list[tuple[float, ...]] = []
    marks: list[float] = []
    parses = parse_many([document(a.name, a.text) for a in articles])
    for article, parsed in zip(articles, parses, strict=True):
        statements = find_statements(parsed, find_mentions(parsed))
        proposals = [
            proposal
            for paragraph, scores in zip(parsed.paragraphs, token_scores(parsed), strict=True)
            if not paragraph.dateline
            for proposal in propose(paragraph, scores, known(paragraph, statements))
        ]
        facts += [p.facts for p in proposals]
        marks += judged(article, statements, proposals)
    weights, bias = logistic(np.array(facts), np.array(marks))
    fitted = {"weights": [round(float(w), 4) for w in weights], "bias": round(bias, 4)}
    OUT.write_text(json.dumps(fitted) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(marks)} proposals, {np.mean(marks):.3f} marked\n")


if __name__ == "__main__":
    main()
