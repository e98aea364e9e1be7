"""Scope: what governs an act, and how far it reaches."""

from __future__ import annotations

from functools import cache

import pytest

from trucewatch.language import parse_many
from trucewatch.model import Document
from trucewatch.reading.status import Judgement, judge

# Sentence, the act, its status, whether it is negated.
CASES = [
    ("The army shelled the town.", "shelled", "occurred", False),
    ("The army is shelling the town.", "shelling", "ongoing", False),
    ("The army will shell the town.", "shell", "planned", False),
    ("The army did not shell the town.", "shell", "occurred", True),
    ("The army no longer shells the town.", "shells", "ongoing", True),
    ("Nobody shelled the town.", "shelled", "occurred", True),
    ("The army denied shelling the town.", "shelling", "occurred", True),
    ("The army left without shelling the town.", "shelling", "occurred", True),
    ("The army has no plan to shell the town.", "shell", "planned", True),
    ("The general ordered his men to shell the town.", "shell", "ordered", False),
    ("The army threatened to shell the town.", "shell", "threatened", False),
    ("The army could shell the town.", "shell", "possible", False),
    ("The army would shell the town if it were attacked.", "attacked", "unrealised", False),
    ("The army sent guns to shell the town.", "shell", "purpose", False),
    ("The army almost shelled the town.", "shelled", "occurred", True),
    ("The army barely held the town.", "held", "unrealised", False),
    ("The army refused to leave and shelled the town.", "shelled", "occurred", False),
    ("The army said that rebels, who did not sign, shelled the town.", "shelled", "occurred", False),
    ("The army was accused of shelling the town.", "shelling", "occurred", False),
    ("There was no shelling on Monday.", "shelling", "occurred", True),
    ("The shelling was not reported by the agency.", "shelling", "occurred", False),
    ("The mayor called for an end to the shelling.", "shelling", "ended", False),
    ("The envoys met in a bid to stop the shelling.", "shelling", "ended", False),
    ("The army has yet to shell the town.", "shell", "occurred", True),
    ("The deal provides for the withdrawal of troops.", "withdrawal", "unrealised", False),
    ("The army lifted the siege.", "siege", "ended", False),
    ("The senator demanded that the government suspend the talks.", "suspend", "requested", False),
    ("The two sides agreed on a pause in the shelling.", "shelling", "ended", False),
    ("The army used not only tanks but also shelled the town.", "shelled", "occurred", False),
    ("Parliament rejected the bill after shelling the town.", "shelling", "occurred", False),
    ("The army came close to shelling the town.", "shelling", "possible", False),
    ("The rebels were on the brink of shelling the town.", "shelling", "possible", False),
    ("Villagers fear that the army will shell the town.", "shell", "possible", False),
    ("There is no evidence that the army shelled the town.", "shelled", "occurred", True),
    ("The army abandoned plans to shell the town.", "shell", "planned", True),
    ("The minister ruled out an attack on the town.", "attack", "occurred", True),
    ("The guards told of a foiled attack on the town.", "attack", "occurred", True),
    ("Fierce clashes shook the town on Friday.", "clashes", "occurred", False),
    ("The town has seen several rounds of shelling.", "shelling", "occurred", False),
    ("The rebels were able to flee.", "flee", "occurred", False),
    ("The rebels sought to divide the town and to shell it.", "shell", "planned", False),
    ("The army will crush any unit that shells the town.", "shells", "unrealised", False),
    ("The army was told to shell only those who shelled it.", "shelled", "unrealised", False),
    ("The committee meets in the town on Thursday.", "meets", "planned", False),
    ("The rebels go on shelling the town.", "shelling", "ongoing", False),
    ("The accord obliges both sides to withdraw their tanks.", "withdraw", "unrealised", False),
    ("The accord forbids attacks on the town.", "attacks", "unrealised", False),
    ("They signed a declaration on disarmament in the town.", "disarmament", "unrealised", False),
    ("The army used the lull to shell the town.", "shell", "occurred", False),
    ("The exercise simulated an attack on the town.", "attack", "unrealised", False),
    ("Anyone caught shelling the town will be punished.", "shelling", "unrealised", False),
]


@cache
def judged() -> dict[str, Judgement]:
    out = {}
    parsed = parse_many(Document(id="", text=text, sha256="") for text, *_ in CASES)
    for (text, word, *_), page in zip(CASES, parsed, strict=True):
        act = next(t for t in page.paragraphs[0].doc if t.text == word)
        verbal = act.pos_ in ("VERB", "AUX")
        out[text] = judge(act, headline=False, verbal=verbal)
    return out


@pytest.mark.parametrize(("text", "act", "status", "negated"), CASES)
def test_scope(text: str, act: str, status: str, negated: bool) -> None:
    found = judged()[text]
    assert (found.status, found.negated) == (status, negated), act


def test_the_rules_that_fired_are_named() -> None:
    assert [rule for rule, _ in judged()["The army denied shelling the town."].rules] == ["status.negated"]
