"""Saying things to people and writing lines and whole files."""

from __future__ import annotations

import errno
import os
import signal
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from trucewatch.errors import TrucewatchError
from trucewatch.model import dumps

_WIDE = 1000  # where no screen sets a width, no cell of a table is broken
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


class Failed(Exception):
    """Something failed, and the person has been told what."""


def say(message: str) -> None:
    """A line to the person, on standard error."""
    with suppress(OSError):
        sys.stderr.write(printable(message) + "\n")
        sys.stderr.flush()


def write_line(value: Any) -> None:
    """A value as one JSON line on standard output, flushed: whoever stops us has whole lines, and all of them."""
    line = dumps(value).encode("utf-8") + b"\n"
    with _undisturbed():
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back until the end of the block, where the system can."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def printable(text: str) -> str:
    """The text, character by character, with what could drive a terminal shown as a blank or a dot."""
    return "".join(map(_safe, text))


def _safe(char: str) -> str:
    if char == "\n" or char.isprintable():
        return char
    if char in "\r\t" or char.isspace():
        return " "
    return "·" if char in _BIDI or unicodedata.category(char) in ("Cc", "Cs") else char


def console() -> Console:
    """Standard output for tables and marked text: colour on a terminal, unless NO_COLOR is set."""
    width = None if sys.stdout.isatty() else _WIDE
    return Console(highlight=False, markup=False, emoji=False, width=width, soft_wrap=width is not None)


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """A function to call after each document, with the number of documents that are done and a word on them.
    It draws only where standard error is a terminal."""
    screen = Console(stderr=True)
    if not screen.is_terminal:
        yield _say_nothing
        return
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(24), MofNCompleteColumn(),
        TimeElapsedColumn(), TextColumn("{task.fields[note]}", markup=False),
    )
    with Progress(*columns, console=screen, transient=True) as bar:
        task = bar.add_task(what, total=None, note="")
        yield lambda done, note="": bar.update(task, completed=done, note=printable(note))


def _say_nothing(done: int, note: str = "") -> None:
    del done, note


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: beside it first, then in its place. Raises TrucewatchError."""
    whole = content.encode("utf-8") if isinstance(content, str) else content
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(whole)
            return
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as beside:
                beside.write(whole)
                beside.flush()
                os.fsync(beside.fileno())
            Path(name).chmod(0o666 & ~_umask())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise out_of_space(error, str(path)) from error


def out_of_space(error: OSError, place: str) -> TrucewatchError:
    """What an OSError in writing means, with its mend."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return TrucewatchError("disk_full", "the disk is full", place=place, mend="free some space")
    return TrucewatchError(
        "cannot_write", error.strerror or str(error), place=place, mend="check the folder and its permissions"
    )


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
