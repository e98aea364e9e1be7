"""What the pages show."""

from __future__ import annotations

import pytest

from trucewatch import truces
from trucewatch.model import Place
from trucewatch.store import Store
from trucewatch.workbench.desk import Desk
from trucewatch.workbench.texts import spot
from trucewatch.workbench.views import report_pieces


def test_the_list_shows_the_word_that_tells_of_an_event_in_its_sentence(store: Store) -> None:
    told = report_pieces(Desk(store, truces.get("syria-coh-2016")).table(), "news/one.txt", "v1")
    assert (told.before, told.trigger, told.after) == (
        "Rebels ", "shelled", " a mill in Homs on Monday, killing two men, a medic said.")
    assert told.publisher == "Mill Times"


@pytest.mark.parametrize(("words", "name", "shown"), [
    ("Harasta", "Ḩarastā", "Harasta"), ("the Damascus suburb of Harasta", "Ḩarastā", "Ḩarastā"),
    ("Harasta", None, "Harasta"),
])
def test_a_place_is_called_as_the_page_does_where_only_the_spelling_differs(
    words: str, name: str | None, shown: str
) -> None:
    assert spot(Place(0, len(words), words, name)) == shown
