"""A truce as it stood on a day: its terms, end and area with the amendments that were in force."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from trucewatch.model import Amendment, Truce


def as_of(truce: Truce, day: str | None) -> Truce:
    """The truce as it stood at the end of an ISO day (days as the amendments write them, local ones); without a
    day, with all amendments."""
    in_force = sum(1 for a in truce.amendments if day is None or a.date[:10] <= day)
    return _amended(truce, in_force) if in_force else truce


@lru_cache(maxsize=256)
def _amended(truce: Truce, in_force: int) -> Truce:
    for amendment in sorted(truce.amendments, key=lambda a: a.date)[:in_force]:
        truce = _with(truce, amendment)
    return truce


def _with(truce: Truce, amendment: Amendment) -> Truce:
    terms = {t.id: t for t in truce.terms} | {t.id: t for t in amendment.terms}
    return msgspec.structs.replace(
        truce,
        terms=tuple(t for t in terms.values() if t.id not in amendment.lapsed),
        ends=amendment.ends or truce.ends,
        area=amendment.area or truce.area,
    )
