"""The words that the workbench says, from one catalogue."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "texts.en.yaml"


@cache
def catalogue() -> dict[str, str]:
    """Every text by its key."""
    sections: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text("utf-8"))
    return {f"{section}.{key}": text for section, texts in sections.items() for key, text in texts.items()}


def say(key: str, **values: object) -> str:
    """The text of a key, with values in its braces; KeyError for a key that the catalogue lacks."""
    return catalogue()[key].format(**values)
