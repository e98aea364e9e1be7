"""How far people agree who decided on the same things: Krippendorff's alpha, question by question.

Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), for nominal data: one less the disagreement
seen over the disagreement that chance would make. 1 is full agreement, 0 is chance.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import permutations
from typing import Any, NamedTuple

from trucewatch.store import Decision

Answers = Mapping[str, Hashable]  # who → what they answered


class Question(NamedTuple):
    """One thing on which people can differ; `share` is that of the pairs of answers that are equal."""

    name: str
    things: int
    share: float | None
    alpha: float | None
    split: tuple[tuple[str, str], ...]  # the documents and events on which they differ


def alpha(units: Iterable[Sequence[Hashable]]) -> float | None:
    """Krippendorff's alpha of nominal answers, one sequence a thing; None where nothing can be said: no thing has
    two answers, or all answers are the same."""
    together: dict[tuple[Hashable, Hashable], float] = defaultdict(float)
    for answers in units:
        for pair in permutations(answers, 2):
            together[pair] += 1 / (len(answers) - 1)
    totals: dict[Hashable, float] = defaultdict(float)
    for (one, _), weight in together.items():
        totals[one] += weight
    n = sum(totals.values())
    by_chance = n * n - sum(t * t for t in totals.values())
    if not by_chance:
        return None
    seen = sum(weight for (one, other), weight in together.items() if one != other)
    return 1 - (n - 1) * seen / by_chance


def standing(records: Iterable[Decision]) -> dict[tuple[str, str, str], dict[str, Decision]]:
    """Per thing (document, kind, target) the last decision of each person that nobody took back, whether or not
    somebody else's holds by now."""
    stacks: dict[tuple[str, str, str], dict[str, list[Decision]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        people = stacks[record.document, record.kind, record.target]
        if record.action == "undo":
            for who, stack in people.items():
                people[who] = [r for r in stack if r.number != record.supersedes]
        else:
            people[record.who].append(record)
    return {
        thing: last
        for thing, people in stacks.items()
        for last in [{who: stack[-1] for who, stack in people.items() if stack}]
        if last
    }


def questions(records: Iterable[Decision]) -> list[Question]:
    """What people were asked twice, and how far they agree."""
    asked: dict[str, dict[tuple[str, str], dict[str, Hashable]]] = {name: {} for name in _ANSWERS}
    for (document, _, target), last in standing(records).items():
        if len(last) > 1:
            for name, answer in _ANSWERS.items():
                given = {who: a for who, record in last.items() if (a := answer(record)) is not None}
                if len(given) > 1:
                    asked[name][document, target] = given
    return [_question(name, things) for name, things in asked.items() if things]


def _question(name: str, things: dict[tuple[str, str], dict[str, Hashable]]) -> Question:
    units = [list(given.values()) for given in things.values()]
    pairs = [one == other for unit in units for one, other in permutations(unit, 2)]
    split = tuple(thing for thing, given in things.items() if len(set(given.values())) > 1)
    return Question(name, len(units), sum(pairs) / len(pairs), alpha(units), split)


def _kept(record: Decision) -> Hashable:
    return None if record.kind != "event" else record.action != "reject"


def _page(record: Decision) -> Hashable:
    return None if record.kind != "document" else record.action == "accept"


def _field(*names: str) -> Callable[[Decision], Hashable]:
    """The values of an event's fields, of those who take it for an event."""

    def answer(record: Decision) -> Hashable:
        if record.kind != "event" or record.action not in ("accept", "edit", "add"):
            return None
        event: dict[str, Any] = (record.before or {}) | (record.after or {})
        return json.dumps([_plain(name, event.get(name)) for name in names], sort_keys=True)

    return answer


def _plain(name: str, value: Any) -> Any:
    """What counts of a field: where and when, not which words say so."""
    if name == "time":
        return [(value or {}).get(bound) for bound in ("from", "to")]
    if name == "place" and value:
        return [None if value.get(d) is None else round(value[d], 1) for d in ("lat", "lon")]
    if name in ("actors", "recipients"):
        return sorted((part["start"], part["end"]) for part in value or ())
    return value


_ANSWERS: Mapping[str, Callable[[Decision], Hashable]] = {
    "event": _kept, "type": _field("type"), "mode": _field("mode"), "status": _field("status", "polarity"),
    "actors": _field("actors"), "recipients": _field("recipients"), "time": _field("time"),
    "place": _field("place"), "page": _page,
}
