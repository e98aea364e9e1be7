"""The example pages, their README and their annotations belong together."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGES = sorted(EXAMPLES.glob("pages/*"))
GOLD = sorted(EXAMPLES.glob("gold/*.yaml"))


def test_the_readme_names_every_page() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in PAGES if f"`pages/{p.name}`" not in text] == []


@pytest.mark.parametrize("gold", GOLD, ids=lambda p: p.stem)
def test_an_annotation_holds_its_page_as_it_is(gold: Path) -> None:
    page = (EXAMPLES / "pages" / f"{gold.stem}.txt").read_text(encoding="utf-8")
    assert yaml.safe_load(gold.read_text(encoding="utf-8"))["page"] == page


def test_three_pages_are_annotated() -> None:
    assert len(GOLD) == 3
