"""Proper names: persons and bodies, states and places; common nouns are passed on."""

from __future__ import annotations

from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.language.phrases import host_of
from trucewatch.reading.entities.cast import Cast, Figure
from trucewatch.reading.entities.commons import by_body, by_role, definite, modifiers, owner_of, read_common
from trucewatch.reading.entities.naming import Written, choose
from trucewatch.rules.lexicon import Match, fold, fold_name

# Verbs whose subject is a town as a place, not the government that sits there.
_TOWN_VERBS = {"fall", "wake", "see", "come", "remain", "suffer", "be", "become", "stand", "have", "burn",
               "witness", "experience", "host", "celebrate", "brace"}
_MOODS = {"concerned", "ready", "willing", "committed", "determined", "prepared", "responsible", "opposed", "reluctant",
          "eager", "aware", "open", "wary", "keen", "confident", "adamant"}
_ADDRESSED = {"urge", "ask", "accuse", "blame", "press", "tell", "warn", "call", "support", "back", "condemn",
              "criticise", "criticize", "demand", "thank", "pressure", "push", "persuade", "inform", "threaten", "arm",
              "join", "sue", "denounce", "praise", "help", "assist"}


def read_nominal(cast: Cast, paragraph: Paragraph, token: Token) -> None:
    """Decides whom the noun phrase headed by `token` stands for, and notes it."""
    place = (paragraph.index, token.i)
    match = cast.names.roots.get(place)
    if match is not None:
        _matched(cast, paragraph, token, match)
    elif place in cast.names.written:
        _written(cast, paragraph, token, cast.names.written[place])
    else:
        read_common(cast, paragraph, token)


# ------------------------------------------------------------------ names

def _matched(cast: Cast, paragraph: Paragraph, token: Token, match: Match) -> None:
    if match.sort == "name":
        _named(cast, paragraph, token, match)
    elif match.sort == "surname":
        _surname(cast, paragraph, token, match)
    elif match.sort == "place" or match.country is None:
        _place(cast, paragraph, token, match)
    elif match.sort == "seat":
        _seat(cast, paragraph, token, match, match.country)
    elif match.sort == "country" or (token.pos_ == "PROPN" and paragraph.doc[match.start].text.isupper()):
        _country(cast, paragraph, token, match.country)
    elif token.dep_ not in ("amod", "compound", "nmod", "poss", "npadvmod"):
        people = cast.figure(f"people:{match.country}:{fold(token.text)}", "population", country=match.country,
                             number="plural", nouns={"people"})
        cast.mention(paragraph, token, people, "nominal", "entities:demonym")


def _named(cast: Cast, paragraph: Paragraph, token: Token, match: Match) -> None:
    entry, several = choose(match.entries, cast.names, cast.year)
    words = paragraph.doc[match.start : match.end].text
    if cast.lexicon.force_named(fold_name(words)) and (own := _body(cast, paragraph, token)):
        cast.mention(paragraph, token, own[0], "name", own[1])      # "the Kenyan Red Cross"
        return
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
    if not several and token.ent_type_ not in ("PERSON", "ORG"):
        read_common(cast, paragraph, token)
        return
    person = cast.figure(f"written:{fold_name(words)}", "person", name=None if several else words,
                         resolution="ambiguous" if several else "resolved")
    _describe(person, token, match.start, cast)
    cast.mention(paragraph, token, person, "name", "entities:surname")


def _known_person(cast: Cast, paragraph: Paragraph, token: Token, words: str) -> bool:
    """A family name, or a given one, whose only bearer the page names in full."""
    key = fold_name(words)
    full = cast.names.full.get(key, set()) or cast.names.given.get(key, set())
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
    if written.kind != "person":
        body = _body(cast, paragraph, token)
        if body is not None:
            cast.mention(paragraph, token, body[0], "name", body[1])
            return
    host = _apposed(cast, paragraph, token)
    if host is not None and host.name is None and host.kind != "other" \
            and (written.kind == host.kind or (host.kind == "person" and written.kind == "other")):
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


def _body(cast: Cast, paragraph: Paragraph, token: Token) -> tuple[Figure, str] | None:
    left = modifiers(token)
    return by_body(cast, paragraph, token, left, owner_of(cast, paragraph, token, left))


def _short_form(cast: Cast, paragraph: Paragraph, token: Token, written: Written) -> Figure | None:
    """"the Observatory", "the Red Crescent": a body in short, by what it is called here or before."""
    tail = cast.lexicon.head_kind(written.text.split()[-1].lower())
    if tail is None or not tail.collective or any((paragraph.index, t.i) in cast.names.roots for t in token.lefts):
        return None
    words = fold_name(written.text)
    if role := by_role(cast, words):
        return role[0]
    for figure in cast.latest() if definite(modifiers(token)) else ():
        name = fold_name(figure.name or "")
        if len(name) > len(words) and figure.kind != "person" and set(words) <= set(name):
            return figure
    return None


def _is_pseudonym(cast: Cast, paragraph: Paragraph, token: Token, written: Written) -> bool:
    """"the man, who gave his name as X", "who identified himself as X", "known as X": X names the man."""
    head = token.head
    if token.dep_ != "pobj" or head.lower_ != "as":
        return False
    verb = head.head if head.head.pos_ == "VERB" else head.head.head
    if verb.lemma_ not in ("give", "identify", "name", "know", "introduce") or verb.dep_ not in ("relcl", "acl"):
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
    return cast.at(paragraph, host_of(token)) if token.dep_ == "appos" and token.head.i < token.i else None


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

def _place(cast: Cast, paragraph: Paragraph, token: Token, match: Match) -> None:
    name = paragraph.doc[match.start : match.end].text
    figure = cast.figure(f"place:{fold_name(name)}", "place", name=name, country=match.country,
                         resolution="resolved", number="singular")
    cast.mention(paragraph, token, figure, "name", "lexicon:place")


def _seat(cast: Cast, paragraph: Paragraph, token: Token, match: Match, country: str) -> None:
    if _acts(token, town=True):
        cast.mention(paragraph, token, cast.force(country, "government"), "name", "entities:seat_of_government")
    else:
        _place(cast, paragraph, token, match)


def _country(cast: Cast, paragraph: Paragraph, token: Token, country: str) -> None:
    figure = cast.country(country)
    acts = _acts(token, town=False)
    if acts:
        figure.kind = "government"
    cast.mention(paragraph, token, figure, "name", f"lexicon:{country}", "government" if acts else "place")


def _acts(token: Token, *, town: bool) -> bool:
    """Whether a state's name, or its capital's, stands for those who act, by its place in the clause."""
    if town and token.i < 2 and token.i + 2 < len(token.doc) and token.nbor(1).text == ":":
        return not token.nbor(2).like_num       # a headline: "Damascus: no plan to storm the city"
    if token.dep_ == "conj":
        return _acts(token.head, town=town)
    if token.dep_ == "nsubj":
        return not (town and token.head.lemma_ in _TOWN_VERBS and not _of_will(token.head))
    if token.dep_ == "nsubjpass":
        return not town or token.head.lower_ in _MOODS
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


def _of_will(verb: Token) -> bool:
    """"has no plan", "is ready to": only those who govern have plans and moods."""
    return any((c.dep_ == "dobj" and verb.lemma_ == "have") or (c.dep_ == "neg" and verb.lemma_ == "have")
               or (c.dep_ == "acomp" and c.lemma_ in _MOODS) for c in verb.children)


