"""A page with its furniture, statements and events marked: in colour, or in brackets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.text import Text

from trucewatch.cli.output import printable
from trucewatch.model import Reading

STYLES = {
    "furniture": "dim strike",
    "content": "cyan",
    "source": "bold green",
    "cue": "bold yellow",
    "event": "bold red",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the page, what it is (a key of STYLES), and its name for people."""

    start: int
    end: int
    kind: str
    label: str


def marks(reading: Reading) -> list[Mark]:
    """Everything to be shown of a reading, in the order of the page."""
    return sorted(_marks(reading), key=lambda m: (m.start, -m.end, list(STYLES).index(m.kind), m.label))


def _marks(reading: Reading) -> Iterator[Mark]:
    for f in reading.document.furniture:
        yield Mark(f.start, f.end, "furniture", f.reason)
    for s in reading.statements:
        for span in s.content:
            yield Mark(span.start, span.end, "content", f"{s.id} {s.stance}")
        if s.source:
            yield Mark(s.source.start, s.source.end, "source", f"{s.id} source")
        if s.cue:
            yield Mark(s.cue.start, s.cue.end, "cue", f"{s.id} cue")
    for v in reading.events:
        kind = f"{v.type}/{v.mode}" if v.mode else v.type
        status = "" if v.status == "occurred" else f" {v.status}"
        negated = " negated" if v.polarity == "negated" else ""
        yield Mark(v.trigger.start, v.trigger.end, "event", f"{v.id} {kind}{status}{negated}")


def in_brackets(text: str, found: Iterable[Mark]) -> str:
    """The page as plain text: `[label| words]`, `]` closing the mark opened last."""
    return "".join(_woven(printable(text), list(found), "[{}| ", "]")).rstrip()


def in_colour(text: str, found: Iterable[Mark]) -> Text:
    """The page in colours; events and statements carry their ids after their words."""
    found = list(found)
    shown = Text(printable(text))
    for mark in found:
        shown.stylize(STYLES[mark.kind], mark.start, mark.end)
    pieces, at = Text(), 0
    for mark in sorted(found, key=lambda m: m.end):
        if mark.kind in ("event", "content"):
            pieces.append_text(shown[at : mark.end])
            pieces.append(f"‹{mark.label}›", style="dim")
            at = mark.end
    return pieces.append_text(shown[at:])


def legend() -> Text:
    """What the colours mean."""
    return Text(" ").join(Text(f" {kind} ", style=style) for kind, style in STYLES.items())


def _woven(text: str, found: list[Mark], opening: str, closing: str) -> Iterator[str]:
    at = 0
    for cut in sorted({edge for m in found for edge in (m.start, m.end)}):
        yield text[at:cut]
        yield closing * sum(m.end == cut for m in found)
        yield from (opening.format(m.label) for m in found if m.start == cut)
        at = cut
    yield text[at:]
