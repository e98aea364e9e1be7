"""Places by name: an index of GeoNames, Natural Earth and supplements, in one SQLite file.

`open()` gives the one `Gazetteer` of the process.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from trucewatch.gazetteer.index import DATA, EXACT, SCHEMA, Candidate, Gazetteer
from trucewatch.gazetteer.names import fold, key
from trucewatch.gazetteer.own import Imported, import_places, own_path

__all__ = ["EXACT", "Candidate", "Gazetteer", "Imported", "fold", "import_places", "key", "open", "own_path"]


@cache
def open() -> Gazetteer:
    """The place index, built first where the installation lacks it, with the user's own places where there are any.

    Raises GazetteerError when it can neither be found nor built.
    """
    own = own_path()
    return Gazetteer(_index(), own if own.is_file() else None)


def _index() -> Path:
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "trucewatch" / f"places-{SCHEMA}.sqlite"
    packaged = DATA / "places.sqlite"
    for path in (packaged, kept):
        if path.is_file():
            return path
    from trucewatch.gazetteer.build import build

    try:
        build(packaged)
    except OSError:  # an installation that the user may not write to
        build(kept)
        return kept
    return packaged
