"""Proper names of a page: what the lexicon knows, what the tagger marks, what stands in capitals.

The lexicon outranks the tagger. A name that neither knows is kept as written, without rank and office.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from trucewatch import gazetteer
from trucewatch.language import Paragraph, Parsed
from trucewatch.model.reading import EntityKind
from trucewatch.rules.lexicon import Entry, Lexicon, Match, fold, fold_name

LOCATIVE = {"in", "at", "near", "from", "to", "around", "outside", "inside", "over", "across", "toward", "towards",
            "into", "through", "between", "off", "via", "throughout", "beyond", "within", "onto", "along"}
_STANDING = {"in", "at", "near", "around", "outside", "inside", "over", "off", "across", "throughout"}
_SPEAKING = {"say", "tell", "add", "note", "warn", "tweet", "write", "recall", "explain", "argue", "reply", "insist"}
_JOINTS = {"-", "–", "'", "’"}
_HEADLINE_WEIGHT = 2
_WEIGHTS = {"country": 2, "adjective": 2, "seat": 1, "place": 2, "name": 1, "surname": 0}


@dataclass(slots=True)
class PageNames:
    """What pass one finds: matches by token, unlisted names by their last token, the page's countries."""

    covers: dict[tuple[int, int], Match] = field(default_factory=dict)
    roots: dict[tuple[int, int], Match] = field(default_factory=dict)
    written: dict[tuple[int, int], Written] = field(default_factory=dict)
    countries: Counter[str] = field(default_factory=Counter)
    full: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    given: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    main: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A name as the page writes it, tokens `[start, end)`, with the kind that its shape suggests."""

    start: int
    end: int
    text: str
    kind: EntityKind
    because: str


def page_names(parsed: Parsed, lexicon: Lexicon) -> PageNames:
    """Every name of the page; pass one of two."""
    names = PageNames()
    for paragraph in parsed.paragraphs:
        weight = _HEADLINE_WEIGHT if paragraph.headline else 1
        for match in lexicon.matches(paragraph.doc):
            if _of_another(paragraph.doc, match, lexicon):
                continue
            root = head_of(paragraph.doc, match.start, match.end)
            names.roots[paragraph.index, root.i] = match
            for i in range(match.start, match.end):
                names.covers[paragraph.index, i] = match
            _weigh(names.countries, match, weight)
    names.main = _main_country(names.countries)
    small = {word for word in parsed.document.text.split() if word.islower()}
    for paragraph in parsed.paragraphs:
        _unlisted(paragraph, names, lexicon, small)
    return names


def _of_another(doc: Doc, match: Match, lexicon: Lexicon) -> bool:
    """A family name after a given name that is not its bearer's: another person's."""
    if match.sort not in ("name", "surname") or not match.entries or match.entries[0].kind != "person":
        return False
    if match.sort == "name" and len(fold_name(doc[match.start : match.end].text)) > 1:
        return False
    after = doc[match.end] if match.end < len(doc) else None
    if match.sort == "surname" and after is not None and after.pos_ == "PROPN" and after.text[0].isupper() \
            and doc[match.end - 1].dep_ == "compound" and not lexicon.head_kind(after.lower_):
        return True                                 # a given name of somebody else
    before = doc[match.start - 1] if match.start else None
    if before is None or before.pos_ != "PROPN" or not before.text[0].isupper() or before.is_sent_end:
        return False
    known = any(fold(before.text) in fold_name(e.name) for e in match.entries)
    noun = lexicon.head_kind(before.lemma_.lower())
    return not known and before.ent_type_ in ("PERSON", "") and before.dep_ in ("compound", "nmod") \
        and fold(before.text) not in lexicon.titles and noun is None and len(before.text) > 1


def head_of(doc: Doc, start: int, end: int) -> Token:
    """The token by which a name hangs in its sentence; the last, where the parse breaks it up."""
    loose = [t for t in doc[start:end] if not start <= t.head.i < end or t.head == t]
    nouns = [t for t in loose if t.pos_ in ("NOUN", "PROPN")]
    return (nouns or loose)[-1]


def _weigh(countries: Counter[str], match: Match, weight: int) -> None:
    if match.sort == "name" and match.entries[0].sector == "LEG":
        return                                      # "the Senate" of whichever country
    if match.country:
        countries[match.country] += weight * _WEIGHTS[match.sort]
    elif len(match.entries) == 1 and match.entries[0].country:
        countries[match.entries[0].country] += weight * _WEIGHTS[match.sort]


def _main_country(countries: Counter[str]) -> str | None:
    """The country at the page's heart: named clearly more than any other."""
    ranked = countries.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.25 * ranked[1][1]):
        return None
    return ranked[0][0]


def choose(entries: tuple[Entry, ...], names: PageNames, year: int | None) -> tuple[Entry | None, bool]:
    """The one entry meant, and whether several remain: by the page's countries, then by the year of office."""
    if len(entries) == 1:
        only = entries[0]
        foreign = only.sector == "LEG" and only.country not in names.countries and only.kind != "person"
        return (None, False) if foreign else (only, False)
    here = [e for e in entries if e.countries() & names.countries.keys()]
    left = _in_office(here, year) or here or _in_office(list(entries), year) or list(entries)
    if len(left) > 1 and names.main:
        left = [e for e in left if names.main in e.countries()] or left
    return (left[0], False) if len(left) == 1 else (None, True)


def _in_office(entries: list[Entry], year: int | None) -> list[Entry]:
    return [e for e in entries if not e.posts or any(p.held(year) for p in e.posts)]


# ------------------------------------------------------------------ names that no list knows

def _unlisted(paragraph: Paragraph, names: PageNames, lexicon: Lexicon, small: set[str]) -> None:
    doc = paragraph.doc
    free = [(paragraph.index, i) not in names.covers for i in range(len(doc))]
    taken: set[int] = set()
    for start, end, label in [*_tagged(doc, free), *_capitals(doc, free)]:
        if any(i in taken for i in range(start, end)):
            continue
        start = _past_titles(doc, start, end, lexicon)
        while end > start and (doc[end - 1].text in ("'s", "’s", "'", "’") or doc[end - 1].is_punct):
            end -= 1
        if start >= end or not any(c.isalpha() for c in doc[start:end].text):
            continue
        while start < end - 1 and (doc[start].pos_ == "ADV" or (doc[start].text.islower()
                                   and doc[start].pos_ in ("AUX", "VERB", "ADP", "DET"))):
            start += 1
        if start == end or (end - start == 1 and doc[start].lower_ in small) or _only_nouns(doc, start, end, lexicon):
            continue                                # a common word in a capital's place
        taken.update(range(start, end))
        root = head_of(doc, start, end)
        written = Written(start, end, doc[start:end].text, *_kind(doc, start, end, label, lexicon, names))
        names.written[paragraph.index, root.i] = written
        if written.kind == "person":
            words = fold_name(written.text)
            if len(words) > 1:
                names.full[lexicon.surname(words) or words[-1:]].add(written.text)
                names.given[words[:1]].add(written.text)


def _tagged(doc: Doc, free: list[bool]) -> Iterator[tuple[int, int, str]]:
    for entity in doc.ents:
        if entity.label_ not in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT"):
            continue
        start, end = entity.start, entity.end
        while start < end and (doc[start].lower_ in ("the", "a", "an") or not free[start]):
            start += 1
        stop = start
        while stop < end and free[stop]:
            stop += 1
        start, stop = _grown(doc, free, start, stop)
        if start < stop and stop >= entity.end and any(t.text[0].isupper() for t in doc[start:stop]):
            yield start, stop, entity.label_


def _grown(doc: Doc, free: list[bool], start: int, end: int) -> tuple[int, int]:
    """A tagged span widened over the rest of a hyphened name and capitals that it left out."""
    while end < len(doc) and free[end] and doc[end].pos_ == "PROPN" and doc[end - 1].pos_ == "PROPN" \
            and (doc[end].text in _JOINTS or doc[end - 1].text in _JOINTS):
        end += 1
    return start, end


def _capitals(doc: Doc, free: list[bool]) -> Iterator[tuple[int, int, str]]:
    """Runs of proper nouns, with lower-case articles and particles inside them."""
    i = 0
    while i < len(doc):
        if not (free[i] and doc[i].pos_ == "PROPN" and doc[i].text[0].isalpha() and doc[i].ent_type_ != "DATE"):
            i += 1
            continue
        start = i
        while i < len(doc) and free[i] and (doc[i].pos_ == "PROPN" or (doc[i].text in _JOINTS and i > start)):
            i += 1
        end = i
        while doc[end - 1].text in _JOINTS:
            end -= 1
        if any(t.text[0].isupper() for t in doc[start:end]):
            yield start, end, ""


def _only_nouns(doc: Doc, start: int, end: int, lexicon: Lexicon) -> bool:
    """"the Secretary", "the Observatory", "Deputy Chief Minister": nouns that a sentence writes in capitals."""
    last = lexicon.head_kind(doc[end - 1].lower_) or lexicon.head_kind(doc[end - 1].lemma_.lower())
    return last is not None and all(fold(t.text) in lexicon.titles for t in doc[start : end - 1])


def _past_titles(doc: Doc, start: int, end: int, lexicon: Lexicon) -> int:
    """The start moved over rank, office and the hyphens between them; a name wholly of titles stays."""
    at = start
    while at < end and (fold(doc[at].text) in lexicon.titles or (doc[at].text in _JOINTS and at > start)
                        or (doc[at].pos_ == "NOUN" and doc[at].text.islower() and lexicon.head_kind(doc[at].lemma_))):
        at += 1
    return at if at < end else start


def _kind(
    doc: Doc, start: int, end: int, label: str, lexicon: Lexicon, names: PageNames
) -> tuple[EntityKind, str]:
    last = doc[end - 1]
    noun = lexicon.head_kind(last.lower_) or lexicon.head_kind(last.lemma_.lower())
    if noun and end - start > 1 and (noun.kind != "person" or label != "PERSON"):
        return noun.kind, "entities:tail_noun"
    root = head_of(doc, start, end)
    beside = _beside(root, lexicon)
    if has_title(doc, start, lexicon) or beside == "person":
        return "person", "entities:title"
    if beside is not None and beside != "place":
        return beside, "entities:apposition"
    locative = root.dep_ == "pobj" and root.head.lower_ in LOCATIVE
    if label in ("GPE", "LOC", "FAC") or (locative and (end - start == 1 or label != "PERSON")) \
            or (locative and root.head.lower_ in _STANDING) or _named_place(root, lexicon):
        return "place", f"tagger:{label or 'place'}"
    if label in ("PERSON", "ORG", "") and root.dep_ != "nsubj" and _in_gazetteer(doc[start:end].text, names):
        return "place", "gazetteer"
    if label == "PERSON" and not any(map(str.isdigit, doc[start:end].text)):
        return "person", "tagger:PERSON"
    if _sounds_human(doc, start, end, root, lexicon):
        return "person", "entities:given_name"
    if label == "NORP":
        return "population", "tagger:NORP"
    if label == "ORG":
        return "organization", "tagger:ORG"
    return "other", "entities:capitals"


def _sounds_human(doc: Doc, start: int, end: int, root: Token, lexicon: Lexicon) -> bool:
    """Two to four names without an article, of which the first is a given name or which do the speaking."""
    words = [t for t in doc[start:end] if t.text not in _JOINTS]
    if not 2 <= len(words) <= 4 or not all(t.text[0].isupper() for t in words) or (
            start and doc[start - 1].lower_ in ("the", "a", "an")):
        return False
    first = fold(words[0].text)
    return first in lexicon.women or first in lexicon.given or (root.dep_ == "nsubj" and root.head.lemma_ in _SPEAKING)


def _named_place(root: Token, lexicon: Lexicon) -> bool:
    """"the village of X", "X district": a noun says that the name is a place's."""
    over = root.head if root.dep_ in ("compound", "nmod", "appos") else \
        root.head.head if root.dep_ == "pobj" and root.head.lower_ == "of" else None
    noun = lexicon.head_kind(over.lemma_.lower()) if over is not None else None
    return noun is not None and noun.kind == "place"


def _in_gazetteer(name: str, names: PageNames) -> bool:
    """Whether the place index knows the name, spelled so, in a country that the page names."""
    return any(c.score >= gazetteer.EXACT and c.country in names.countries for c in gazetteer.open().find(name)[:5])


def has_title(doc: Doc, start: int, lexicon: Lexicon) -> bool:
    """Whether an office or rank stands right before a name."""
    if not start:
        return False
    before = doc[start - 1]
    noun = lexicon.head_kind(before.lemma_.lower())
    return before.head.i >= start and (
        (noun is not None and noun.kind == "person" and before.dep_ in ("compound", "nmod", "appos", "amod"))
        or (fold(before.text) in lexicon.titles and before.text[0].isupper()))


def _beside(root: Token, lexicon: Lexicon) -> EntityKind | None:
    """What a noun in apposition says that a name is: "X, a spokesman for Y", "X, the state news agency"."""
    others = [c for c in root.children if c.dep_ == "appos"] + ([root.head] if root.dep_ == "appos" else [])
    for other in others:
        noun = lexicon.head_kind(other.lemma_.lower())
        if noun is not None and other.tag_ in ("NN", "NNP") and (noun.kind == "person" or noun.collective):
            return noun.kind
    return None
