"""Build the place index while the package is being built or installed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PlaceIndexHook(BuildHookInterface):  # type: ignore[misc, type-arg, unused-ignore]
    """Writes `gazetteer/data/places.sqlite`, unless a newer one stands there already."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the hook's interface
        if self.target_name != "wheel":
            return
        room = Path(self.root) / "src" / "trucewatch" / "gazetteer"
        target = room / "data" / "places.sqlite"
        sources = [*room.glob("*.py"), *room.glob("data/*.csv")]
        if not target.is_file() or any(s.stat().st_mtime > target.stat().st_mtime for s in sources):
            sys.path.insert(0, str(Path(self.root) / "src"))
            from trucewatch.gazetteer.build import build

            build(target)
        build_data.setdefault("artifacts", []).append("src/trucewatch/gazetteer/data/places.sqlite")
