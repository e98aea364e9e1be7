"""One event where a sentence tells of one happening in several words: act and casualties, noun and verb."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from trucewatch.language import Paragraph
from trucewatch.model import Figure, Statement
from trucewatch.reading.parts import unique
from trucewatch.reading.status import Judgement
from trucewatch.reading.triggers import Candidate
from trucewatch.rules.events import words

# Verbs that give way to the noun that is their subject.
_GIVING_WAY = {"assault.damage"}
# Triggers that tell how somebody else's attack ended.
_REPULSES = ("beat back", "repel", "repulse", "fight off", "drive back", "push back")


@dataclass(slots=True, eq=False)
class Found:
    """An event on the way: token heads instead of references."""

    candidate: Candidate
    paragraph: Paragraph
    type: str
    mode: str | None
    actors: list[Token]
    recipients: list[Token]
    judgement: Judgement
    ordered_by: list[Token] = field(default_factory=list)
    harm: dict[str, Figure | None] = field(default_factory=dict)
    who: list[Token] = field(default_factory=list)
    anaphoric: bool = False
    reason: bool = False
    detail: bool = False
    merged: list[Candidate] = field(default_factory=list)

    @property
    def token(self) -> Token:
        return self.candidate.token

    @property
    def only_harm(self) -> bool:
        return self.candidate.rule.harm in ("killed", "injured") and self.type == "ASSAULT"


def stated_by(found: Found, statements: tuple[Statement, ...]) -> tuple[str, ...]:
    """The statements whose content holds the trigger, innermost first."""
    span = found.paragraph.span(found.token)
    holding = [
        s for s in statements if any(c.start <= span.start and span.end <= c.end for c in s.content)
    ]
    holding.sort(key=lambda s: sum(c.end - c.start for c in s.content))
    return tuple(s.id for s in holding)


def merge(found: list[Found], statements: tuple[Statement, ...]) -> list[Found]:
    """One event where a sentence tells of one happening in several words: act and casualties, noun and verb."""
    inner = {id(f): stated_by(f, statements)[:1] for f in found}
    alive = list(found)

    def join(keep: Found, drop: Found) -> None:
        _absorb(keep, drop)
        if drop in alive:
            alive.remove(drop)

    for harmful in [f for f in found if f.only_harm]:
        if harmful not in alive:
            continue
        act = _act_of(harmful, [f for f in alive if f is not harmful and f.type == "ASSAULT"], inner)
        if act is not None:
            harmed = [r for r in harmful.recipients if r in act.actors]
            if harmed:              # "killed while fighting the group": they did not kill themselves
                act.actors = [a for a in act.actors if a not in harmed]
                act.recipients = []
            join(act, harmful)
    for later in list(alive):
        if later not in alive:
            continue
        beside = (e for e in alive if e is not later and inner[id(e)] == inner[id(later)])
        first = next((e for e in beside if _same_happening(e, later)), None)
        if first is not None and first.candidate.rule.id in _GIVING_WAY and not later.candidate.verbal:
            join(later, first)      # "explosions shook the suburb": the explosions are the act
        elif first is not None and later.candidate.rule.id == "reject.collapse":
            join(later, first)      # "the talks between them collapsed"
        elif first is not None:
            join(first, later)
    return [f for f in alive if not f.detail and not (f.anaphoric and not f.merged and not _has_figure(f))]


def _has_figure(found: Found) -> bool:
    return any(v is not None for v in found.harm.values())


def _act_of(harmful: Found, others: list[Found], inner: dict[int, tuple[str, ...]]) -> Found | None:
    """The act that did the harm: nearest by the tree, in the same statement."""
    near: list[tuple[int, int, Found]] = []
    for other in others:
        if inner[id(other)] != inner[id(harmful)]:
            continue
        if other.judgement.negated != harmful.judgement.negated or _elsewhere(other.token, harmful.token):
            continue
        distance = _linked(harmful.token, other.token)
        if distance is not None:
            near.append((distance + 2 * other.only_harm, abs(other.token.i - harmful.token.i), other))
    return min(near, key=lambda n: n[:2])[2] if near else None


def _elsewhere(first: Token, second: Token) -> bool:
    """"Clashes in X and casualties in Y": two nouns side by side, each with a place of its own."""
    if second.i < first.i:
        first, second = second, first
    if second.dep_ == "conj" and first in second.ancestors and (
        second.pos_ in ("NOUN", "PROPN") or second.lower_.removesuffix("s") in words("events")
    ):
        return _has_place(first, second.i) and _has_place(second, second.sent.end)
    joint = next((t for t in first.doc[first.i : second.i] if t.lower_ == "and"), None)
    if joint is None or first.pos_ != "NOUN" or joint.nbor().pos_ == "PROPN" or not _has_place(first, joint.i):
        return False                # "Losses in X and clashes break out in Y", however it was parsed
    return any(t.pos_ == "PROPN" and t.ent_type_ != "PERSON" for t in second.doc[second.i + 1 : second.sent.end])


def _has_place(noun: Token, end: int) -> bool:
    """Whether a proper name stands close behind a preposition of place that hangs on the noun, before `end`."""
    return any(
        t.pos_ == "PROPN" and t.ent_type_ != "PERSON"
        for p in noun.children if p.dep_ == "prep" and p.lower_ in ("in", "at", "near", "on", "around")
        for t in noun.doc[p.i + 1 : min(p.i + 7, end)]
    )


# Conjunctions whose clause tells of something else.
_APART = {"since", "until", "although", "though", "because", "if", "unless", "before"}
_LINKS = {
    "advcl", "acl", "relcl", "prep", "pobj", "nsubj", "dobj", "pcomp", "xcomp", "nsubjpass", "agent", "appos",
    "npadvmod", "dep", "amod", "compound", "nmod", "oprd", "attr", "obl", "mark", "punct", "advmod", "poss",
}


def _linked(a: Token, b: Token) -> int | None:
    """Steps between two words when nothing but dependents of one clause lie between; None otherwise.

    One coordination is allowed, when its second part has no subject of its own.
    """
    up_a, up_b = [a, *a.ancestors], [b, *b.ancestors]
    common = next((t for t in up_a if t in up_b), None)
    if common is None:
        return None
    conj = 0
    steps = 0
    for side in (up_a, up_b):
        for token in side:
            if token == common:
                break
            steps += 1
            if token.dep_ == "conj":
                if _own_subject(token) and not _counted_only(token):
                    return None
                conj += 1
            elif not _hangs_on(token):
                return None
    return steps + 3 * conj if conj <= 1 else None


def _hangs_on(token: Token) -> bool:
    """Whether a word belongs to the clause it hangs on, rather than to one that tells of something else."""
    if token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _APART for c in token.children):
        return False
    return token.dep_ in _LINKS or (token.dep_ == "ccomp" and token.tag_ == "VBG")


def _own_subject(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") and any(c.dep_ in ("nsubj", "nsubjpass") for c in token.children)


def _counted_only(verb: Token) -> bool:
    """"one was killed and four wounded": the second clause has no more than a number for its subject."""
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.tag_ == "CD" for c in verb.children)


def _same_happening(first: Found, second: Found) -> bool:
    """Two words for one act: a noun and the verb it is the subject or object of, a shot and where it fell,
    an advance and its repulse."""
    a, b = first, second
    if b.candidate.pattern in _REPULSES and a.type == "ASSAULT":
        return bool(set(b.recipients) & {*a.actors, a.token}) or not b.recipients
    if a.candidate.rule.id == "retreat.let" and b.type == "AID" and b.token.head == a.token:
        return True                 # "allowed the lorries to enter"
    if b.candidate.rule.harm == "displaced" and a.type == "ASSAULT" and a.token in b.candidate.roles.agents:
        return True
    if b.candidate.rule.id == "reject.collapse" and a.type == "CONSULT":
        return a.token in b.candidate.roles.agents
    if a.type == "COERCE" and a.mode == "arrest" and not b.candidate.verbal:
        raid = b.token.lemma_.lower() in ("raid", "operation", "campaign", "sweep") and b.token.dep_ == "pobj"
        holder = b.token.head.head
        if holder.lower_ == "part" and holder.dep_ == "pobj":
            holder = holder.head.head       # "arrested 66 men as part of an operation"
        joined = {a.token, a.token.head} if a.token.dep_ == "conj" else {a.token}
        return raid and holder in joined    # "detained in overnight raids"
    if a.type == b.type == "COERCE" and a.mode == b.mode == "restrict" and b.token.dep_ == "conj":
        return b.token.head == a.token      # "stopped a convoy and sent it back"
    if a.type == b.type == "PROTEST" and b.candidate.rule.id == "protest.burn" and not b.candidate.verbal:
        return b.token.dep_ == "pobj" and b.token.head.head in (a.token, a.candidate.noun)   # "a roadblock of tyres"
    if a.type != b.type or a.type != "ASSAULT":
        if {a.type, b.type} == {"CONSULT"}:
            return _linked_closely(a.token, b.token)
        if a.type == b.type == "CONCEDE" or {a.type, b.type} == {"AID"} or {a.type, b.type} == {"ACCUSE"}:
            return _linked_closely(a.token, b.token)
        return False
    if a.judgement.negated != b.judgement.negated or _elsewhere(a.token, b.token):
        return False
    if _linked_closely(a.token, b.token) or _hit_when(b, a):
        return True
    subjects = _projectiles(b.candidate) | _projectiles(a.candidate)
    if _projectiles(a.candidate) & _projectiles(b.candidate):
        return True                 # "shells fired from the hill hit a clinic"
    told = {a.token, b.token, *_heads_of_participle(a.token), *_heads_of_participle(b.token)}
    return bool(subjects & told)


def _hit_when(passive: Found, act: Found) -> bool:
    """"hit when rockets landed": the clause of time tells the act itself."""
    verb, other = passive.token, act.token
    return (
        passive.candidate.verbal and passive.candidate.roles.passive and not passive.candidate.roles.agents
        and other.dep_ == "advcl" and other.head == verb
        and any(c.lower_ in ("when", "as", "after") for c in other.children)
    )


_CLOSE = {"nsubj", "dobj", "nsubjpass", "relcl", "acl", "xcomp", "compound", "appos"}


def _linked_closely(a: Token, b: Token) -> bool:
    """One is the subject, object or by-phrase of the other, or the relative clause that goes on about it."""
    for upper, lower in ((a, b), (b, a)):
        if lower.head == upper and lower.dep_ in _CLOSE:
            return True
        if lower.dep_ == "pobj" and lower.head.head == upper and lower.head.lower_ in ("in", "by", "with", "during"):
            return True
        if lower.dep_ == "conj" and lower.head.dep_ == "relcl" and lower.head.head == upper:
            return True
        if lower.dep_ == "nsubj" and lower.head.dep_ in ("advcl",) and lower.head.head == upper:
            return True
    return False


def _projectiles(candidate: Candidate) -> set[Token]:
    if not candidate.verbal or candidate.rule.id == "assault.down":
        return set()
    return {t for t in (*candidate.roles.agents, *candidate.roles.patients) if t.lemma_.lower() in words("projectile")}


def _heads_of_participle(token: Token) -> list[Token]:
    return [token.head] if token.dep_ in ("acl", "amod") else []


def _absorb(keep: Found, drop: Found) -> None:
    if drop.candidate.pattern not in _REPULSES:
        keep.actors = unique([*keep.actors, *(t for t in drop.actors if t != keep.token)])
        another = not (drop.harm.keys() <= keep.harm.keys()) and bool(keep.harm)
        told = not another and any(_are_people(t) for t in keep.recipients)     # "killing nine people, wounding 34"
        keep.recipients = unique(
            [*keep.recipients, *(t for t in drop.recipients if t != keep.token and not (told and _is_count(t)))]
        )
        keep.recipients = [r for r in keep.recipients if r not in keep.actors]
        for kind, number in drop.harm.items():
            if keep.harm.get(kind) is None:
                keep.harm[kind] = number
        keep.who = unique([*keep.who, *drop.who])
        if keep.mode in (None, "destroy") and drop.mode is not None and drop.type == keep.type:
            keep.mode = drop.mode   # with what, before what came of it
    if drop.judgement.negated or (keep.judgement.status == "occurred" and drop.judgement.status == "ongoing"):
        keep.judgement = drop.judgement
    keep.merged.append(drop.candidate)


def _are_people(token: Token) -> bool:
    if token.ent_type_ in ("ORG", "NORP") or token.lemma_.lower() in ("group", "militia", "front"):
        return True
    return token.tag_ == "NNS" and token.lemma_.lower() in words("person") | words("troop")


def _is_count(token: Token) -> bool:
    """"bombed its men, killing dozens": the dozens are of the men."""
    return token.tag_ == "CD" or token.lower_ in ("dozens", "scores", "hundreds", "thousands", "many", "several")


def is_reason(event: Found, protest: Found) -> bool:
    """What a protest is about, or what its people went through before: "gathered to condemn the killing"."""
    if event.type == "PROTEST":
        return False
    clauses = {protest.token, *(t for t in protest.token.ancestors if t.pos_ == "VERB")}
    told = False
    for token in (event.token, *event.token.ancestors):
        if token in clauses:
            return told and event.token != token
        if token.dep_ in ("relcl", "acl") or token.lower_ in ("against", "over", "about", "amid", "for"):
            told = True
        if token != event.token and token.lemma_.lower() in words("protesting"):
            told = True
    return False


__all__ = ["Found", "is_reason", "merge", "stated_by"]
