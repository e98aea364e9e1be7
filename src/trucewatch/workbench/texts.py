"""The words that the workbench says, from one catalogue: `texts.en.yaml` and the words that briefs use, too.

`python -m trucewatch.workbench.texts` prints the whole of it as YAML. A translation is a copy of that with other
words; what it leaves out is said in English.
"""

from __future__ import annotations

import string
import sys
from functools import cache
from pathlib import Path

import yaml

from trucewatch.briefs import wording
from trucewatch.errors import UsageError
from trucewatch.model import Figure, Place

_FILE = Path(__file__).parent / "texts.en.yaml"
_translated: dict[str, str] = {}


@cache
def catalogue() -> dict[str, str]:
    """Every English text by its key."""
    sections: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text("utf-8"))
    sections |= {
        "verdict": {v: name for v, (name, _) in wording.VERDICTS.items()},
        "meaning": {v: meaning for v, (_, meaning) in wording.VERDICTS.items()},
        "grade": wording.GRADES, "stance": wording.STANCES, "test": wording.TESTS, "outcome": wording.OUTCOMES,
        "missing": wording.MISSING, "mode": wording.MODES, "type": wording.TYPES,
    }
    return {f"{section}.{key}": text for section, texts in sections.items() for key, text in texts.items()}


def translate(path: Path) -> None:
    """Say the texts of a file in place of the English ones; UsageError names what is wrong with it."""
    try:
        sections = yaml.safe_load(path.read_text("utf-8"))
        given = {f"{s}.{k}": str(text) for s, texts in sections.items() for k, text in texts.items()}
    except (OSError, ValueError, yaml.YAMLError, AttributeError) as error:
        raise UsageError("bad_texts", f"{path}: {error}", mend="copy the catalogue and change its words") from error
    known = catalogue()
    for key, text in given.items():
        if key not in known:
            raise UsageError("bad_texts", f"{path}: there is no text {key!r}", mend="leave it out")
        if _values(text) != _values(known[key]):
            raise UsageError("bad_texts", f"{path}: {key}: the braces differ from {known[key]!r}", mend="copy them")
    _translated.clear()
    _translated.update(given)


def _values(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {"a brace that stands alone"}


def say(key: str, **values: object) -> str:
    """The text of a key, with values in its braces; KeyError for a key that the catalogue lacks."""
    return (_translated.get(key) or catalogue()[key]).format(**values)


def called(section: str, value: str) -> str:
    """What a value is called; the value itself where the catalogue has no word for it."""
    key = f"{section}.{value}"
    return say(key) if key in catalogue() else value


def act(type_: str, mode: str | None = None) -> str:
    """The kind of act in a word or two."""
    key = f"mode.{mode}"
    return say(key) if key in catalogue() else called("type", type_)


def day(iso: str | None) -> str:
    """An ISO date or date-time as people write a day; the words as they are where it is none."""
    from trucewatch.incidents import iso_day

    date = iso_day(iso)
    if date is None:
        return iso or say("date.none")
    year, month, number = date.split("-")
    return say("date.day", day=int(number), month=say(f"month.m{month}"), year=year)


def days(first: str | None, last: str | None) -> str:
    """A day or a stretch of days; a bound that is not known is said to be so."""
    if first and last:
        same = first[:10] == last[:10]
        return day(first) if same else say("date.stretch", first=day(first), last=day(last))
    if first or last:
        return say("date.since", day=day(first)) if first else say("date.until", day=day(last))
    return say("date.unknown")


def moment(at: str) -> str:
    """A moment of a record."""
    return say("date.moment", day=day(at), time=at[11:16]) if len(at) > 15 else day(at)


def spot(place: Place) -> str:
    """What a place is called: the page's own words where the gazetteer's name is but another spelling of them."""
    from trucewatch.gazetteer import fold

    return place.text if not place.name or fold(place.text) == fold(place.name) else place.name


def figure(value: Figure | None) -> str:
    """A count as a person writes it; a dash where nobody gives one."""
    if value is None or (value.min is None and value.max is None):
        return "–"
    if value.max is None:
        return say("figure.least", n=value.min)
    if value.min is None:
        return say("figure.most", n=value.max)
    return str(value.min) if value.min == value.max else f"{value.min}–{value.max}"


def main() -> None:
    """Print the catalogue."""
    sections: dict[str, dict[str, str]] = {}
    for key, text in catalogue().items():
        section, _, rest = key.partition(".")
        sections.setdefault(section, {})[rest] = text
    yaml.safe_dump(sections, sys.stdout, allow_unicode=True, sort_keys=False, width=110)


if __name__ == "__main__":
    main()
