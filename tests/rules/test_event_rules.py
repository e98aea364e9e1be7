"""Every rule of triggers fires on its examples, and on none of its counter-examples."""

from __future__ import annotations

from functools import cache

import pytest

from trucewatch.errors import RuleError
from trucewatch.model import Document, Sourced
from trucewatch.reading import read_many
from trucewatch.rules.events import EventRule, rules, words

CASES = [
    pytest.param(rule.id, text, wanted, id=f"{rule.id}-{'is' if wanted else 'not'}-{number}")
    for rule in rules().events
    for wanted, texts in ((True, rule.examples), (False, rule.nots))
    for number, text in enumerate(texts)
]
CONDITIONS = ("needs_object", "needs_war", "needs_clause", "needs_of", "needs_aim", "not_nouns", "bare_object")


@cache
def fired() -> dict[str, frozenset[str]]:
    """The rules behind the events of each example, all read in one batch."""
    texts = sorted({text for rule in rules().events for text in (*rule.examples, *rule.nots)})
    pages = [Sourced(Document(id=str(n), text=text, sha256="")) for n, text in enumerate(texts)]
    return {
        r.document.text: frozenset(b.id for e in r.events for b in e.because) for r in read_many(pages)
    }


@pytest.mark.parametrize(("rule", "text", "wanted"), CASES)
def test_examples_fire_and_counter_examples_do_not(rule: str, text: str, wanted: bool) -> None:
    assert (rule in fired()[text]) is wanted


def test_every_rule_has_both() -> None:
    assert [r.id for r in rules().events if not r.examples or not r.nots] == []


def test_ids_are_unique() -> None:
    ids = [r.id for r in rules().events]
    assert len(ids) == len(set(ids))


def test_all_types_have_rules() -> None:
    assert {r.type for r in rules().events} == {
        "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
        "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
    }


@pytest.mark.parametrize("rule", rules().events, ids=lambda r: r.id)
def test_conditions_name_triggers_and_sets_that_exist(rule: EventRule) -> None:
    triggers = {*rule.verbs, *rule.nouns}
    for condition in CONDITIONS:
        assert set(getattr(rule, condition)) <= triggers, condition
    for company in (rule.needs_beside, rule.not_beside):
        assert set(company) <= triggers
        for name in company.values():
            assert words(name)
    for listed in (rule.subjects, rule.not_subjects, rule.objects, rule.not_objects):
        for name in listed:
            if name.startswith("@") and name not in ("@place", "@name", "@person-name", "@nationals"):
                assert words(name[1:])


def test_an_unknown_set_is_an_error() -> None:
    with pytest.raises(RuleError) as caught:
        words("weather")
    assert caught.value.code == "rule_set"
