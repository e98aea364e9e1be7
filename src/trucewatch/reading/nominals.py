"""Noun phrases: names, and common nouns with what stands round them."""

from __future__ import annotations

from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.model.reading import EntityKind
from trucewatch.reading.cast import Cast, Figure
from trucewatch.reading.naming import LOCATIVE, Written, choose
from trucewatch.rules.lexicon import Match, Noun, fold, fold_name, phrase_words

_DASHES = {"-", "–", "‐", "‑"}
_MODIFIES = {"amod", "compound", "nmod", "poss", "npadvmod", "nummod", "advmod", "appos"}
_DEFINITE = {"the", "this", "that", "these", "those"}
_VAGUE = {"a", "an", "some", "several", "many", "few", "any", "another", "other", "no", "one", "two", "three",
          "dozens", "hundreds", "more", "most", "each", "every", "both", "certain", "various", "unnamed",
          "different", "such", "all"}
_GROUPISH = {"armed_group", "political_group", "organization", "military", "media", "population"}
_GROUPS: frozenset[EntityKind] = frozenset({"armed_group", "political_group", "organization", "military", "media"})
_PARTS = {"faction", "wing", "branch", "arm"}
# Verbs whose subject is a town as a place, not the government that sits there.
_TOWN_VERBS = {"fall", "wake", "see", "lie", "come", "remain", "suffer", "be", "become", "stand", "have", "burn",
               "witness", "experience", "host", "celebrate", "brace"}
_ADDRESSED = {"urge", "ask", "accuse", "blame", "press", "tell", "warn", "call", "support", "back", "condemn",
              "criticise", "criticize", "demand", "thank", "pressure", "push", "persuade", "inform", "threaten", "arm",
              "join", "sue", "denounce", "praise", "help", "assist"}
_TOWARDS = {"with", "against", "by", "between", "to", "from", "for"}


def read_nominal(cast: Cast, paragraph: Paragraph, token: Token) -> None:
    """Decides whom the noun phrase headed by `token` stands for, and notes it."""
    place = (paragraph.index, token.i)
    match = cast.names.roots.get(place)
    if match is not None:
        _matched(cast, paragraph, token, match)
    elif place in cast.names.written:
        _written(cast, paragraph, token, cast.names.written[place])
    else:
        _common(cast, paragraph, token)


# ------------------------------------------------------------------ names

def _matched(cast: Cast, paragraph: Paragraph, token: Token, match: Match) -> None:
    if match.sort == "name":
        _named(cast, paragraph, token, match)
    elif match.sort == "surname":
        _surname(cast, paragraph, token, match)
    elif match.sort == "place" or match.country is None:
        _place(cast, paragraph, token, match.country)
    elif match.sort == "seat":
        _seat(cast, paragraph, token, match.country)
    elif match.sort == "country" or token.pos_ == "PROPN" and paragraph.doc[match.start].text.isupper():
        _country(cast, paragraph, token, match.country)
    elif token.dep_ not in ("amod", "compound", "nmod", "poss", "npadvmod"):
        people = cast.figure(f"people:{match.country}:{fold(token.text)}", "population", country=match.country,
                             number="plural", nouns={"people"})
        cast.mention(paragraph, token, people, "nominal", "entities:demonym")


def _named(cast: Cast, paragraph: Paragraph, token: Token, match: Match) -> None:
    entry, several = choose(match.entries, cast.names, cast.year)
    words = paragraph.doc[match.start : match.end].text
    if entry is None:
        kind = match.entries[0].kind
        unsure = cast.figure(f"written:{fold_name(words)}", kind, number="either",
                             resolution="ambiguous" if several else "unresolved")
        cast.mention(paragraph, token, unsure, "name", "entities:several_entries")
        return
    figure = cast.entry(entry)
    _describe(figure, token, match.start, cast)
    cast.mention(paragraph, token, figure, "name", f"lexicon:{entry.id}")


def _surname(cast: Cast, paragraph: Paragraph, token: Token, match: Match) -> None:
    words = paragraph.doc[match.start : match.end].text
    if _known_person(cast, paragraph, token, words):
        return
    near = tuple(e for e in match.entries if e.countries() & cast.names.countries.keys())
    entry, several = choose(near, cast.names, cast.year) if near else (None, False)
    if entry is not None and (token.pos_ == "PROPN" or cast.known(f"lexicon:{entry.id}")):
        figure = cast.entry(entry)
        _describe(figure, token, match.start, cast)
        cast.mention(paragraph, token, figure, "name", f"lexicon:{entry.id}")
        return
    person = cast.figure(f"written:{fold_name(words)}", "person", name=None if several else words,
                         resolution="ambiguous" if several else "resolved")
    _describe(person, token, match.start, cast)
    cast.mention(paragraph, token, person, "name", "entities:surname")


def _known_person(cast: Cast, paragraph: Paragraph, token: Token, words: str) -> bool:
    """A family name whose bearer the page names in full."""
    key = fold_name(words)
    full = cast.names.full.get(key, set())
    if len(full) != 1:
        return False
    (name,) = full
    figure = cast.figure(f"written:{fold_name(name)}", "person", name=name, resolution="resolved")
    cast.mention(paragraph, token, figure, "name", "entities:family_name")
    return True


def _written(cast: Cast, paragraph: Paragraph, token: Token, written: Written) -> None:
    if _is_pseudonym(cast, paragraph, token, written):
        return
    words = fold_name(written.text)
    if len(words) == 1 and _known_person(cast, paragraph, token, written.text):
        return
    left = _modifiers(token)
    body = _by_body(cast, token, left, _owner(cast, paragraph, token, left)) if written.kind != "person" else None
    if body is not None:
        cast.mention(paragraph, token, body[0], "name", body[1])
        return
    host = _apposed(cast, paragraph, token)
    if host is not None and host.name is None and host.kind != "other" \
            and (written.kind == host.kind or host.kind == "person" and written.kind == "other"):
        host.name, host.resolution = written.text, "resolved"
        cast.mention(paragraph, token, host, "name", "entities:apposition")
        return
    known = _initials(cast, written.text) or _short_form(cast, paragraph, token, written)
    if known is not None:
        cast.mention(paragraph, token, known, "name", "entities:short_form")
        return
    named = written.kind not in ("other", "population")
    woman = written.kind == "person" and words[0] in cast.lexicon.women
    figure = cast.figure(f"written:{words}", written.kind, name=written.text if named else None,
                         resolution="resolved" if named else "unresolved",
                         number="singular" if written.kind == "person" else "either",
                         gender="f" if woman else None)
    if figure.kind in ("other", "organization") and written.kind == "person":
        figure.kind, figure.name, figure.resolution = "person", written.text, "resolved"
    _describe(figure, token, written.start, cast)
    cast.mention(paragraph, token, figure, "name", written.because)


def _initials(cast: Cast, text: str) -> Figure | None:
    """The entity whose name begins with these capitals: "HNC" after "High Negotiations Committee"."""
    if not (2 <= len(text) <= 6 and text.isupper() and text.isalpha()):
        return None
    for figure in cast.figures:
        words = [w for w in (figure.name or "").replace("-", " ").split() if w[0].isupper()]
        if len(words) == len(text) and "".join(w[0] for w in words) == text:
            return figure
    return None


def _short_form(cast: Cast, paragraph: Paragraph, token: Token, written: Written) -> Figure | None:
    """"the Observatory", "the Red Crescent": a body in short, by what it is called here or before."""
    tail = cast.lexicon.head_kind(written.text.split()[-1].lower())
    if tail is None or not tail.collective or any((paragraph.index, t.i) in cast.names.roots for t in token.lefts):
        return None
    words = fold_name(written.text)
    if role := _by_role(cast, words):
        return role[0]
    for figure in cast.latest() if _definite(_modifiers(token)) else ():
        name = fold_name(figure.name or "")
        if len(name) > len(words) and figure.kind != "person" and set(words) <= set(name):
            return figure
    return None


def _is_pseudonym(cast: Cast, paragraph: Paragraph, token: Token, written: Written) -> bool:
    """"the man, who gave his name as X", "who identified himself as X": X names the man."""
    head = token.head
    if token.dep_ != "pobj" or head.lower_ != "as":
        return False
    verb = head.head if head.head.pos_ == "VERB" else head.head.head
    if verb.lemma_ not in ("give", "identify", "name") or verb.dep_ not in ("relcl", "acl"):
        return False
    figure = cast.at(paragraph, verb.head)
    if figure is None or figure.name is not None:
        return False
    figure.name, figure.resolution = written.text, "resolved"
    cast.names.full[fold_name(written.text)[-1:]].add(written.text)
    cast.mention(paragraph, token, figure, "name", "entities:gave_name")
    return True


def _apposed(cast: Cast, paragraph: Paragraph, token: Token) -> Figure | None:
    """The entity of the noun that this name stands beside in apposition."""
    return cast.at(paragraph, token.head) if token.dep_ == "appos" and token.head.i < token.i else None


def _describe(figure: Figure, token: Token, start: int, cast: Cast) -> None:
    """Notes the offices and ranks before a name, and what they say of number and gender."""
    for word in token.doc[token.left_edge.i : start]:
        noun = cast.lexicon.head_kind(word.lemma_.lower())
        if noun and noun.kind == "person" and word.pos_ in ("NOUN", "PROPN"):
            figure.nouns.add(fold(noun.lemma))
            figure.sector = figure.sector or noun.sector
    for child in token.children:
        if child.dep_ == "appos" and (noun := cast.lexicon.head_kind(child.lemma_.lower())):
            figure.nouns.add(fold(noun.lemma))
    if figure.kind == "person" and figure.gender is None:
        before = {w.lower_.rstrip(".") for w in token.doc[max(start - 2, 0) : start]}
        figure.gender = "f" if before & {"mrs", "ms", "miss", "spokeswoman", "lady", "queen"} else None


# ------------------------------------------------------------------ states and places

def _place(cast: Cast, paragraph: Paragraph, token: Token, country: str | None) -> None:
    figure = cast.figure(f"place:{fold_name(token.text)}", "place", name=token.text, country=country,
                         resolution="resolved", number="singular")
    cast.mention(paragraph, token, figure, "name", "lexicon:place")


def _seat(cast: Cast, paragraph: Paragraph, token: Token, country: str) -> None:
    if _acts(token, town=True):
        cast.mention(paragraph, token, cast.force(country, "government"), "name", "entities:seat_of_government")
    else:
        _place(cast, paragraph, token, country)


def _country(cast: Cast, paragraph: Paragraph, token: Token, country: str) -> None:
    figure = cast.country(country)
    acts = _acts(token, town=False)
    if acts:
        figure.kind = "government"
    cast.mention(paragraph, token, figure, "name", f"lexicon:{country}", "government" if acts else "place")


def _acts(token: Token, *, town: bool) -> bool:
    """Whether a state's name, or its capital's, stands for those who act, by its place in the clause."""
    if token.dep_ == "conj":
        return _acts(token.head, town=town)
    if token.dep_ == "nsubj":
        return not (town and token.head.lemma_ in _TOWN_VERBS and not _has_negated_will(token.head))
    if token.dep_ == "nsubjpass":
        return not town
    if token.dep_ in ("dobj", "dative"):
        return token.head.lemma_ in _ADDRESSED
    if token.dep_ == "pobj":
        if token.head.dep_ == "agent" or token.head.lower_ in ("with", "against", "between"):
            return True
        return token.head.lower_ == "to" and token.head.head.lower_ == "according"
    if token.dep_ == "poss":
        noun = token.head
        return noun.tag_ in ("NN", "NNS") and noun.lemma_ in (
            "gun", "ally", "envoy", "position", "claim", "offer", "stance", "decision", "intervention", "support",
            "proposal", "demand", "response", "policy", "force", "troop", "war", "campaign", "foe", "rival")
    return False


def _has_negated_will(verb: Token) -> bool:
    return verb.lemma_ == "have" and any(c.dep_ in ("dobj", "neg") for c in verb.children)


# ------------------------------------------------------------------ common nouns

def _common(cast: Cast, paragraph: Paragraph, token: Token) -> None:
    noun = cast.lexicon.head_kind(token.lower_) or cast.lexicon.head_kind(token.lemma_.lower())
    left = _modifiers(token)
    owner = _owner(cast, paragraph, token, left)
    figure, because = (
        _by_apposition(cast, paragraph, token, noun)
        or _by_body(cast, token, left, owner)
        or _by_group(cast, paragraph, token, noun, left, owner)
        or _by_page(cast, paragraph, token, noun, left, owner)
        or _nameless(cast, token, noun, left, owner)
    )
    if noun:
        figure.nouns.add(fold(noun.lemma))
    cast.mention(paragraph, token, figure, "nominal", because)


def _modifiers(token: Token) -> list[Token]:
    """The words that stand before a noun within its phrase."""
    start = token.i
    while start > 0 and not token.doc[start - 1].is_sent_end and _belongs(token.doc[start - 1], token):
        start -= 1
    return list(token.doc[start : token.i])


def _belongs(word: Token, head: Token) -> bool:
    if word.pos_ in ("VERB", "AUX", "ADP", "CCONJ", "SCONJ") and word.dep_ not in ("amod", "compound", "case"):
        return False
    return head.is_ancestor(word) and word.text not in (",", ";", ":", "“", "”", '"', "(")


class _Owner:
    """Whose something is: a state by its adjective, name or seat, or an entity of the page."""

    __slots__ = ("country", "figure", "last", "possessive")

    def __init__(self, country: str | None, figure: Figure | None, last: int, possessive: bool) -> None:
        self.country, self.figure, self.last, self.possessive = country, figure, last, possessive


def _owner(cast: Cast, paragraph: Paragraph, token: Token, left: list[Token]) -> _Owner | None:
    doc = paragraph.doc
    for word in left:
        match = cast.names.roots.get((paragraph.index, word.i))
        written = cast.names.written.get((paragraph.index, word.i))
        if (match is None and written is None) or _set_apart(cast, doc, match or written, token):  # type: ignore[arg-type]
            continue
        possessive = word.dep_ == "poss"
        end = match.end if match else word.i + 1
        if match and match.sort in ("adjective", "country", "seat") and match.country:
            return _Owner(match.country, None, end - 1, possessive)
        if match and match.sort == "place":
            continue
        figure = cast.at(paragraph, word)
        if figure is None and match and match.entries:
            entry, _ = choose(match.entries, cast.names, cast.year)
            figure = cast.entry(entry) if entry else None
        if figure is not None:
            state = figure.country if figure.kind == "person" and figure.sector == "GOV" else None
            return _Owner(state, figure, end - 1, possessive)
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            for thing in prep.children:
                match = cast.names.roots.get((paragraph.index, thing.i))
                if match and match.sort == "country" and thing.dep_ == "pobj":
                    return _Owner(match.country, None, -1, True)
    return None


def _set_apart(cast: Cast, doc: object, name: Match | Written, head: Token) -> bool:
    """"anti-X", "X-backed", "former X": the name tells of something else than its bearer."""
    tokens = head.doc
    if name.end < len(tokens) and tokens[name.end].text in _DASHES:
        return True
    if name.start > 1 and tokens[name.start - 1].text in _DASHES:
        return True
    around = [*tokens[max(name.start - 1, 0) : name.start], *tokens[name.end : head.i]]
    return any(fold(t.text) in cast.lexicon.apart for t in around)


def _phrase(left: list[Token], token: Token, after: int) -> tuple[str, ...]:
    """The folded words of the phrase behind its owner, without articles and numbers."""
    first = next((w.i for w in left if w.i > after and w.dep_ not in ("det", "case", "nummod", "punct", "predet")),
                 token.i)
    return phrase_words(token.doc[first : token.i + 1])


def _vague(left: list[Token]) -> bool:
    return any(w.lower_ in _VAGUE or w.dep_ == "nummod" for w in left)


def _definite(left: list[Token]) -> bool:
    return any(w.lower_ in _DEFINITE for w in left)


def _by_apposition(
    cast: Cast, paragraph: Paragraph, token: Token, noun: Noun | None
) -> tuple[Figure, str] | None:
    """"X, a spokesman for Y": the role is X; "the agency SANA": the noun is SANA."""
    if noun is None:
        return None
    if token.dep_ == "appos" and token.head.i < token.i:
        host = cast.at(paragraph, token.head)
        if host is not None and host.name and _fits(host, noun):
            return host, "entities:apposition"
    for child in token.children:
        if child.dep_ != "appos" or child.i < token.i:
            continue
        match = cast.names.roots.get((paragraph.index, child.i))
        if match and match.sort in ("name", "surname"):
            entry, _ = choose(match.entries, cast.names, cast.year)
            if entry and (entry.kind == noun.kind or (entry.kind in _GROUPS and noun.collective)):
                return cast.entry(entry), "entities:apposition"
        written = cast.names.written.get((paragraph.index, child.i))
        if written and written.kind in (noun.kind, "other") and noun.kind in ("person", "media", "organization"):
            words = fold_name(written.text)
            full = cast.names.full.get(words[-1:], set()) if len(words) == 1 else set()
            name = next(iter(full)) if len(full) == 1 else written.text
            return cast.figure(f"written:{fold_name(name)}", noun.kind, name=name,
                               resolution="resolved"), "entities:apposition"
    return None


def _fits(figure: Figure, noun: Noun) -> bool:
    if figure.kind == "person" or noun.kind == "person":
        return figure.kind == noun.kind == "person"
    return figure.kind == noun.kind or (figure.kind in _GROUPS and noun.collective)


def _by_body(cast: Cast, token: Token, left: list[Token], owner: _Owner | None) -> tuple[Figure, str] | None:
    """"Syrian army", "Ukraine's military"; with no owner "the army" of the page's own country."""
    if _vague(left) or token.tag_ == "NN" and token.lower_ in ("soldier", "drone", "jet", "tank", "gun"):
        return None
    if owner is not None:
        words = _phrase(left, token, owner.last)
        body = cast.lexicon.force_named(words)
        if body is None or owner.country is None:
            return None
        return cast.force(owner.country, body), f"force:{body}"
    words = _phrase(left, token, -1)
    body = cast.lexicon.force_named(words, bare=True)
    if body is None:
        return None
    named = [f for f in cast.figures if f.body == body and f.name]
    here = [f for f in named if f.country == cast.names.main]
    if len(named) == 1 or here:
        return (here or named)[0], "entities:body_named_before"
    if cast.names.main:
        role = _by_role(cast, words)
        return role or (cast.force(cast.names.main, body), "entities:body_of_the_page")
    return None


def _by_role(cast: Cast, words: tuple[str, ...]) -> tuple[Figure, str] | None:
    found = {e.id: e for e in cast.lexicon.by_role(words, cast.names.main, cast.year)
             if e.kind != "person"} if cast.names.main else {}
    if len(found) == 1:
        (entry,) = found.values()
        return cast.entry(entry), "entities:role"
    return None


def _by_group(
    cast: Cast, paragraph: Paragraph, token: Token, noun: Noun | None, left: list[Token], owner: _Owner | None
) -> tuple[Figure, str] | None:
    """"FARC rebels", "the YPG militia", "the Islamic State group": the group itself."""
    if noun is not None and noun.lemma in _PARTS and (whole := _of_whom(cast, paragraph, token)):
        return whole, "entities:part_of_group"
    group = owner.figure if owner else None
    if group is None or noun is None or group.kind not in _GROUPS or _vague(left):
        return None
    many = token.tag_ in ("NNS", "NNPS") or noun.number == "plural"
    plain = owner is not None and not owner.possessive
    fighters = many and (noun.role == "combatant" and not noun.office or noun.instrument)
    alike = plain and noun.collective and not many and noun.kind in (group.kind, *_GROUPS) \
        and noun.lemma not in ("office", "command", "unit", "patrol", "convoy", "brigade", "battalion", "court",
                               "cell", "wing", "column", "mission", "delegation", "team", "hospital", "council")
    troops = noun.kind == "military" and noun.number == "plural" or noun.lemma in ("artillery", "force")
    if any(fold(w.text) in cast.lexicon.apart and w.nbor().text not in _DASHES for w in left):
        return None
    return (group, "entities:group_and_noun") if fighters or alike or troops else None


def _by_page(
    cast: Cast, paragraph: Paragraph, token: Token, noun: Noun | None, left: list[Token], owner: _Owner | None,
) -> tuple[Figure, str] | None:
    """"the envoy", "the Observatory", "the rebels": whom the page has named so before."""
    if _vague(left) or any(c.dep_ == "prep" and c.lower_ in ("of", "from") or c.lower_ == "loyal"
                           for c in token.rights):
        return None
    words = _phrase(left, token, -1)
    if owner is None and (role := _by_role(cast, words)):
        return role
    if not _definite(left) or noun is None:
        return None
    country = owner.country if owner else None
    if owner is not None and owner.figure is not None and country is None:
        return None
    found: list[Figure] = []
    for figure in cast.latest():
        if figure.name is None:
            continue
        if fold(noun.lemma) in figure.nouns or fold(token.text) in fold_name(figure.name)[-1:] \
                or (noun.collective and fold(noun.lemma) in fold_name(figure.name)):
            if country is None or figure.country == country or figure.kind == "person":
                if _fits(figure, noun) or noun.role == "combatant" and figure.kind in _GROUPS:
                    found.append(figure)
    if noun.kind == "person" and token.tag_ in ("NNS", "NNPS") and noun.role != "combatant":
        return None
    if noun.role == "combatant" and len(found) != 1:
        return None
    if found and (noun.office or noun.collective or noun.role == "combatant"):
        return found[0], "entities:named_before"
    if noun.collective and noun.kind in ("armed_group", "political_group", "organization", "media") \
            and noun.lemma in ("group", "movement", "militia", "faction", "agency", "channel", "organisation",
                               "organization", "newspaper", "daily", "station", "outlet", "broadcaster", "party",
                               "paper", "network", "watchdog", "monitor"):
        recent = [s.figure for s in reversed(cast.seen) if s.figure.name and s.paragraph >= paragraph.index - 1
                  and _alike(s.figure.kind, noun)]
        if recent:
            return recent[0], "entities:last_of_its_kind"
    return None


def _of_whom(cast: Cast, paragraph: Paragraph, token: Token) -> Figure | None:
    """The group that a faction, wing or branch is said to be of."""
    for prep in token.children:
        if prep.dep_ == "prep" and prep.lower_ == "of":
            for thing in prep.children:
                match = cast.names.roots.get((paragraph.index, thing.i))
                if thing.dep_ == "pobj" and match and match.sort == "name" and match.entries[0].kind in _GROUPS:
                    entry, _ = choose(match.entries, cast.names, cast.year)
                    return cast.entry(entry) if entry else None
    return None


def _alike(kind: EntityKind, noun: Noun) -> bool:
    if noun.kind == "media" or noun.lemma == "agency":
        return kind in ("media",) or noun.lemma == "agency" and kind == "organization"
    if noun.kind in ("armed_group", "political_group"):
        return kind in ("armed_group", "political_group")
    return kind in ("organization", "armed_group")


def _nameless(
    cast: Cast, token: Token, noun: Noun | None, left: list[Token], owner: _Owner | None
) -> tuple[Figure, str]:
    """Somebody or something without a name; the same words, definite or plural, are the same again."""
    plural = token.tag_ in ("NNS", "NNPS") or (noun is not None and noun.number == "plural")
    words = _phrase(left, token, -1)
    again = not _vague(left) and (plural or _definite(left)) and noun is not None
    kind: EntityKind = noun.kind if noun else "other"
    if kind == "person" and plural:
        kind = "armed_group" if noun and noun.sector == "REB" else \
            "military" if noun and noun.sector == "MIL" else "population"
    if token.pos_ == "NUM":
        kind = "population"
    figure = cast.figure(
        f"noun:{words}" if again else "", kind, number="plural" if plural else
        "either" if noun and noun.collective else "singular")
    figure.instrument = bool(noun and noun.instrument)
    figure.gender = figure.gender or (noun.gender if noun else None)
    figure.sector = figure.sector or (noun.sector if noun else None)
    if owner is not None:
        figure.country = owner.country or (owner.figure.country if owner.figure else None)
        if owner.figure is not None and owner.figure.kind in _GROUPS:
            figure.actor, figure.sector = owner.figure.actor, owner.figure.sector or figure.sector
    if figure.country and figure.sector and not figure.actor:
        figure.actor = f"{figure.country} {figure.sector}"
    return figure, "entities:noun"
