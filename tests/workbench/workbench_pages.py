"""Readings made by hand, so that no parser is needed: one page of news, one that tries to be markup."""

from __future__ import annotations

import hashlib

from trucewatch.model import (
    Because,
    Document,
    Entity,
    Event,
    EventTime,
    Figure,
    Furniture,
    Harm,
    Mention,
    Place,
    Published,
    Reading,
    Reference,
    Source,
    Span,
    Statement,
)

NEWS = "Menu\n\nRebels shelled a mill in Homs on Monday, killing two men, a medic said.\n\nIn Idlib a shot was fired."
HOSTILE = "<script>alert(1)</script> \"><img src=x onerror=alert(2)> Rebels shelled </script> {{ 7*7 }} the mill"
ADDRESS = "javascript:alert(3)"


def document(name: str, text: str, **more: object) -> Document:
    return Document(name, text, hashlib.sha256(text.encode()).hexdigest(), language="en", **more)  # type: ignore[arg-type]


def span(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def news() -> Reading:
    def at(words: str) -> tuple[int, int]:
        return span(NEWS, words)

    rebels, mill, medic = at("Rebels"), at("a mill"), at("a medic")
    statement = Statement(
        "s1", "indirect", Source("e3", *medic), Span(*at("said")), (Span(rebels[0], at("two men")[1]),), "asserts"
    )
    shelling = Event(
        "v1", "ASSAULT", Span(*at("shelled")), mode="heavy-weapons",
        actors=(Reference("e1", *rebels),), recipients=(Reference("e2", *mill),), stated_by=("s1",),
        time=EventTime(*at("Monday"), "2016-04-11", "2016-04-11", "day", "relative"),
        place=Place(*at("Homs"), "Homs", "Homs", 169577, 34.727, 36.723, "SYR", "Homs",
                    precision="town", resolution="resolved"),
        harm=Harm(killed=Figure(2, 2)), confidence=0.8,
        because=(Because("assault.shell", *at("shelled")),),
    )
    shot = Event("v2", "ASSAULT", Span(*at("fired")), mode="firearms", confidence=0.4,
                 time=EventTime(None, None, "2016-04-14", "2016-04-14", "day", "explicit"),
                 place=Place(*at("Idlib"), "Idlib", "Idlib", None, 35.931, 36.634, "SYR", "Idlib",
                             precision="town", resolution="resolved"))
    entities = tuple(
        Entity(f"e{n}", mentions=(Mention(*spot, "nominal"),)) for n, spot in enumerate((rebels, mill, medic), 1)
    )
    page = document("news/one.txt", NEWS, publisher="Mill Times", title="Mill hit", published=Published("2016-04-12"),
                    furniture=(Furniture(0, 4, "navigation"),))
    return Reading(page, entities, (statement,), events=(shelling, shot))


def other_shelling() -> Reading:
    """The same mill the day after, by other means: no join of the machine's."""
    text = "Guards said that gunmen had stormed a mill in Homs on Tuesday."
    event = Event(
        "v1", "ASSAULT", Span(*span(text, "stormed")), mode="firearms",
        time=EventTime(*span(text, "Tuesday"), "2016-04-12", "2016-04-12", "day", "relative"),
        place=Place(*span(text, "Homs"), "Homs", "Homs", 169577, 34.727, 36.723, "SYR", "Homs",
                    precision="town", resolution="resolved"),
    )
    return Reading(document("news/two.txt", text, publisher="Gate Post", published=Published("2016-04-12")), (), (),
                   events=(event,))


def long_line() -> Reading:
    """One line of five megabytes, with an event near its end."""
    text = "word " * 960_000 + "Rebels shelled a mill in Homs " + "word " * 40_000
    event = Event("v1", "ASSAULT", Span(*span(text, "shelled")), mode="heavy-weapons")
    return Reading(document("long.txt", text, publisher="word " * 1000), (), (), events=(event,))


def hostile() -> Reading:
    event = Event("v1", "ASSAULT", Span(*span(HOSTILE, "shelled")), mode="<b>x</b>")
    page = document("<i>../../etc</i>", HOSTILE, publisher=HOSTILE, title=HOSTILE, url=ADDRESS)
    return Reading(page, (), (), events=(event,))


def made() -> tuple[Reading, ...]:
    return news(), hostile()
