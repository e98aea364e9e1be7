"""Who tells of a happening: sources counted once under whatever name."""

from __future__ import annotations

from typing import Any

import pytest
from made_pages import Made

from trucewatch.incidents import Page, distinct, voices
from trucewatch.model import Source


def told(*sources: str, kind: str = "person", **known: Any) -> int:
    """How many sources there are where each says something on one page, in a sentence of its own."""
    made = Made(" ".join(f"It fell, {source} said." for source in sources))
    heard = []
    for source in sources:
        entity = made.entity(source, kind=kind, **known)
        span = made.span(source)
        heard += voices(Page(made.reading()), Source(entity.id, span.start, span.end))
    return len(distinct(heard))


@pytest.mark.parametrize(("sources", "number"), [
    (("a nurse", "residents"), 2),
    (("residents", "residents of the village"), 1),
    (("a medical source", "a security source"), 2),
    (("they",), 0),
    (("reports", "the source"), 0),
    (("nine bodies of villagers",), 0),
    (("the Hill Observatory", "Observatory head Jo Field"), 1),
    (("the Hill Observatory", "the River Relief"), 2),
    (("a war monitor", "the Hill Observatory"), 1),
    (("President Jo Field", "President Ann Brook"), 2),
    (("a Ruritania-based monitor", "a baker"), 2),
])
def test_sources(sources: tuple[str, ...], number: int) -> None:
    assert told(*sources) == number


def test_what_cannot_speak_is_no_source() -> None:
    assert told("several pauses", kind="other") == 0


def test_a_post_beside_a_name_says_whose_word_it_is() -> None:
    made = Made("It fell, the Hill Observatory said. Jo Field, a spokesman for the Observatory, agreed.")
    body = made.entity("the Hill Observatory", kind="organization", name="Hill Observatory")
    man = made.entity("Jo Field", kind="person", name="Jo Field")
    page = Page(made.reading())
    heard = [v for e, words in ((body, "the Hill Observatory"), (man, "Jo Field"))
             for v in voices(page, Source(e.id, made.span(words).start, made.span(words).end))]
    assert [v.label for v in distinct(heard)] == ["Hill Observatory"]
