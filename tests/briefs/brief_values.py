"""Values made by hand for the tests of briefs."""

from __future__ import annotations

from trucewatch.model import (
    Act,
    Area,
    Because,
    Body,
    Claim,
    Document,
    Event,
    EventTime,
    Figure,
    Finding,
    Furniture,
    Harm,
    Harmed,
    Incident,
    Party,
    Place,
    Published,
    Reading,
    ReportRef,
    Source,
    Span,
    Statement,
    Term,
    Test,
    Truce,
)

TRUCE = Truce(
    schema="trucewatch.truce/1", id="test-truce", title="A truce for tests",
    effective="2016-02-27T00:00:00+02:00",
    parties=(
        Party("north", "Northern side", members=(Body("Northern Army"),)),
        Party("south", "Southern side", members=(Body("Southern League"),)),
    ),
    terms=(
        Term("T1", "hold fire", "prohibits", (Act(type="ASSAULT"),)),
        Term("T2", "let relief through", "requires", (Act(type="AID"),)),
    ),
    area=Area(countries=("SYR",)), excluded=(Body("Black Banner"),),
)
HOSTILE = '<script>alert("x")</script> & <b onmouseover=1>'
TEXT = (
    f"Share\nJets of the Northern Army bombed {HOSTILE} a mill, villagers said.\n"
    "The army denied it. Lorries with flour reached the town.\nقال الجيش إنه لم يقصف البلدة\n"
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def _reading(name: str, publisher: str, published: str | None) -> Reading:
    said = at("Jets of the Northern Army bombed")
    return Reading(
        document=Document(
            id=name, text=TEXT, sha256="0" * 64, url="https://paper.example/1", publisher=publisher,
            title=f"Mill hit {HOSTILE}", published=Published(published, "given" if published else "none"),
            furniture=(Furniture(0, 5, "share"),),
        ),
        statements=(
            Statement("s1", "indirect", Source(None, *_pair("villagers")), at("said"), (said,), "alleges"),
            Statement("s2", "indirect", Source(None, *_pair("The army")), at("denied"), (at("it."),),
                      "denies"),
            Statement("s3", "direct", None, None, (at("إنه لم يقصف البلدة"),), "denies"),
        ),
        events=(
            Event("v1", "ASSAULT", at("bombed"), mode="aerial", stated_by=("s1",),
                  harm=Harm(killed=Figure(4, 4), who=(Harmed(None, *_pair("villagers"), role="civilian"),))),
            Event("v2", "AID", at("reached")),
            Event("v3", "ASSAULT", at("bombed")),
        ),
        versions={"rules": "1.0"},
    )


def _pair(words: str) -> tuple[int, int]:
    span = at(words)
    return span.start, span.end


READINGS = (_reading("page-a", "First Paper", "2016-04-10"), _reading("page-b", "Second Paper", None))
_MILL = Place(0, 0, "a mill", name="Talbiseh", lat=34.84, lon=36.73, country="SYR", precision="town",
              resolution="resolved")
INCIDENTS = (
    Incident(
        "i1", (ReportRef("page-a", "v1"), ReportRef("page-b", "v1", False)), "ASSAULT", "aerial",
        EventTime(from_="2016-04-09", to="2016-04-09", precision="day"), _MILL, ("Northern Army",), (),
        Figure(4, 7), Figure(20, None),
        (Claim("page-a", "v1", "s1", "villagers", "Northern Army", "alleges", Figure(4, 4)),
         Claim("page-b", "v1", "s1", "villagers", "Northern Army", "alleges", Figure(7, 7))),
        (Claim("page-a", None, "s2", "Northern Army", None, "denies"),
         Claim("page-a", None, "s3", HOSTILE, None, "denies")), "contested"),
    Incident(
        "i2", (ReportRef("page-a", "v2"),), "AID", None, EventTime(from_="2016-04-12", to="2016-04-12"), None,
        ("Southern League",), (), None, None, (), (), "weak"),
    Incident(
        "i3", (ReportRef("page-b", "v3"),), "ASSAULT", None, EventTime(), None, ("Black Banner",), (),
        Figure(2, 3), None, (), (), "weak"),
    Incident(
        "i4", (ReportRef("page-b", "v3"),), "ASSAULT", None, EventTime(), None, (), (), None, None,
        (), (), "weak"),
    Incident(
        "i5", (ReportRef("page-b", "v3"),), "ACCUSE", None, EventTime(), None, (), (), None, None,
        (), (), "weak"),
)
FINDINGS = (
    Finding("page-a", "v1", "i1", "test-truce", "T1", "breach_contested", grade="contested",
            tests=(Test("status", "yes", (Because("status.past", *_pair("bombed")),)), Test("denied", "yes")),
            reason="the accused side denies it"),
    Finding("page-b", "v1", "i1", "test-truce", "T1", "breach_alleged"),
    Finding("page-a", "v2", "i2", "test-truce", "T2", "compliance"),
    Finding("page-b", "v3", "i3", "test-truce", None, "not_covered"),
    Finding("page-b", "v3", "i4", "test-truce", None, "undetermined", missing=("actor",)),
    Finding("page-b", "v3", "i4", "another-truce", None, "breach_corroborated"),
)
