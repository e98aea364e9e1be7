"""A place that a page names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trucewatch.gazetteer import EXACT, Candidate
from trucewatch.model import Span


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A toponym, or a noun that stands for one ("the city"): `first`..`last` are its tokens (inclusive) in
    the paragraph. `chosen` is None while ambiguous or unresolved. A `weak` one has no sign of a place beside
    its name, and is kept only in a country that the page is about. One that is not `placing` can be no place of
    an event: an adjective ("Russian"), part of a longer name ("Dubai Police"), a part of the world. `sentence` is
    the first token of its sentence; `wider` the names that say where it lies, nearest first, and `tied` how the first
    of them is tied to it: "in", "near", "listed", "bracketed"."""

    span: Span
    paragraph: int
    first: int
    last: int
    form: Literal["name", "adjective", "nominal"]
    candidates: tuple[Candidate, ...] = ()
    chosen: Candidate | None = None
    noun: str | None = None
    weak: bool = False
    placing: bool = True
    sentence: int = 0
    wider: tuple[PlaceMention, ...] = ()
    tied: str = ""

    @property
    def resolution(self) -> Literal["resolved", "ambiguous", "unresolved"]:
        if self.chosen is not None:
            return "resolved"
        return "ambiguous" if self.candidates else "unresolved"


def exact(found: tuple[Candidate, ...]) -> list[Candidate]:
    """The candidates that bear the very name."""
    return [c for c in found if c.score >= EXACT]
