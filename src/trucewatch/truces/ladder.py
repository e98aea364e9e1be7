"""The tests of a finding, in order, as one table; the verdict and the diagram in the docs come from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from trucewatch.model.finding import Verdict

Outcome = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Rung:
    """One test: what it asks, the verdict of each answer (None: go on), what is missing when unknown."""

    name: str
    question: str
    missing: str
    yes: Verdict | None = None
    no: Verdict | None = None


LADDER: tuple[Rung, ...] = (
    Rung(
        "status",
        "Did it happen, and is it not merely planned, ordered or threatened?",
        "status",
        no="intent_only",
    ),
    Rung("time", "Does it lie between the start and the end, for this party?", "date", no="not_covered"),
    Rung("area", "Does it lie inside the area?", "place", no="not_covered"),
    Rung("actor", "Is a party, a member or a supporter the actor?", "actor", no="not_covered"),
    Rung("owed", "Is it what a term asks for?", "act", yes="compliance"),
    Rung("prohibited", "Does a term forbid it?", "act", no="not_prohibited"),
    Rung("target", "Is it done to somebody whom the term protects?", "target", no="not_covered"),
    Rung(
        "denied",
        "Does the accused side deny it, or another source blame somebody else?",
        "claims",
        yes="breach_contested",
    ),
    Rung("defended", "Does the actor claim a defence that the term allows?", "claims", yes="defence_claimed"),
    Rung(
        "corroborated",
        "Do two sources of different sides say so that do not copy each other?",
        "claims",
        yes="breach_corroborated",
        no="breach_alleged",
    ),
)
# Verdicts that clear an act: when every possible answer gives one of them, no breach is possible.
CLEARING: frozenset[Verdict] = frozenset(("not_covered", "not_prohibited"))


@dataclass(frozen=True, slots=True)
class Decision:
    """The verdict, the names of the tests that led to it, and what was missing when it is undetermined."""

    verdict: Verdict
    asked: tuple[str, ...]
    missing: tuple[str, ...] = ()


def decide(outcomes: Mapping[str, Outcome]) -> Decision:
    """Walk down the ladder. An unknown answer decides `undetermined`, unless every answer would lead to the
    same verdict, or to verdicts that all clear the act."""
    asked: list[str] = []
    for number, rung in enumerate(LADDER):
        asked.append(rung.name)
        outcome = outcomes[rung.name]
        if outcome == "unknown":
            return _unknown(number, outcomes)
        verdict = rung.yes if outcome == "yes" else rung.no
        if verdict is not None:
            return Decision(verdict, tuple(asked))
    raise AssertionError("the last rung decides either way")


def possible(number: int, outcomes: Mapping[str, Outcome]) -> frozenset[Verdict]:
    """Every verdict that the rungs from `number` on may still lead to."""
    if number == len(LADDER):
        return frozenset()
    rung = LADDER[number]
    answers = ("yes", "no") if outcomes[rung.name] == "unknown" else (outcomes[rung.name],)
    found: set[Verdict] = set()
    for answer in answers:
        verdict = rung.yes if answer == "yes" else rung.no
        found |= {verdict} if verdict else possible(number + 1, outcomes)
    return frozenset(found)


def _unknown(number: int, outcomes: Mapping[str, Outcome]) -> Decision:
    names = tuple(r.name for r in LADDER)
    verdicts = possible(number, outcomes)
    if len(verdicts) == 1:
        (verdict,) = verdicts
        return Decision(verdict, names[: _settled(number, verdict, outcomes) + 1])
    if verdicts <= CLEARING:
        return Decision("not_prohibited", names[: names.index("prohibited") + 1])
    missing = tuple(dict.fromkeys(r.missing for r in LADDER[number:] if outcomes[r.name] == "unknown"))
    return Decision("undetermined", names[: names.index("target") + 1], missing)


def _settled(number: int, verdict: Verdict, outcomes: Mapping[str, Outcome]) -> int:
    """The first rung from `number` on whose known answer gives the verdict."""
    return next(
        n
        for n, rung in enumerate(LADDER)
        if n >= number and verdict == {"yes": rung.yes, "no": rung.no}.get(outcomes[rung.name])
    )


def diagram() -> str:
    """The ladder as a Mermaid flow chart."""
    lines = ["flowchart TD"]
    for number, rung in enumerate(LADDER):
        lines.append(f'    {rung.name}{{"{number + 1}. {rung.question}"}}')
        onward = LADDER[number + 1].name if number + 1 < len(LADDER) else ""
        for answer, verdict in (("yes", rung.yes), ("no", rung.no)):
            lines.append(
                f"    {rung.name} -- {answer} --> {f'{verdict}([{verdict}])' if verdict else onward}"
            )
    lines.append(
        '    unknown(["undetermined: an unknown answer, unless every answer leads to the same verdict"])'
    )
    return "\n".join(lines) + "\n"
