"""Whole pages of many makes: no paragraph of an article is marked, and nearly all of its furniture is.

The files in `pages/` hold pages one after another, each under `### name`. ⟦…⟧ is furniture, ⟨…⟩ may be either.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path

import pytest

from trucewatch.sources import mark_furniture

FILES = sorted((Path(__file__).parent / "pages").glob("*.txt"))
# Of the characters of furniture in a file; what is missed speaks of the page in words that no list holds.
LEAST_FOUND = 0.88


def pages_of(file: Path) -> dict[str, tuple[str, str]]:
    """Name to text and a kind for each of its characters: f furniture, n either, b body."""
    pages = {}
    for part in re.split(r"^### ", file.read_text("utf-8"), flags=re.M)[1:]:
        name, marked = part.split("\n", 1)
        text, kinds, kind = [], [], "b"
        for char in marked.strip("\n"):
            if char in "⟦⟨⟧⟩":
                kind = {"⟦": "f", "⟨": "n"}.get(char, "b")
            else:
                text.append(char)
                kinds.append(kind)
        pages[name] = ("".join(text), "".join(kinds))
    return pages


def marked_places(text: str) -> set[int]:
    return {i for mark in mark_furniture(text) for i in range(mark.start, mark.end) if not text[i].isspace()}


PAGES = [pytest.param(*page, id=f"{file.stem}-{name}") for file in FILES for name, page in pages_of(file).items()]


@pytest.mark.parametrize(("text", "kinds"), PAGES)
def test_no_paragraph_of_the_article_is_marked(text: str, kinds: str) -> None:
    wrong = sorted(i for i in marked_places(text) if kinds[i] == "b")
    runs = groupby(enumerate(wrong), key=lambda pair: pair[1] - pair[0])
    assert ["".join(text[i] for _, i in run) for _, run in runs] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nearly_all_furniture_is_marked(file: Path) -> None:
    found = wanted = 0
    for text, kinds in pages_of(file).values():
        furniture = {i for i, kind in enumerate(kinds) if kind == "f" and not text[i].isspace()}
        wanted += len(furniture)
        found += len(furniture & marked_places(text))
    assert found >= LEAST_FOUND * wanted
