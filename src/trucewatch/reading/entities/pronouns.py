"""Pronouns: who they stand for on the page, or nobody that a reader could name."""

from __future__ import annotations

from itertools import islice, takewhile

from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.reading.entities.cast import Cast, Figure, Seen

_HE = {"he", "him", "his", "himself"}
_SHE = {"she", "her", "hers", "herself"}
_IT = {"it", "its", "itself"}
_THEY = {"they", "them", "their", "theirs", "themselves"}
_SPEAKER = {"i", "me", "my", "we", "us", "our", "myself", "ourselves", "mine", "ours"}
_RELATIVE = {"who", "which", "whom", "that", "whose"}
_BODIES = {"government", "military", "armed_group", "political_group", "organization", "media"}
# How many mentions back a pronoun may reach.
_FARTHEST = 100
_OPEN = {"“", "«"}
_CLOSE = {"”", "»"}


def read_pronoun(cast: Cast, paragraph: Paragraph, token: Token) -> None:
    """Notes whom a pronoun stands for; one without an owner is an entity of its own, unresolved."""
    word = token.lower_
    if word in _RELATIVE:
        _relative(cast, paragraph, token)
        return
    if token.dep_ == "expl" or word in ("there", "here"):
        return
    thing = word == "it" and token.dep_ not in ("nsubj", "nsubjpass")      # more often a thing than a body
    if word in _HE | _SHE | _IT | _THEY and not thing and not _expletive(token):
        found = _candidates(cast, paragraph, token)
        if len(found) == 1:
            cast.mention(paragraph, token, found[0], "pronoun", "pronouns:nearest_fit")
            return
        unsure = cast.figure("", "person" if word in _HE | _SHE else "other",
                             resolution="ambiguous" if found else "unresolved",
                             gender="m" if word in _HE else "f" if word in _SHE else None,
                             number="plural" if word in _THEY else "singular")
        _carry_on(cast, paragraph, token, unsure)
        return
    cast.mention(paragraph, token, cast.figure("", "other"), "pronoun", "pronouns:no_owner")


def _carry_on(cast: Cast, paragraph: Paragraph, token: Token, unsure: Figure) -> None:
    """An ownerless pronoun goes on standing for the same unknown within its paragraph."""
    for seen in reversed(cast.seen):
        if seen.paragraph != paragraph.index:
            break
        figure = seen.figure
        if seen.form == "pronoun" and figure.name is None and figure.gender == unsure.gender \
                and figure.number == unsure.number and figure.kind == unsure.kind and figure.kind == "person":
            unsure = figure
            break
    cast.mention(paragraph, token, unsure, "pronoun", "pronouns:no_owner")


def _relative(cast: Cast, paragraph: Paragraph, token: Token) -> None:
    verb = token
    while verb.dep_ not in ("relcl", "acl") and verb.head != verb:
        verb = verb.head
    figure = cast.at(paragraph, verb.head) if verb.dep_ in ("relcl", "acl") else None
    if figure is not None:
        cast.mention(paragraph, token, figure, "pronoun", "pronouns:relative")


def _expletive(token: Token) -> bool:
    """"it is likely that", "it was unclear": nothing is meant by the pronoun."""
    verb = token.head
    empty = token.dep_ == "nsubjpass" or verb.lemma_ in ("be", "seem", "appear", "remain", "become")
    return token.lower_ == "it" and token.dep_ in ("nsubj", "nsubjpass") and empty and \
        any(c.dep_ in ("ccomp", "advcl", "csubj", "xcomp") and c.i > verb.i for c in verb.children)


def _candidates(cast: Cast, paragraph: Paragraph, token: Token) -> list[Figure]:
    """The likeliest owners: first in the sentence, then subjects of the one before, then the rest near by.

    Returns one when it is clear, several when it is not, none when nobody fits.
    """
    near = takewhile(lambda s: paragraph.index - s.paragraph <= 1, reversed(cast.seen))
    fitting = [s for s in islice(near, _FARTHEST) if _fits(s.figure, token) and not _governs(s, paragraph, token)]
    here = [s for s in fitting if s.sentence == cast.sentence]
    tiers = [
        [s for s in here if s.subject], here,
        [s for s in fitting if s.sentence == cast.sentence - 1 and s.paragraph == paragraph.index and s.subject],
        [s for s in fitting if s.sentence == cast.sentence - 1 and s.paragraph == paragraph.index],
        [s for s in fitting if s.paragraph == paragraph.index],
    ]
    for tier in tiers:
        if tier:
            return [tier[0].figure]
    before = _distinct([s for s in fitting if s.paragraph == paragraph.index - 1])
    named = [f for f in before if f.name]
    return named if len(named) == 1 else before


def _distinct(seen: list[Seen]) -> list[Figure]:
    found: list[Figure] = []
    for one in seen:
        if one.figure not in found:
            found.append(one.figure)
    return found


def _governs(seen: Seen, paragraph: Paragraph, token: Token) -> bool:
    """A subject and an object of one verb are not the same, nor a noun and its own possessor."""
    if seen.paragraph != paragraph.index:
        return False
    other = paragraph.doc[seen.token]
    if token.dep_ in ("dobj", "pobj", "dative") and other.dep_ in ("nsubj", "nsubjpass"):
        verb = token.head if token.dep_ != "pobj" else token.head.head
        return other.head == verb
    return token.dep_ == "poss" and token.head == other


def _fits(figure: Figure, token: Token) -> bool:
    word = token.lower_
    if word in _HE:
        return figure.kind == "person" and figure.gender != "f" and figure.number != "plural"
    if word in _SHE:
        return figure.kind == "person" and figure.gender != "m" and figure.number != "plural"
    if word in _IT:
        return figure.kind in _BODIES and figure.number != "plural"
    return (figure.number == "plural" and figure.kind != "other" and figure.kind != "place") \
        or (figure.number == "either" and figure.kind in ("armed_group", "military") and bool(figure.nouns))


def read_quoted_speakers(cast: Cast) -> None:
    """"I" and "we" inside a quotation are those of the one who is said to speak in that sentence."""
    for place, (figure, form, span, plural, _) in list(cast.by_head.items()):
        paragraph = cast.parsed.paragraphs[place[0]]
        token = paragraph.doc[place[1]]
        if form != "pronoun" or token.lower_ not in _SPEAKER:
            continue
        speaker = _speaker(cast, paragraph, token)
        if speaker is not None and speaker is not figure:
            mention = figure.mentions.pop()
            speaker.mentions.append(mention)
            cast.by_head[place] = (speaker, form, span, plural, speaker.kind)


def _speaker(cast: Cast, paragraph: Paragraph, token: Token) -> Figure | None:
    verb = token
    while verb.head != verb:
        verb = verb.head
        if verb.pos_ != "VERB":
            continue
        for child in verb.children:
            if child.dep_ == "nsubj" and child.lower_ not in _SPEAKER and not child.is_ancestor(token) \
                    and not _quoted(child):
                return cast.at(paragraph, child)
    return None


def _quoted(token: Token) -> bool:
    """Whether quotation marks stand open before a token."""
    depth, straight = 0, 0
    for other in token.doc[: token.i]:
        depth += other.text in _OPEN
        depth -= other.text in _CLOSE
        straight += other.text == '"'
    return depth > 0 or straight % 2 == 1
