"""The example pages, their README and their annotations belong together."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

EXAMPLES = Path(__file__).parents[2] / "examples"
PAGES = sorted(EXAMPLES.glob("pages/*"))
GOLD = sorted(EXAMPLES.glob("gold/*.yaml"))
ANNOTATED = [p for p in PAGES if (EXAMPLES / "gold" / f"{p.stem}.yaml").exists()]


def test_the_readme_names_every_page() -> None:
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert [p.name for p in PAGES if f"`pages/{p.name}`" not in text] == []


@pytest.mark.parametrize("page", ANNOTATED, ids=lambda p: p.stem)
def test_an_annotation_holds_its_page_as_it_is(page: Path) -> None:
    gold = (EXAMPLES / "gold" / f"{page.stem}.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(gold)["page"] == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("gold", GOLD, ids=lambda p: p.stem)
def test_every_annotation_has_a_page_statements_events_and_traps(gold: Path) -> None:
    held = yaml.safe_load(gold.read_text(encoding="utf-8"))
    assert [key for key in ("page", "statements", "events", "not_events") if not held.get(key)] == []
