"""How sure: the chance that an event is of the type it was given, from what is seen of it.

A logistic curve over a few signs, fitted to corpora that people annotated by `tools/fit_confidence.py`; the figures
and where they come from stand in `rules/data/confidence.yaml`.
"""

from __future__ import annotations

import math
from functools import cache

import msgspec

from trucewatch.model import Event
from trucewatch.rules.events import rules as event_rules
from trucewatch.rules.loader import load


class Curve(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`weights` by sign, in units of log odds; `fitted_on` says on what, `events` how many."""

    fitted_on: str
    events: int
    intercept: float
    weights: dict[str, float]


@cache
def curve() -> Curve:
    return load("confidence", Curve)


@cache
def _guarded() -> frozenset[str]:
    """Rules with triggers that tell of the act only beside other words."""
    return frozenset(r.id for r in event_rules().events if r.needs_war or r.needs_beside or r.needs_object)


def signs(event: Event) -> frozenset[str]:
    """What is seen of an event: its type, who takes part, how it is told, by what kind of rule. Whether it is denied
    is left out: the corpora code denied acts too seldom to say."""
    made_by = [b.id for b in event.because if not b.id.startswith("status.")]
    seen = {
        f"type:{event.type}": True,
        f"mode:{event.type}": event.mode is not None,
        "actor": bool(event.actors),
        "recipient": bool(event.recipients),
        "harm": event.harm is not None,
        "stated": bool(event.stated_by),
        "background": event.background,
        "done": event.status == "occurred",
        "several words": len(made_by) > 1,
        "guarded": bool(made_by) and made_by[0] in _guarded(),
    }
    return frozenset(name for name, there in seen.items() if there)


def confidence(event: Event) -> float:
    """Between 0 and 1, to two places."""
    known = curve()
    odds = known.intercept + sum(known.weights.get(sign, 0.0) for sign in signs(event))
    return round(1 / (1 + math.exp(-odds)), 2)


__all__ = ["Curve", "confidence", "curve", "signs"]
