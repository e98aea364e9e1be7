"""Common nouns: whom they stand for, by their owner, by a group's name beside them, by what the page said before."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.language.phrases import apposed
from trucewatch.model.reading import EntityKind
from trucewatch.reading.entities.cast import Cast, Figure
from trucewatch.reading.entities.naming import Written, choose
from trucewatch.rules.lexicon import Match, Noun, fold, fold_name, phrase_words

Found = tuple[Figure, str]

_DASHES = {"-", "–", "‐", "‑"}
_DEFINITE = {"the", "this", "that", "these", "those"}
_VAGUE = {"a", "an", "some", "several", "many", "few", "any", "another", "other", "no", "one", "two", "three",
          "dozens", "hundreds", "more", "most", "each", "every", "both", "certain", "various", "unnamed",
          "different", "such", "all"}
GROUPS: frozenset[EntityKind] = frozenset({"armed_group", "political_group", "organization", "military", "media"})
_PARTS = {"faction", "wing", "branch", "arm"}
# Collective nouns that, with a group's name before them, are a part of it and not the group.
_LESSER = {"office", "command", "unit", "patrol", "convoy", "brigade", "battalion", "court", "cell", "wing", "column",
           "mission", "delegation", "team", "hospital", "council"}
# Nouns that take up the last body of their kind: "the group", "the agency".
_LAST_NAMED = {"group", "movement", "militia", "faction", "agency", "channel", "organisation", "organization",
               "newspaper", "daily", "station", "outlet", "broadcaster", "party", "paper", "network", "watchdog",
               "monitor", "charity"}
# What many persons of a sector are, together.
_MANY: dict[str, EntityKind] = {"REB": "armed_group", "MIL": "military"}
# The sector of one who speaks or commands for a body of this kind.
_SECTORS: dict[str, str] = {"armed_group": "REB", "military": "MIL"}
_ONE = {"soldier", "drone", "jet", "tank", "gun"}


def read_common(cast: Cast, paragraph: Paragraph, token: Token) -> None:
    """Decides whom a phrase headed by a common noun stands for, and notes it."""
    noun = cast.lexicon.head_kind(token.lower_) or cast.lexicon.head_kind(token.lemma_.lower())
    left = modifiers(token)
    owner = owner_of(cast, paragraph, token, left)
    figure, because = (
        _by_apposition(cast, paragraph, token, noun)
        or by_body(cast, paragraph, token, left, owner)
        or _by_group(cast, paragraph, token, noun, left, owner)
        or _by_page(cast, paragraph, token, noun, left, owner)
        or _nameless(cast, token, noun, left, owner)
    )
    if noun:
        figure.nouns.add(fold(noun.lemma))
        if noun.office and figure.kind == "person" and figure.actor is None:
            _take_side(cast, paragraph, token, figure)
    cast.mention(paragraph, token, figure, "nominal", because)


def _take_side(cast: Cast, paragraph: Paragraph, token: Token, figure: Figure) -> None:
    """"a spokesman for the First Brigade": who holds an office in a fighting body stands on its side."""
    for prep in token.children:
        if prep.dep_ != "prep" or prep.lower_ not in ("of", "for", "with", "from"):
            continue
        for thing in prep.children:
            place = (paragraph.index, thing.i)
            match, written = cast.names.roots.get(place), cast.names.written.get(place)
            group = _entry(cast, match) if match and match.sort == "name" else None
            kind = group.kind if group else written.kind if written else None
            if thing.dep_ == "pobj" and kind in _SECTORS:
                figure.actor = group.actor if group else None
                figure.sector = (group.sector if group else None) or _SECTORS[kind]
                figure.country = figure.country or (group.country if group else None)
                return


# ------------------------------------------------------------------ the words before a noun

def modifiers(token: Token) -> list[Token]:
    """The words that stand before a noun within its phrase."""
    start = token.i
    while start > 0 and not token.doc[start - 1].is_sent_end and _belongs(token.doc[start - 1], token):
        start -= 1
    return list(token.doc[start : token.i])


def _belongs(word: Token, head: Token) -> bool:
    if word.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ") and word.dep_ not in ("amod", "compound", "case"):
        return False
    return head.is_ancestor(word) and word.text not in (",", ";", ":", "“", "”", '"', "(")


def definite(left: list[Token]) -> bool:
    """Whether a phrase points at something known: "the", "this"."""
    return any(w.lower_ in _DEFINITE for w in left)


def _vague(left: list[Token]) -> bool:
    return any(w.lower_ in _VAGUE or w.dep_ == "nummod" for w in left)


def _phrase(left: list[Token], token: Token, after: int) -> tuple[str, ...]:
    """The folded words of the phrase behind its owner, without articles and numbers."""
    first = next((w.i for w in left if w.i > after and w.dep_ not in ("det", "case", "nummod", "punct", "predet")),
                 token.i)
    return phrase_words(token.doc[first : token.i + 1])


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose something is: a state by its adjective, name or seat, or an entity of the page.

    `last` is the owner's last token before the noun, -1 when it stands behind.
    """

    country: str | None
    figure: Figure | None
    last: int
    possessive: bool


def owner_of(cast: Cast, paragraph: Paragraph, token: Token, left: list[Token]) -> Owner | None:
    """The owner that the words round a noun name, if any."""
    for word in left:
        match = cast.names.roots.get((paragraph.index, word.i))
        name = match or cast.names.written.get((paragraph.index, word.i))
        if name is None or _set_apart(cast, name, token) or (match and match.sort == "place"):
            continue
        possessive = word.dep_ == "poss"
        if match and match.sort in ("adjective", "country", "seat"):
            return Owner(match.country, None, match.end - 1, possessive)
        figure = cast.at(paragraph, word) or (_entry(cast, match) if match else None)
        if figure is not None:
            state = figure.country if figure.kind == "person" and figure.sector == "GOV" else None
            return Owner(state, figure, name.end - 1, possessive)
    match = _name_after_of(cast, paragraph, token)
    return Owner(match.country, None, -1, True) if match and match.sort == "country" else None


def _name_after_of(cast: Cast, paragraph: Paragraph, token: Token) -> Match | None:
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            for thing in prep.children:
                if thing.dep_ == "pobj":
                    return cast.names.roots.get((paragraph.index, thing.i))
    return None


def _entry(cast: Cast, match: Match) -> Figure | None:
    entry, _ = choose(match.entries, cast.names, cast.year) if match.entries else (None, False)
    return cast.entry(entry) if entry else None


def _set_apart(cast: Cast, name: Match | Written, head: Token) -> bool:
    """"anti-X", "X-backed", "former X": the name tells of something else than its bearer."""
    tokens = head.doc
    if name.end < len(tokens) and tokens[name.end].text in _DASHES:
        return True
    if name.start > 1 and tokens[name.start - 1].text in _DASHES:
        return True
    around = [*tokens[max(name.start - 1, 0) : name.start], *tokens[name.end : head.i]]
    return any(fold(t.text) in cast.lexicon.apart for t in around)


# ------------------------------------------------------------------ who is meant

def _by_apposition(cast: Cast, paragraph: Paragraph, token: Token, noun: Noun | None) -> Found | None:
    """"X, a spokesman for Y": the role is X; "the agency SANA": the noun is SANA."""
    if noun is None:
        return None
    if token.dep_ == "appos" and token.head.i < token.i:
        host = cast.at(paragraph, token.head)
        if host is not None and host.name and _fits(host, noun):
            return host, "entities:apposition"
    for child in apposed(token):
        if name := _name_beside(cast, paragraph, child, noun):
            return name, "entities:apposition"
    return None


def _name_beside(cast: Cast, paragraph: Paragraph, child: Token, noun: Noun) -> Figure | None:
    """The entity of a name in apposition, when the noun may be said of it."""
    match = cast.names.roots.get((paragraph.index, child.i))
    if match and match.sort in ("name", "surname"):
        entry, _ = choose(match.entries, cast.names, cast.year)
        alike = entry and (entry.kind == noun.kind or (entry.kind in GROUPS and noun.collective))
        return cast.entry(entry) if entry and alike else None
    written = cast.names.written.get((paragraph.index, child.i))
    if written and written.kind in (noun.kind, "other") and noun.kind in ("person", "media", "organization"):
        words = fold_name(written.text)
        full = cast.names.full.get(words[-1:], set()) if len(words) == 1 else set()
        name = next(iter(full)) if len(full) == 1 else written.text
        return cast.figure(f"written:{fold_name(name)}", noun.kind, name=name, resolution="resolved")
    return None


def _fits(figure: Figure, noun: Noun) -> bool:
    if figure.kind == "person" or noun.kind == "person":
        return figure.kind == noun.kind == "person"
    return figure.kind == noun.kind or (figure.kind in GROUPS and noun.collective)


def by_body(
    cast: Cast, paragraph: Paragraph, token: Token, left: list[Token], owner: Owner | None
) -> Found | None:
    """"Syrian army", "Ukraine's military"; with no owner "the army" of the page's own country."""
    if _vague(left) or _two_owners(cast, paragraph, left) or (token.tag_ == "NN" and token.lower_ in _ONE):
        return None
    words = _phrase(left, token, owner.last if owner else -1)
    if owner is not None:
        body = cast.lexicon.force_named(words)
        return (cast.force(owner.country, body), f"force:{body}") if body and owner.country else None
    body = cast.lexicon.force_named(words, bare=True)
    if body is None:
        return None
    named = [f for f in cast.figures if f.body == body and f.name]
    here = [f for f in named if f.country == cast.names.main]
    if len(named) == 1 or here:
        return (here or named)[0], "entities:body_named_before"
    if cast.names.main:
        return by_role(cast, words) or (cast.force(cast.names.main, body), "entities:body_of_the_page")
    return None


def _two_owners(cast: Cast, paragraph: Paragraph, left: list[Token]) -> bool:
    """"Thai and Cambodian troops": the forces of two states are no one's alone."""
    if not left or left[0].i < 2 or left[0].nbor(-1).lower_ != "and":
        return False
    match = cast.names.covers.get((paragraph.index, left[0].i - 2))
    return match is not None and match.sort == "adjective"


def by_role(cast: Cast, words: tuple[str, ...]) -> Found | None:
    """The one body that goes by these words in the page's country: "main opposition council"."""
    if not cast.names.main:
        return None
    found = {e.id: e for e in cast.lexicon.by_role(words, cast.names.main, cast.year) if e.kind != "person"}
    return (cast.entry(*found.values()), "entities:role") if len(found) == 1 else None


def _by_group(
    cast: Cast, paragraph: Paragraph, token: Token, noun: Noun | None, left: list[Token], owner: Owner | None
) -> Found | None:
    """"FARC rebels", "the YPG militia", "the Islamic State group": the group itself."""
    if noun is None or _vague(left):
        return None
    if noun.lemma in _PARTS:
        match = _name_after_of(cast, paragraph, token)
        whole = _entry(cast, match) if match and match.sort == "name" else None
        if whole is not None and whole.kind in GROUPS:
            return whole, "entities:part_of_group"
    group = owner.figure if owner else None
    if owner is None or group is None or group.kind not in GROUPS:
        return None
    if any(fold(w.text) in cast.lexicon.apart and w.nbor().text not in _DASHES for w in left):
        return None
    many = token.tag_ in ("NNS", "NNPS") or noun.number == "plural"
    fighters = many and ((noun.role == "combatant" and not noun.office) or noun.instrument)
    alike = noun.collective and not many and not owner.possessive and noun.lemma not in _LESSER
    troops = (noun.kind == "military" and noun.number == "plural") or noun.lemma in ("artillery", "force")
    return (group, "entities:group_and_noun") if fighters or alike or troops else None


def _by_page(
    cast: Cast, paragraph: Paragraph, token: Token, noun: Noun | None, left: list[Token], owner: Owner | None
) -> Found | None:
    """"the envoy", "the Observatory", "the rebels": whom the page has named so before."""
    if _vague(left) or any((c.dep_ == "prep" and c.lower_ in ("of", "from")) or c.lower_ == "loyal"
                           for c in token.rights):
        return None
    if role := by_role(cast, _phrase(left, token, -1)):
        return role
    many = token.tag_ in ("NNS", "NNPS")
    if noun is None or not definite(left) or (many and noun.role != "combatant"):
        return None
    if owner is not None and owner.country is None:
        return None
    found = _called_so(cast, token, noun, owner.country if owner else None)
    if found and noun.role == "combatant":
        return (found[0], "entities:named_before") if len(found) == 1 else None
    if found and (noun.office or noun.collective):
        return found[0], "entities:named_before"
    if noun.collective and noun.lemma in _LAST_NAMED:
        for seen in reversed(cast.seen):
            if seen.paragraph < paragraph.index - 1:
                break
            if seen.figure.name and _last_of(seen.figure.kind, noun):
                return seen.figure, "entities:last_of_its_kind"
    return None


def _called_so(cast: Cast, token: Token, noun: Noun, country: str | None) -> list[Figure]:
    """Entities with a name that this noun has been said of, or is part of; the latest first."""
    word, lemma = fold(token.text), fold(noun.lemma)
    found = []
    for figure in cast.latest():
        if figure.name is None or (country is not None and figure.country != country and figure.kind != "person"):
            continue
        name = fold_name(figure.name)
        called = lemma in figure.nouns or word in name[-1:] or (noun.collective and lemma in name)
        if called and (_fits(figure, noun) or (noun.role == "combatant" and figure.kind in GROUPS)):
            found.append(figure)
    return found


def _last_of(kind: EntityKind, noun: Noun) -> bool:
    """Whether a noun may take up the last named body of this kind."""
    if noun.lemma == "agency":
        return kind in ("media", "organization")
    if noun.kind == "media":
        return kind == "media"
    if noun.kind in ("armed_group", "political_group"):
        return kind in ("armed_group", "political_group")
    return kind in ("organization", "armed_group")


def _nameless(cast: Cast, token: Token, noun: Noun | None, left: list[Token], owner: Owner | None) -> Found:
    """Somebody or something without a name; the same words, definite or plural, are the same again."""
    plural = token.tag_ in ("NNS", "NNPS") or (noun is not None and noun.number == "plural")
    again = noun is not None and not _vague(left) and (plural or definite(left))
    figure = cast.figure(
        f"noun:{_phrase(left, token, -1)}" if again else "", _nameless_kind(token, noun, plural),
        number="plural" if plural else "either" if noun and noun.collective else "singular")
    if noun is not None:
        figure.gender = figure.gender or noun.gender
        figure.sector = figure.sector or noun.sector
    if owner is not None:
        figure.country = owner.country or (owner.figure.country if owner.figure else None)
        if owner.figure is not None and owner.figure.kind in GROUPS:
            figure.actor, figure.sector = owner.figure.actor, owner.figure.sector or figure.sector
    if figure.country and figure.sector and not figure.actor:
        figure.actor = f"{figure.country} {figure.sector}"
    return figure, "entities:noun"


def _nameless_kind(token: Token, noun: Noun | None, plural: bool) -> EntityKind:
    if token.pos_ == "NUM":
        return "person" if token.lower_ == "one" else "population"
    if noun is None:
        return "other"
    if noun.kind == "person" and plural:
        return _MANY.get(noun.sector or "", "population")
    return noun.kind
