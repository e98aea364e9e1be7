"""What a person wrote into the form of an event, as fields of that event; raises UsageError `bad_field`."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import msgspec

from trucewatch.errors import UsageError
from trucewatch.incidents import Page
from trucewatch.model import (
    EVENT_STATUSES,
    PLOVER_TYPES,
    Event,
    EventTime,
    Figure,
    Harm,
    Place,
    Reference,
    Span,
    to_json,
)


def edited_fields(page: Page, event: Event, fields: dict[str, str], many: dict[str, list[str]]) -> dict[str, Any]:
    """The fields that differ from the event as it was shown, in their JSON form."""
    made = msgspec.structs.replace(
        event,
        type=_one_of(fields.get("type", event.type), PLOVER_TYPES, "type"),
        mode=(fields.get("mode", event.mode or "").strip()[:40] or None),
        status=_one_of(fields.get("status", event.status), EVENT_STATUSES, "status"),
        polarity=_one_of(fields.get("polarity", event.polarity), ("affirmed", "negated"), "polarity"),
        actors=_parts(page, many["actors"]) if "actors_shown" in fields else event.actors,
        recipients=_parts(page, many["recipients"]) if "recipients_shown" in fields else event.recipients,
        time=_time(event.time, fields),
        place=_place(event, fields),
        harm=_harm(event.harm, fields),
    )
    before, after = to_json(event), to_json(made)
    return {key: value for key, value in after.items() if value != before[key]}


def added_event(page: Page, fields: dict[str, str]) -> Event:
    """An event that the reader missed, on the characters that a person selected."""
    start, end = _offset(fields.get("start", "")), _offset(fields.get("end", ""))
    if not 0 <= start < end <= len(page.text) or end - start > 300:
        raise UsageError("bad_field", "select up to 300 characters of the page")
    kind = _one_of(fields.get("type", ""), PLOVER_TYPES, "type")
    status = _one_of(fields.get("status", "occurred"), EVENT_STATUSES, "status")
    stated_by = tuple(
        s.id for s in page.statements.values() if any(c.start <= start and end <= c.end for c in s.content)
    )
    return Event(f"h{start}-{end}", kind, Span(start, end), status=status, stated_by=stated_by, confidence=1.0)


def _one_of(value: str, known: tuple[str, ...], name: str) -> Any:
    if value not in known:
        raise UsageError("bad_field", f"no such {name}: {value[:60]!r}", mend=f"one of {', '.join(known)}")
    return value


def _parts(page: Page, values: list[str]) -> tuple[Reference, ...]:
    """Parts as the form writes them: `entity:start:end`."""
    found = []
    for value in filter(None, values[:20]):
        entity, *rest = value.split(":")
        if len(rest) != 2 or (entity and entity not in page.entities):
            raise UsageError("bad_field", f"nobody on this page: {value[:60]!r}")
        start, end = map(_offset, rest)
        if not 0 <= start < end <= len(page.text):
            raise UsageError("bad_field", f"no such words on this page: {value[:60]!r}")
        found.append(Reference(entity or None, start, end))
    return tuple(dict.fromkeys(found))


def _time(time: EventTime, fields: dict[str, str]) -> EventTime:
    first, last = fields.get("from", time.from_ or "")[:10], fields.get("to", time.to or "")[:10]
    if (first, last) == ((time.from_ or "")[:10], (time.to or "")[:10]):
        return time
    try:
        days = [dt.date.fromisoformat(d) if d else None for d in (first, last)]
    except ValueError:
        raise UsageError("bad_field", "no such day", mend="write YYYY-MM-DD") from None
    start, end = days[0] or days[1], days[1] or days[0]
    if start is None or end is None:
        return EventTime(time.start, time.end)
    if start > end:
        raise UsageError("bad_field", "the first day is after the last", mend="turn them round")
    basis = "explicit" if time.basis == "none" else time.basis
    length = (end - start).days
    precision = "day" if length <= 1 else "week" if length <= 7 else "month" if length <= 31 else "year"
    return EventTime(time.start, time.end, start.isoformat(), end.isoformat(), precision, basis)  # type: ignore[arg-type]


def _place(event: Event, fields: dict[str, str]) -> Place | None:
    old = event.place
    lat, lon, name = (fields.get(k, "").strip() for k in ("lat", "lon", "place"))
    if "lat" not in fields or (lat, lon, name) == shown_place(old):
        return old
    if not lat and not lon and not name:
        return None
    try:
        at = (float(lat), float(lon))
    except ValueError:
        raise UsageError("bad_field", "degrees are needed", mend="click the map or choose a place") from None
    if not (all(map(math.isfinite, at)) and abs(at[0]) <= 90 and abs(at[1]) <= 180):
        raise UsageError("bad_field", "no such degrees")
    from trucewatch.gazetteer import boundaries

    area = boundaries.province_at(*at)
    country, admin1 = area if area else (old.country if old else None, None)
    span = old or event.trigger
    words = old.text if old else name
    return Place(span.start, span.end, words, name[:120] or None, None, at[0], at[1], country, admin1,
                 precision="town" if name else "point", resolution="resolved")


def _harm(harm: Harm | None, fields: dict[str, str]) -> Harm | None:
    """Counts as the form writes them: one number, or the least and the most."""
    old, made = shown_harm(harm), harm or Harm()
    for name, shown in old.items():
        text = fields.get(name, shown).strip().replace("–", "-")
        if text == shown:
            continue
        least, dash, most = (part.strip() for part in text.partition("-"))
        counts = [_offset(part) if part else None for part in (least, most if dash else least)]
        known = [n for n in counts if n is not None]
        if -1 in known or known != sorted(known):
            raise UsageError("bad_field", f"no such count: {text[:60]!r}", mend="write 3, or 3-5 for 3 to 5")
        figure = Figure(*counts) if known else None
        made = msgspec.structs.replace(made, **{name: figure})
    return harm if harm is None and made == Harm() else made


def shown_harm(harm: Harm | None) -> dict[str, str]:
    """The counts of killed and injured as the form shows them: "3", "3-5", "3-" for at least three."""
    return {name: _count(getattr(harm, name, None)) for name in ("killed", "injured")}


def _count(figure: Figure | None) -> str:
    if figure is None:
        return ""
    least, most = ("" if n is None else str(n) for n in (figure.min, figure.max))
    return least if least == most else f"{least}-{most}"


def shown_place(place: Place | None) -> tuple[str, str, str]:
    """A place as the form shows it: latitude, longitude, name."""
    if place is None:
        return "", "", ""
    degrees = ["" if d is None else f"{d:.5f}" for d in (place.lat, place.lon)]
    return degrees[0], degrees[1], place.name or ""


def _offset(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else -1
