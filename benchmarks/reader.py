"""The reader under test: corpora's texts in, readings out, with progress on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from typing import TypeVar

from trucewatch import reading
from trucewatch.model import Document, Published, Reading, Sourced

T = TypeVar("T")


def document(
    number: int | str, text: str, published: str | None = None, publisher: str | None = None
) -> Document:
    """A document whose text is exactly `text`; `published` is an ISO date."""
    known = Published(published, "given") if published else Published()
    return Document(id=str(number), text=text, sha256="", published=known, publisher=publisher)


def readings(documents: Sequence[Document], label: str) -> Iterator[Reading]:
    """One reading a document, in order; one that failed is said on standard error and counts as empty."""
    made = reading.read_many(Sourced(d) for d in documents)
    for one in progress(made, len(documents), label):
        if one.error:
            sys.stderr.write(f"\n{label}: {one.document.id}: {one.error.code}: {one.error.message}\n")
        yield one


def progress(items: Iterable[T], total: int, label: str) -> Iterator[T]:
    """The items, with a line on standard error every few seconds."""
    began = said = time.monotonic()
    for done, item in enumerate(items, 1):
        yield item
        now = time.monotonic()
        if now - said > 5 or done == total:
            said = now
            sys.stderr.write(f"\r{label}: {done} of {total}, {now - began:.0f} s ")
            sys.stderr.flush()
    sys.stderr.write("\n")


def versions() -> dict[str, str]:
    """What produced the figures."""
    return {**reading.versions(), "spacy": version("spacy"), "python": sys.version.split()[0]}


def sentence_at(text: str, start: int, end: int, reach: int = 160) -> str:
    """The line round a span, cut to `reach` characters on each side, for people."""
    left = max(text.rfind("\n", 0, start) + 1, start - reach)
    stop = text.find("\n", end)
    return " ".join(text[left : min(len(text) if stop < 0 else stop, end + reach)].split())
