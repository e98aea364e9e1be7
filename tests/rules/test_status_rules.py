"""Every rule of status has its effect on its examples, and none on its counter-examples."""

from __future__ import annotations

from functools import cache

import pytest

from trucewatch.language import parse_many
from trucewatch.model import Document
from trucewatch.reading.status import Judgement, judge, rules

CASES = [
    pytest.param(rule.id, text, wanted, id=f"{rule.id}-{'is' if wanted else 'not'}-{number}")
    for rule in rules().rules
    for wanted, texts in ((True, rule.examples), (False, rule.nots))
    for number, text in enumerate(texts)
]
ACTS = ("attack", "shell", "released", "release", "took", "take", "kill")


@cache
def judged() -> dict[str, Judgement]:
    """What is said of the act in each example, all parsed in one batch."""
    texts = sorted({text for rule in rules().rules for text in (*rule.examples, *rule.nots)})
    out = {}
    for parsed in parse_many(Document(id="", text=t, sha256="") for t in texts):
        doc = parsed.paragraphs[0].doc
        act = next(t for t in doc if t.lower_ in ACTS and t.pos_ == "VERB")
        out[parsed.document.text] = judge(act, headline=False, verbal=True)
    return out


@pytest.mark.parametrize(("rule", "text", "wanted"), CASES)
def test_examples_take_effect_and_counter_examples_do_not(rule: str, text: str, wanted: bool) -> None:
    found = judged()[text]
    effect = next(r.effect for r in rules().rules if r.id == rule)
    if effect == "carried":
        assert (found == Judgement("occurred", False, found.rules, found.governor)) is wanted
    elif effect == "negated":
        assert found.negated is wanted
    else:
        assert (found.status == effect) is wanted


def test_no_word_stands_in_two_rules_by_mistake() -> None:
    seen: dict[str, str] = {}
    for rule in rules().rules:
        for word in rule.words:
            assert seen.setdefault(word, rule.effect) == rule.effect, word
