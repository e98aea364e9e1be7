"""The word lists of places, and questions to a token that they answer."""

from __future__ import annotations

import unicodedata
from functools import cache

import msgspec
from spacy.tokens import Doc, Token

from trucewatch.rules.loader import load


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kinds: dict[str, list[str]]
    parts_of_names: dict[str, list[str]]
    roads_of_names: set[str]
    nature: set[str]
    anaphors: set[str]
    roads: set[str]
    lines: set[str]
    locative: set[str]
    placing: set[str]
    leaving: set[str]
    near: set[str]
    vicinity: set[str]
    bearings: dict[str, str]
    titles: set[str]
    bodies: set[str]
    common: set[str]
    peoples: set[str]
    beside: set[str]
    facilities: set[str]
    portions: set[str]
    striking: set[str]
    strikes: set[str]
    storming: set[str]
    lasting: set[str]
    resulting: set[str]
    hosting: set[str]
    quarters: set[str]
    abstract: set[str]
    carrying: set[str]
    other_scene: set[str]
    speech: set[str]

    @property
    def things(self) -> set[str]:
        """Last words of the names of roads, waters, woods and counties."""
        return self.roads_of_names | self.nature


@cache
def words() -> Words:
    return load("toponyms", Words)


def is_person(token: Token) -> bool:
    return token.ent_type_ == "PERSON" or token.lower_ in words().titles


def geographic(token: Token) -> bool:
    lists = words()
    lemma = token.lemma_.lower()
    return lemma in lists.kinds or lemma in lists.roads or lemma in lists.vicinity or token.lower_ in lists.bearings


def facility(token: Token) -> bool:
    return token.lemma_.lower() in words().facilities


def bearing(token: Token) -> bool:
    return token.lower_ in words().bearings


def verb_of(token: Token) -> Token:
    while token.head != token and (token.pos_ not in ("VERB", "AUX") or token.dep_ in ("amod", "aux", "auxpass")):
        token = token.head
    return token


def other_script(word: str) -> bool:
    """A word in letters that are not Latin: the name before, once more in its own script ("Mayadin, الميادين")."""
    return not word.isascii() and word.isalpha() and not any(unicodedata.name(c, "").startswith("LATIN") for c in word)


def noun_beside(doc: Doc, first: int, last: int) -> str | None:
    """The common noun that says what the name names: "Nihm district", "the town of Anadan", "Aleppo city"."""
    kinds = words().kinds
    after = doc[last + 1] if last + 1 < len(doc) else None
    if after is not None and after.lower_ in kinds:
        return after.lower_
    if first >= 2 and doc[first - 1].lower_ == "of" and doc[first - 2].lemma_.lower() in kinds:
        return doc[first - 2].lemma_.lower()
    if first >= 1 and doc[first - 1].lower_ in kinds:
        return doc[first - 1].lower_
    return None
