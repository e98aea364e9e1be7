"""How many: counts in noun phrases, as ranges."""

from __future__ import annotations

import re

from spacy.tokens import Token

from trucewatch.language.phrases import conjuncts
from trucewatch.model import Figure
from trucewatch.rules.events import words

_UNITS = {
    "zero": 0, "no": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
# Vague plurals give a lower bound only: "dozens" is two or more dozens, of which the low end is counted as 12.
_VAGUE = {"dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000, "tens": 10, "several": 3, "few": 3}
_MANY = {"dozen": 12, "score": 20, "hundred": 100, "thousand": 1000}
# Singular nouns that stand for many, so that "a" before them is no count.
_COLLECTIVE = {
    "family", "group", "number", "crowd", "team", "lot", "unit", "patrol", "convoy", "crew", "couple", "pair",
    "handful", "series", "column", "force", "army", "military", "police", "squad", "band", "party", "staff",
    "majority", "population", "community", "personnel", "garrison", "militia", "wave", "string", "host",
}
# Endings of nouns for those who do something: "driver", "prosecutor", "activist", "policeman".
# "1.1 million".
_SHARE = re.compile(r"\d+\.\d+")
_DOER = re.compile(r"(man|woman|[^nvbw]er|or|ist|ian|ant|ee|chief|head|victim|suspect)$")
_COUNTING = {"nummod", "amod", "det", "quantmod", "nmod"}
_MORE = {"more", "over", "exceeding", "above"}
_ABOUT = {"about", "around", "some", "nearly", "almost", "roughly", "approximately", "close"}


def number(text: str) -> int | None:
    """The whole number that digits or English words stand for ("1,200", "twenty-two", "two hundred")."""
    cleaned = text.lower().replace(",", "").strip()
    share, _, scale = cleaned.partition(" ")
    if _SHARE.fullmatch(share) and scale in _SCALES:
        return round(float(share) * _SCALES[scale])
    if cleaned.isdecimal():
        return int(cleaned) if len(cleaned) < 9 else None
    total = current = 0
    seen = False
    for word in cleaned.replace("-", " ").split():
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current = total + current, 0
        elif word == "dozen":
            current = max(current, 1) * 12
        elif word == "a":
            continue
        elif word.isdecimal():
            current += int(word)
        else:
            return None
        seen = True
    return total + current if seen else None


def figure(head: Token) -> Figure | None:
    """The count that a noun phrase states, with its coordinated phrases added up; None when it states none."""
    parts = [_one(h) for h in conjuncts(head) if not _list_of_roles(head, h)]
    if _sums_up(parts):
        return parts[0]             # "Six villagers, a mother and her five children, …"
    known = [p for p in parts if p is not None]
    if not known or len(known) < len(parts):
        return known[0] if known and len(parts) > 1 and parts[0] is not None else None
    low = sum(p.min for p in known) if all(p.min is not None for p in known) else None  # type: ignore[misc]
    high = sum(p.max for p in known) if all(p.max is not None for p in known) else None  # type: ignore[misc]
    return Figure(low, high)


def _list_of_roles(first: Token, other: Token) -> bool:
    """Conjuncts of another kind of thing ("a house and two cars", "two dead and four injured") are not counted with
    people."""
    hurt = {t.lower_ for t in (other, *other.children)} & {"injured", "wounded", "hurt", "missing"}
    if other != first and hurt and "dead" in {t.lower_ for t in (first, *first.children)}:
        return True
    return other != first and other.pos_ not in ("NOUN", "PROPN", "NUM", "PRON")


def _sums_up(parts: list[Figure | None]) -> bool:
    """A number with those behind it who make it up: three or more in a list, the first as many as the rest."""
    known = [p.min for p in parts if p is not None and p.min is not None and p.min == p.max]
    return len(parts) > 2 and len(known) == len(parts) and known[0] == sum(known[1:])


def _one(head: Token) -> Figure | None:
    if head.lower_ in _VAGUE:
        return Figure(_VAGUE[head.lower_], None)
    if head.lower_ in _MANY and any(c.lower_ in ("a", "half", "one") for c in head.children):
        many = _MANY[head.lower_] // (1 + any(c.lower_ == "half" for c in head.children))
        return Figure(many, many)   # "a dozen", "half a dozen"
    if head.lower_ in ("couple", "pair") and not any(c.lower_ == "of" for c in head.children):
        return Figure(2, 2)         # man and wife
    if head.tag_ == "NNS" and any(c.lower_ in ("both", "twin") for c in head.children):
        return Figure(2, 2)
    if head.pos_ == "NUM" or head.tag_ == "CD":
        return _from_number(head, head)
    for child in head.children:
        if child.dep_ in _COUNTING and (child.tag_ == "CD" or number(child.text) is not None):
            if child.ent_type_ in ("DATE", "TIME", "ORDINAL") and child.tag_ != "CD":
                continue
            return _from_number(child, head)
        if child.dep_ in ("nummod", "amod", "quantmod") and child.lower_ in _VAGUE:
            return Figure(_VAGUE[child.lower_], None)
    for named in (c for c in head.children if c.dep_ == "compound"):    # "twenty Boko Haram militants"
        for child in named.children:
            if child.dep_ == "nummod" and child.tag_ == "CD" and child.i < named.i:
                return _from_number(child, head)
    if head.dep_ == "pobj" and head.head.lower_ == "of":
        above = head.head.head
        if above.lower_ in _VAGUE:
            return Figure(_VAGUE[above.lower_], None)
        if above.tag_ == "CD":
            return _from_number(above, above)
    if head.lemma_.lower() in ("body", "corpse", "remains"):
        whose = next((c for c in head.children if c.dep_ == "poss"), None)
        if whose is not None:
            return figure(whose)    # "a young man's body"
    if head.lower_ in ("total", "figure") and not head.ent_type_:
        inside = [p for c in head.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj"]
        return figure(inside[0]) if inside else None
    if head.lower_ == "dead" and head.i > 0 and head.nbor(-1).tag_ == "CD":
        return _from_number(head.nbor(-1), head)
    if head.lemma_.lower() in _COLLECTIVE:
        return _members(head)
    return Figure(1, 1) if _single(head) else None


def _members(group: Token) -> Figure | None:
    """"a family of five": five. A group whose number is not told has none."""
    inside = (p for c in group.children if c.lower_ == "of" for p in c.children if p.dep_ == "pobj")
    return next((f for p in inside if p.tag_ == "CD" and (f := _from_number(p, p)) is not None), None)


def _single(head: Token) -> bool:
    """One person: "a guard", "another", "her", "the driver", "his wife", a person's name."""
    if head.lower_ in ("he", "she", "him", "her", "another", "himself", "herself"):
        return True
    if head.ent_type_ == "PERSON" and head.tag_ == "NNP":
        return True
    if head.tag_ == "JJ" and head.ent_type_ == "ORDINAL":
        return any(c.lower_ in ("a", "another") for c in head.children)     # "a fourth"
    if head.tag_ not in ("NN", "NNP"):
        return False
    told = {c.lower_ for c in head.children if c.dep_ in ("det", "poss")}
    if told & {"a", "an", "another"}:
        return True
    named = any(c.dep_ == "poss" for c in head.children) or told & {"the", "this", "that"}
    return bool(named) and (head.lemma_.lower() in words("person") or _DOER.search(head.lower_) is not None)


def _from_number(numeral: Token, head: Token) -> Figure | None:
    before = [c for c in numeral.lefts if c.dep_ in ("compound", "quantmod", "nummod", "advmod", "amod")]
    near = [c for c in before if not any(t.is_punct and t.text != "-" for t in head.doc[c.i : numeral.i])]
    text = " ".join([*(c.text for c in near if number(c.text) is not None), numeral.text])
    value = number(text)
    if value is None:
        value = number(numeral.text)
    if value is None:
        return None
    if numeral.lower_ == "dozen" and any(c.lower_ == "half" for c in numeral.children):
        value //= 2
    low_words = {t.lower_ for t in head.doc[max(numeral.left_edge.i - 3, head.sent.start) : numeral.i]}
    if {"at", "least"} <= low_words:
        return Figure(value, None)
    if low_words & _MORE and ("than" in low_words or "over" in low_words):
        return Figure(value + 1, None)
    if {"up", "to"} <= low_words or {"at", "most"} <= low_words:
        return Figure(None, value)
    if {"fewer", "than"} <= low_words or {"less", "than"} <= low_words:
        return Figure(None, value - 1)
    span = _range(numeral)
    if span is not None:
        return span
    return Figure(value, value)


def _range(numeral: Token) -> Figure | None:
    """"between six and nine", "six to nine", "6-9"."""
    nearby = [t for t in numeral.doc[max(numeral.i - 3, 0) : numeral.i + 4] if t.tag_ == "CD" and t != numeral]
    for other in nearby:
        low, high = sorted((other, numeral), key=lambda t: t.i)
        between = [t.lower_ for t in numeral.doc[low.i + 1 : high.i]]
        before = low.nbor(-1).lower_ if low.i > 0 else ""
        if between in (["to"], ["-"], ["–"]) or (between == ["and"] and before == "between"):
            first, second = number(low.text), number(high.text)
            if first is not None and second is not None and first < second:
                return Figure(first, second)
    return None


def toll(noun: Token) -> Figure | None:
    """"the death toll at 14", "rose to nine", "a toll of 11": the figure a word for a toll carries."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in ("number", "count", "tally"):
        noun = noun.head.head       # "put the number of dead at 17"
    places = [noun, noun.head] if noun.dep_ in ("dobj", "nsubj", "nsubjpass") else [noun]
    best = None
    for place in places:
        for child in place.children:
            if child.dep_ == "prep" and child.lower_ in ("at", "to", "of", "as"):
                for obj in child.children:
                    found = figure(obj) if child.lower_ == "of" else _one(obj)
                    if obj.dep_ == "pobj" and found is not None:
                        best = found if best is None or child.lower_ in ("to", "at", "as") else best
    return best


__all__ = ["figure", "number", "toll"]
