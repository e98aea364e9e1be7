"""Nouns that stand for a place named elsewhere: "the city", "the capital", "the Syrian border"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from trucewatch.gazetteer import Candidate, Gazetteer
from trucewatch.language import Paragraph, Parsed
from trucewatch.reading.places.mention import PlaceMention
from trucewatch.reading.places.namesakes import Page
from trucewatch.reading.places.words import words
from trucewatch.reading.shared import sentence_at


def nominals_in(paragraph: Paragraph, named: list[PlaceMention]) -> Iterator[PlaceMention]:
    """Definite nouns that stand for a place named elsewhere, and lines ("the Russian border")."""
    lists = words()
    taken = {i for m in named if m.placing and m.paragraph == paragraph.index for i in range(m.first, m.last + 1)}
    for token in paragraph.doc:
        noun = token.lower_
        if token.pos_ != "NOUN" or noun not in lists.anaphors | lists.lines:
            continue
        determiner = next((c for c in token.children if c.dep_ == "det" and c.lower_ in ("the", "that", "this")), None)
        if determiner is None:
            continue
        if noun == "capital" and not _plain_capital(token):
            continue
        inside = range(determiner.i, token.i + 1)
        if any(i in taken for i in inside) or _names_itself(token, taken):
            continue
        span = paragraph.span(paragraph.doc[determiner.i : token.i + 1])
        yield PlaceMention(
            span, paragraph.index, determiner.i, token.i, "nominal", noun=noun,
            sentence=sentence_at(paragraph.doc, token.i),
        )


def _plain_capital(noun: Token) -> bool:
    """Not "the former capital", "the capital of the caliphate"."""
    return not any(
        (c.dep_ == "amod" and not c.text[:1].isupper()) or (c.dep_ == "prep" and c.lower_ == "of")
        for c in noun.children
    )


def _names_itself(noun: Token, taken: set[int]) -> bool:
    """"the town of Anadan", "the Castello road": the name is beside the noun."""
    if noun.i + 1 in taken or noun.i - 1 in taken:
        return True
    return any(c.dep_ == "prep" and c.lower_ == "of" and any(p.i in taken for p in c.subtree) for c in noun.children)


def resolve_nominals(
    mentions: list[PlaceMention], parsed: Parsed, page: Page, gazetteer: Gazetteer
) -> tuple[PlaceMention, ...]:
    lists = words()
    done: list[PlaceMention] = []
    for mention in mentions:
        if mention.form == "nominal" and mention.noun not in lists.lines:
            found = _antecedent(mention, done, parsed, page, gazetteer)
            if found is None:
                continue
            mention = replace(mention, candidates=(found,), chosen=found)
        done.append(mention)
    return tuple(done)


def _antecedent(
    mention: PlaceMention, before: list[PlaceMention], parsed: Parsed, page: Page, gazetteer: Gazetteer
) -> Candidate | None:
    doc = parsed.paragraphs[mention.paragraph].doc
    inside = doc[mention.first : mention.last + 1]
    peoples = [c for t in inside if (c := gazetteer.country_of(t.text))]
    if mention.noun == "capital":
        country = peoples[0] if peoples else _main_country(page)
        return gazetteer.capital(country) if country else None
    if mention.noun == "country" and peoples and peoples[0] != "":
        return gazetteer.country(peoples[0])
    listed = words().kinds[mention.noun or ""]
    kinds = set(listed) if listed[0] == "admin1" else set(listed) - {"admin1"}  # "the town" is no province
    if mention.noun in ("area", "region", "district"):
        kinds |= {"town", "village", "quarter", "camp", "region"}
        before = [m for m in before if m.paragraph == mention.paragraph]
    for earlier in reversed(before):
        if earlier.placing and earlier.chosen is not None and earlier.chosen.kind in kinds:
            return earlier.chosen
    if mention.noun == "country" and (country := _main_country(page)):
        return gazetteer.country(country)
    return None


def _main_country(page: Page) -> str | None:
    return max(sorted(page.votes), key=page.share, default=None)
