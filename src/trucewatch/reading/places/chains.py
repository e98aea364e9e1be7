"""Names that say where another lies: "Sarmin in Idlib", "Barja (Chouf district)", "the Ghat area of Doda district".

A chain goes from the finer name to the wider one. The wider tells which of its namesakes the finer is, and the
finer is where the event is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from spacy.tokens import Doc

from trucewatch.reading.places.mention import PlaceMention
from trucewatch.reading.places.words import other_script, words

Tie = Literal["in", "near", "listed", "bracketed"]
_WIDEST_GAP = 12  # tokens between two names of a chain
_UNIT = r"(?:km|kms|kilomet(?:er|re)s?|miles?|m|met(?:er|re)s?)"
_FAR = rf"(?:(?:about|some|around|roughly|just|nearly)? ?[\d.,]+ {_UNIT} (?:\( ?[\d.,]+ {_UNIT} ?\) )?(?:away )?)"
_BEARING = r"(?:to )?(?:north|south|east|west|northeast|northwest|southeast|southwest|north - east|north - west" \
    r"|south - east|south - west)"
_TIES: tuple[tuple[Tie, re.Pattern[str]], ...] = (
    ("in", re.compile(r"[,(]? ?(?:in|of|within|inside|at|on)(?: of)?")),
    ("near", re.compile(rf"[,(]? ?(?:near|outside|close to|(?:in |on )?(?:outskirts|edge|vicinity) of"
                        rf"|{_FAR}?{_BEARING} (?:of|from)|{_FAR}(?:of|from|outside))")),
    ("listed", re.compile(",")),
    ("bracketed", re.compile(r"[(\[]")),
)
# One chain: the indexes of the wider names behind a name, the nearest first, and how each is tied to the one before.
Chain = tuple[tuple[int, Tie], ...]


def chains(mentions: Sequence[PlaceMention], docs: Sequence[Doc]) -> dict[int, Chain]:
    """The chain of each name that has one, by its index among the mentions."""
    found: dict[int, Chain] = {}
    for i in range(len(mentions) - 2, -1, -1):
        doc = docs[mentions[i].paragraph]
        tie = _tie(mentions[i], mentions[i + 1], doc)
        if tie is None or (tie == "listed" and _lists(mentions[i + 1], doc)):
            continue
        behind = found.get(i + 1, ())
        found[i] = ((i + 1, tie), *(() if behind and behind[0][1] == "near" else behind))
    return found


def _tie(finer: PlaceMention, wider: PlaceMention, doc: Doc) -> Tie | None:
    """How the words between two names tie them; None when they do not."""
    if finer.paragraph != wider.paragraph or finer.sentence != wider.sentence or finer.form != "name":
        return None
    if wider.form != "name" or not 0 < wider.first - finer.last <= _WIDEST_GAP:
        return None
    if finer.first and doc[finer.first - 1].lower_ == "from":
        return None
    gap = [t for t in doc[finer.last + 1 : wider.first] if not (t.is_space or other_script(t.text))]
    between = " ".join(t.lower_ for t in gap if not _describes(t.lower_))
    if between[:1] in ("(", "[") and all(t.is_punct or t.text[:1].isupper() or t.is_digit or _describes(t.lower_)
                                         for t in gap) and not {")", "]"} & {t.text for t in gap}:
        return "bracketed"  # "Cihumba (Walungu, Sud-Kivu)", of which Walungu is not known
    return next((tie for tie, pattern in _TIES if pattern.fullmatch(between)), None)


def _describes(word: str) -> bool:
    """Words beside a name that say nothing of how two are tied: "the", "neighbourhood", "eastern", "city"."""
    lists = words()
    if word in lists.kinds or word.removesuffix("s") in lists.kinds or word in lists.beside:
        return True
    return word.endswith("ern") and word.removesuffix("ern") in lists.bearings


def _lists(last: PlaceMention, doc: Doc) -> bool:
    """"Hama, Homs and Idlib": names side by side, none within the other."""
    after = last.last + 1
    while after < len(doc) and _describes(doc[after].lower_):
        after += 1
    if after >= len(doc) or doc[after].lower_ not in ("and", "or", "&"):
        return False
    after += 1
    while after < len(doc) and (_describes(doc[after].lower_) or doc[after].lower_ in {"of", *words().vicinity}):
        after += 1
    return after < len(doc) and doc[after].text[:1].isupper()
