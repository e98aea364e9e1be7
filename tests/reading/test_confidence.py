"""The chance that an event is what it is said to be, from what is seen of it."""

from __future__ import annotations

import msgspec
import pytest

from trucewatch.model import Because, Event, Reference, Span
from trucewatch.reading.confidence import confidence, curve, signs

BARE = Event(
    id="v1", type="ASSAULT", trigger=Span(0, 5),
    because=(Because("assault.attack", 0, 5), Because("status.modal", 6, 9)),
)


def test_signs_name_type_and_parts() -> None:
    told = msgspec.structs.replace(BARE, actors=(Reference("e1", 10, 15),))
    assert {"type:ASSAULT", "actor"} <= signs(told)
    assert "recipient" not in signs(told)


def test_one_rule_of_status_is_no_second_word_for_the_act() -> None:
    assert "several words" not in signs(BARE)


def test_who_is_named_makes_an_event_surer() -> None:
    assert confidence(msgspec.structs.replace(BARE, actors=(Reference("e1", 10, 15),))) > confidence(BARE)


@pytest.mark.parametrize("sign", sorted(curve().weights))
def test_every_weight_belongs_to_a_sign_that_can_be_seen(sign: str) -> None:
    known = {"actor", "recipient", "harm", "stated", "background", "done", "several words", "guarded"}
    assert sign in known or sign.split(":")[0] in ("type", "mode")


def test_the_curve_says_what_it_was_fitted_on() -> None:
    assert curve().events > 1000
    assert "PLV" in curve().fitted_on
