from __future__ import annotations

from pathlib import Path

import pytest

from trucewatch.cli.main import COMMANDS
from trucewatch.cli.reference import reference

ROOT = Path(__file__).parents[2]


def test_the_page_of_commands_is_current() -> None:
    assert (ROOT / "docs" / "cli.md").read_text("utf-8") == reference(), "run: make docs"


@pytest.mark.parametrize("name", [module.NAME for module in COMMANDS])
def test_the_readme_shows_every_command(name: str) -> None:
    assert f"trucewatch {name}" in (ROOT / "README.md").read_text("utf-8")
