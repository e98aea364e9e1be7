"""Whose outlets speak for whom: the party or state that owns or runs an outlet, where that is commonly said."""

from __future__ import annotations

from functools import cache
from typing import Any

from trucewatch.rules.loader import load


@cache
def owners() -> dict[str, str]:
    """Every name of an outlet, in small letters → who runs it: a country's code or a body's name."""
    found: dict[str, str] = {}
    for outlets in load("actors/media", dict[str, Any])["of"].values():
        for name, told in outlets.items():
            owner = told.get("side") if isinstance(told, dict) else None
            if owner:
                found.update((spelling.lower(), owner) for spelling in (name, *told.get("also", ())))
    return found
