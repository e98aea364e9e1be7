"""Places by name: an index of GeoNames, Natural Earth and supplements, in one SQLite file.

`open()` gives the one `Gazetteer` of the process.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from trucewatch.gazetteer.index import DATA, EXACT, SCHEMA, Candidate, Gazetteer
from trucewatch.gazetteer.names import fold, key

__all__ = ["EXACT", "Candidate", "Gazetteer", "fold", "key", "open"]


@cache
def open() -> Gazetteer:
    """The place index, built first where the installation lacks it.

    Raises GazetteerError when it can neither be found nor built.
    """
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "trucewatch" / f"places-{SCHEMA}.sqlite"
    packaged = DATA / "places.sqlite"
    for path in (packaged, kept):
        if path.is_file():
            return Gazetteer(path)
    from trucewatch.gazetteer.build import build

    try:
        build(packaged)
    except OSError:  # an installation that the user may not write to
        build(kept)
        return Gazetteer(kept)
    return Gazetteer(packaged)
