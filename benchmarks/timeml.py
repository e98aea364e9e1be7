"""TimeML files (TempEval-3 and its kin): TIMEX3 elements inside the running text, found at any depth."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

from benchmarks.metrics import Errors, Scores, Tally
from benchmarks.reader import progress
from benchmarks.timex import Dated, Finder, Timex, created, score

SET = "tempeval3"


def run(path: Path, *, limit: int | None, errors: Errors, find: Finder, name: str = SET) -> Scores:
    """Strict, relaxed and value F of what `find` finds."""
    items = list(read_files(path))[:limit]
    tally = Tally()
    for item in progress(items, len(items), name):
        score(item, find(item), tally, errors, name)
    return tally.scores()


def read_files(path: Path) -> Iterator[Dated]:
    """The texts of the `.tml` files under a folder (or of one file), by name."""
    files = sorted(path.rglob("*.tml")) if path.is_dir() else [path]
    for file in files:
        root = ET.parse(file).getroot()
        body = root.find("TEXT")
        if body is not None:
            yield read_text(file.stem, body, _created(root))


def read_text(name: str, body: ET.Element, published: str | None) -> Dated:
    """The text of an element and the time expressions in it."""
    pieces: list[str] = []
    times: list[Timex] = []
    length = 0

    def add(words: str | None) -> None:
        nonlocal length
        pieces.append(words or "")
        length += len(words or "")

    def walk(element: ET.Element) -> None:
        start = length
        add(element.text)
        for child in element:
            walk(child)
            add(child.tail)
        if element.tag == "TIMEX3" and length > start:
            times.append(Timex(start, length, element.get("value")))

    walk(body)
    return Dated(name, "".join(pieces), published, tuple(times))


def _created(root: ET.Element) -> str | None:
    """The creation date: the document's own TIMEX3, in ISO form."""
    for timex in root.iter("TIMEX3"):
        if timex.get("functionInDocument") == "CREATION_TIME":
            return created(timex.get("value"))
    return None
