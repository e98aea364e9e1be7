"""The difference that rules make is shown sentence by sentence."""

from __future__ import annotations

from made_pages import Made

from benchmarks.diff import changes


def page(*triggers: str) -> Made:
    made = Made("Rebels shelled the town. Troops stormed a school.")
    for trigger in triggers:
        made.tell("ASSAULT", trigger)
    return made


def test_the_same_reading_shows_nothing() -> None:
    assert list(changes(page("shelled").reading(), page("shelled").reading())) == []


def test_a_lost_and_a_gained_event_stand_in_order_of_the_text() -> None:
    lost, gained = changes(page("shelled").reading(), page("stormed").reading())
    assert lost.startswith("- event “shelled” ASSAULT")
    assert gained.startswith("+ event “stormed” ASSAULT")
    assert "Rebels shelled the town." in lost
