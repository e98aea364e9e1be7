from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from cli_running import Run

from trucewatch import reading as reading_room
from trucewatch.cli import main
from trucewatch.model import Event, ReadError, Reading, Source, Sourced, Span, Statement


def fake_reading(sourced: Sourced) -> Reading:
    """What the readers would find, without a parser: PAGE's one statement and one event, found by their words."""
    document, text = sourced.document, sourced.document.text
    if sourced.error:
        return Reading(document=document, notices=sourced.notices, error=sourced.error)
    if "unreadable" in text:
        return Reading(document=document, error=ReadError("reader_failed", "no reading"))
    if "shelled" not in text or "a medic said" not in text:
        return Reading(document=document, notices=sourced.notices, versions={"rules": "1"})
    at, who = text.index("shelled"), text.index("a medic")
    statement = Statement(
        "s1", "indirect", Source(None, who, who + 7), Span(who + 8, who + 12), (Span(at - 5, who - 2),), "asserts"
    )
    event = Event("v1", "ASSAULT", Span(at, at + 7), mode="heavy-weapons", stated_by=("s1",))
    return Reading(
        document=document, statements=(statement,), events=(event,), notices=sourced.notices, versions={"rules": "1"}
    )


def fake_read_many(sourced: Iterable[Sourced]) -> Iterator[Reading]:
    return map(fake_reading, sourced)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A working folder of its own, and readers that need no parser."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(reading_room, "read_many", fake_read_many)
    monkeypatch.setattr(reading_room, "versions", lambda: {"rules": "1"})
    return tmp_path


@pytest.fixture
def run(quick: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run a command in this process: its status, what it printed, what it said."""
    assert quick.is_dir()

    def running(*argv: str | Path) -> tuple[int, str, str]:
        try:
            status = main([str(a) for a in argv])
        except SystemExit as stop:
            status = int(str(stop.code))
        out, err = capfdbinary.readouterr()
        return status, out.decode(), err.decode()

    return running
