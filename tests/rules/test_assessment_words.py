"""Act tags and word patterns hold for their examples and not for their counter-examples."""

from __future__ import annotations

import re

import pytest

from trucewatch.model import Act
from trucewatch.rules.words import WordRule, find, word_rules
from trucewatch.truces.acts import Tag, TagExample, speaks_of, tags


def _fits(tag: Tag, example: TagExample) -> bool:
    trigger = re.search(r"\[(.+?)\]", example.text)
    assert trigger is not None
    text = re.sub(r"[\[\]]", "", example.text)
    return speaks_of(Act(tag=tag.tag), example.type, example.mode, trigger[1], text) is not None


@pytest.mark.parametrize("tag", tags().values(), ids=lambda t: t.tag)
def test_act_tag(tag: Tag) -> None:
    assert tag.examples
    assert tag.nots
    assert all(_fits(tag, e) for e in tag.examples)
    assert not any(_fits(tag, e) for e in tag.nots)


@pytest.mark.parametrize("rule", word_rules().values(), ids=lambda r: r.id)
def test_word_rule(rule: WordRule) -> None:
    assert rule.examples
    assert rule.nots
    assert [e for e in rule.examples if not find(rule.id, e)] == []
    assert [n for n in rule.nots if find(rule.id, n)] == []
