"""Every cue rule holds in both directions: its examples yield a statement by it, its nots do not."""

from __future__ import annotations

from functools import cache

import pytest

from trucewatch.language import parse_many
from trucewatch.model import Document
from trucewatch.reading.entities import find_mentions
from trucewatch.reading.statements import find_statements
from trucewatch.rules.loader import load
from trucewatch.rules.types import CueRule, CueRules

RULES = load("cues", CueRules)
TRIED = [(r.id, s, True) for r in (*RULES.cues, *RULES.words) for s in r.examples] + [
    (r.id, s, False) for r in (*RULES.cues, *RULES.words) for s in r.nots
]


@cache
def rules_by_sentence() -> dict[str, frozenset[str]]:
    """Ids of the rules that fired, by sentence; all are parsed in one go."""
    sentences = sorted({s for _, s, _ in TRIED})
    documents = [Document(id=str(i), text=s, sha256="") for i, s in enumerate(sentences)]
    return {
        p.document.text: frozenset(b.id for s in find_statements(p, find_mentions(p))[0] for b in s.because)
        for p in parse_many(documents)
    }


@pytest.mark.parametrize(("rule", "sentence", "fires"), TRIED)
def test_examples_and_nots(rule: str, sentence: str, fires: bool) -> None:
    assert (rule in rules_by_sentence()[sentence]) == fires


@pytest.mark.parametrize("rule", RULES.cues, ids=lambda r: r.id)
def test_every_cue_has_examples_and_nots(rule: CueRule) -> None:
    assert rule.examples
    assert rule.nots


def test_ids_are_unique() -> None:
    ids = [r.id for r in (*RULES.cues, *RULES.words)]
    assert len(ids) == len(set(ids))


def test_a_noun_has_one_stance_of_its_own() -> None:
    lists = [r.words for r in RULES.words if r.id.startswith("noun.")]
    named = [w for words in lists for w in words]
    assert len(named) == len(set(named))
    assert set(named) <= set(next(r.words for r in RULES.words if r.id == "cue.noun"))
