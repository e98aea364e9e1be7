"""Who says it: subjects, agents, those quoted or cited, and the outlets it comes through."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.language.clauses import is_passive, surface_subjects
from trucewatch.reading.shared import Mentions
from trucewatch.reading.statements.draft import CLOSE_MARKS, OPEN_MARKS, cue_rules, own_subject, speaks, words
from trucewatch.rules.types import CueRule


def speaker_goes_on(clause: Token) -> bool:
    """"said that …, adding that …": the participle goes with who speaks, not with what is said."""
    above = clause.head
    tag = "VBD" if any(c.lower_ == "did" for c in clause.children) else clause.tag_
    if clause.dep_ == "conj" and above.dep_ == "ccomp" and above.head.tag_ == tag and not own_subject(clause):
        told = any(c.dep_ in ("ccomp", "dobj", "xcomp") for c in clause.children)
        cues = clause.lemma_.lower() in cue_rules() and above.lemma_.lower() not in cue_rules()
        return cues and told and above.head.lemma_.lower() in cue_rules()
    return (
        clause.dep_ in ("advcl", "conj") and clause.tag_ == "VBG" and clause.lemma_.lower() in cue_rules()
        and clause.left_edge.i > 0 and clause.left_edge.nbor(-1).text in ",”\"" and clause.i > clause.head.i
    )


def find_source(
    paragraph: Paragraph, verb: Token, mentions: Mentions, rule: CueRule
) -> tuple[Token | None, list[Token], str]:
    """The head of the source, the outlets it comes through, and the rule that was used."""
    quoted = _quoted_as(verb)
    if quoted is not None:
        return quoted[0], quoted[1], "cue.quote"
    citing = _citing(verb)
    if citing is not None and speaks(paragraph, citing, mentions):
        subjects = surface_subjects(verb)
        return citing, subjects[:1], rule.id
    if is_passive(verb):
        agents = [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
        return (agents[0] if agents else None), [], rule.id
    subjects = _of_clause_before(verb) or surface_subjects(_speaking(verb))
    source = subjects[0] if subjects else None
    if source is not None and source.left_edge.i > verb.i + 2:
        source = _named_before(verb) or _subject_before(verb) or source
    if source is not None and source.tag_ in ("WP", "WDT", "EX"):
        source = None
    via = _channels(paragraph, verb, mentions) + _relayed(source)
    return source, via, rule.id


def _named_before(verb: Token) -> Token | None:
    """The name between a closing mark and the cue: "…,” Roe, a teacher, said on the show"."""
    before = outwards(list(reversed(verb.doc[: verb.i])), (), ".;:!?")
    name = next((t for t in reversed(before) if t.pos_ in ("PROPN", "PRON")), None)
    if name is None or before[-1].i == 0 or before[-1].nbor(-1).text not in CLOSE_MARKS:
        return None
    while name.dep_ == "compound" and name.head.i > name.i:
        name = name.head
    return name


def _subject_before(verb: Token) -> Token | None:
    """"X rejected it, insisting …, and Y agreed": a participle that was hung on the later clause."""
    if verb.tag_ != "VBG" or verb.i == 0 or verb.nbor(-1).text != ",":
        return None
    finite = next((t for t in reversed(verb.doc[verb.sent.start : verb.i]) if t.tag_ in ("VBD", "VBZ", "VBP")), None)
    return next((t for t in surface_subjects(finite) if t.i < finite.i), None) if finite is not None else None


def _of_clause_before(verb: Token) -> list[Token]:
    """"A crowd met at the gates of the ministry, chanting …": a participle behind a comma goes with the subject, though
    it was hung on the noun before it."""
    if verb.dep_ != "acl" or verb.tag_ != "VBG" or verb.left_edge.i == 0 or verb.left_edge.nbor(-1).text != ",":
        return []
    clause = verb.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
        if clause.dep_ in ("nsubj", "nsubjpass", "appos", "conj"):
            return []
        clause = clause.head
    return [t for t in surface_subjects(clause) if t.i < clause.i] if clause.pos_ in ("VERB", "AUX") else []


def _speaking(verb: Token) -> Token:
    """The verb whose subject speaks: the first cue for "said that …, stressing that …" and for "said that … and
    urged that …", the verb of uttering for "issued a statement saying that …"."""
    if verb.dep_ == "acl" and verb.head.lemma_.lower() in words("channel.words") and verb.head.dep_ == "dobj":
        return verb.head.head
    at = verb
    while at.dep_ == "conj" and at.head.pos_ == "VERB" and not own_subject(at):
        at = at.head
    outer = at.head
    told = at != verb and at.dep_ == "ccomp" and outer.lemma_.lower() in cue_rules()
    if told and outer.tag_ == verb.tag_ and at.lemma_.lower() not in cue_rules():
        return outer
    at = verb
    while at.dep_ == "conj" and at.head.tag_ == "VBG":
        at = at.head
    if speaker_goes_on(at):
        outer = at.head
        if outer.dep_ == "ccomp" and outer.head.lemma_.lower() in cue_rules():
            return outer.head
    return verb


def is_quoted_as(verb: Token) -> bool:
    return verb.dep_ in ("pcomp", "advcl") and verb.head.lower_ == "as" and verb.head.head.lemma_ in ("quote", "cite")


def _quoted_as(verb: Token) -> tuple[Token, list[Token]] | None:
    """"AFP quoted X as saying", "X was quoted as saying by TASS"."""
    if not is_quoted_as(verb):
        return None
    quoting = verb.head.head
    if is_passive(quoting):
        subjects = surface_subjects(quoting)
        agents = [
            p for holder in (quoting, verb) for c in holder.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"
            for p in c.children if p.dep_ == "pobj"
        ]
        return (subjects[0], agents[:1]) if subjects else None
    objects = [c for c in quoting.children if c.dep_ in ("dobj", "obj")]
    return (objects[0], surface_subjects(quoting)[:1]) if objects else None


def _citing(verb: Token) -> Token | None:
    """"X reported, citing Y": Y said it first."""
    holders = [verb, *[c for c in verb.children if c.dep_ == "nsubj"]]
    for holder in holders:
        for child in holder.children:
            if child.lemma_ in ("cite", "quote") and child.tag_ == "VBG" and child.dep_ in ("advcl", "acl"):
                obj = next((c for c in child.children if c.dep_ in ("dobj", "obj")), None)
                says = any(g.dep_ == "pcomp" for c in child.children for g in c.children)
                if obj is not None and not says:
                    return obj
    return None


def _channels(paragraph: Paragraph, verb: Token, mentions: Mentions) -> list[Token]:
    """Outlets that were told: "told AFP", "in an interview with the BBC"."""
    found = []
    for child in verb.children:
        if (child.dep_ in ("dobj", "dative", "nsubj") and child.i > verb.i) or child.dep_ == "dobj":
            mention = mentions.at(paragraph.index, child.i)
            outlet = mention is not None and (
                mention.kind == "media"
                or (mention.form == "name" and mention.kind in ("organization", "other") and child.pos_ == "PROPN")
            )
            if verb.lemma_ == "tell" and outlet:
                found.append(child)
    return found


def _relayed(source: Token | None) -> list[Token]:
    """"a Russian officer, quoted by Interfax, suggested"."""
    if source is None:
        return []
    return [
        p for c in source.children if c.dep_ == "acl" and c.lemma_ in ("quote", "cite")
        for a in c.children if a.dep_ == "agent" for p in a.children if p.dep_ == "pobj"
    ]


def outwards(tokens: Iterable[Token], skipped: Iterable[str], stops: str) -> list[Token]:
    """Up to 24 tokens from the quotation outwards: past its marks, up to a sentence's end or another mark."""
    found: list[Token] = []
    for token in tokens:
        if not found and token.text in skipped:
            continue
        if token.text in stops or token.text in OPEN_MARKS | CLOSE_MARKS or len(found) == 24:
            break
        found.append(token)
    return found
