"""What happened: events with their parts, status and harm, put together from the candidates of a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import msgspec
from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from trucewatch.language import Paragraph, Parsed
from trucewatch.language.attributions import Sight, Stretch
from trucewatch.language.clauses import charged_with, surface_subjects
from trucewatch.language.phrases import clause_head, conjuncts, noun_phrase
from trucewatch.model import Because, Event, Harm, Harmed, Reference, Statement
from trucewatch.model.reading import Role, Status
from trucewatch.reading import harm as counts
from trucewatch.reading.background import is_background
from trucewatch.reading.confidence import confidence
from trucewatch.reading.merging import Found, is_reason, merge, stated_by
from trucewatch.reading.modes import mode_of
from trucewatch.reading.parts import partakers, parts_of
from trucewatch.reading.shared import Anchor, Mentions
from trucewatch.reading.status import judge
from trucewatch.reading.triggers import Candidate, candidates, laid_elsewhere, war_words
from trucewatch.rules.events import words
from trucewatch.rules.lexicon import lexicon

_PHYSICAL = {"ASSAULT", "COERCE", "MOBILIZE", "AID", "SANCTION", "RETREAT", "PROTEST"}
# Below this the encoder takes a word not for an act; chosen on annotated pages, where it costs an act in two hundred.
LITERAL = 0.1
_FORCE = {"ASSAULT", "COERCE", "MOBILIZE", "THREATEN"}
_SPEECH = {"ACCUSE", "REQUEST", "THREATEN", "REJECT", "AGREE", "SUPPORT", "CONCEDE"}
# Roles of the harmed, the more telling first.
_ROLES: tuple[Role, ...] = ("child", "woman", "journalist", "aid_worker", "combatant", "official", "civilian")
_ANAPHORIC = {"the", "this", "that", "these", "those", "such", "its", "their", "his", "her"}


def find_events(
    parsed: Parsed, mentions: Mentions, statements: tuple[Statement, ...], sight: Sight | None = None
) -> tuple[tuple[Event, Anchor], ...]:
    """The events of a page in order of their triggers, each with the anchor by which it is dated and placed.

    Time and place are left as unknown; ids are v1, v2 … `sight` is the page as the encoder sees it; without it no word
    is taken to be meant otherwise for the company it keeps.
    """
    made: list[tuple[Event, Anchor]] = []
    published = parsed.document.published.value
    war = any(war_words(s) for _, s in list(parsed.sentences())[:3])
    for paragraph in parsed.paragraphs:
        if paragraph.dateline:
            continue
        for sentence in paragraph.doc.sents:
            found = [
                _found(paragraph, c, mentions) for c in candidates(paragraph.index, sentence, mentions, war)
                if sight is None or not _meant_otherwise(paragraph, c, sight)
            ]
            war = war or war_words(sentence)
            kept = merge(_together([f for f in found if f is not None]), statements)
            for event in kept:
                event.reason = any(is_reason(event, other) for other in kept if other.type == "PROTEST")
                made.append(_event(event, mentions, statements, len(made) + 1, published))
    return tuple(made)


def _meant_otherwise(paragraph: Paragraph, candidate: Candidate, sight: Sight) -> bool:
    """"The peso shot up", "Facebook skirmishes": a word of force that the encoder is all but sure is no act here. Where
    the rule asks for an object ("lose ~foot"), that has told what is meant."""
    if candidate.rule.type not in _FORCE or "~" in candidate.pattern:
        return False
    first, last = candidate.span
    return sight.literal(Stretch(paragraph, first, last + 1)) < LITERAL


def _found(paragraph: Paragraph, candidate: Candidate, mentions: Mentions) -> Found | None:
    rule, token = candidate.rule, candidate.token
    speech = rule.type in _SPEECH
    durative = rule.type == "ASSAULT" and token.lemma_.lower() in words("durative")
    judgement = judge(
        token, headline=paragraph.headline, verbal=candidate.verbal, durative=durative, speech=speech
    )
    if rule.status is not None and judgement.status == "occurred":
        judgement = replace(judgement, status=rule.status)
    actors, recipients = parts_of(paragraph, candidate, mentions)
    found = Found(
        candidate, paragraph, rule.type, mode_of(candidate, actors), actors, recipients, judgement,
        anaphoric=_goes_on_about(candidate.roles.agents) if candidate.verbal else _is_anaphoric(candidate),
    )
    if rule.type == "AGREE" and judgement.negated and judgement.status == "planned":
        found.type, found.judgement = "REJECT", replace(judgement, status="occurred", negated=False)
    if rule.type == "REQUEST" and _own_order(found) and _lays_down_arms(token):
        found.type, found.recipients = "CONCEDE", []
    ours = any(a.lower_ in ("we", "i") for a in actors)
    if found.type == "ASSAULT" and judgement.status == "planned" and ours and not judgement.negated:
        found.judgement = replace(judgement, status="threatened")      # "we will strike anyone who …"
    found.detail = _of_those_told(found)
    _set_harm(found)
    return None if _dropped(found) else found


def _together(found: list[Found]) -> list[Found]:
    """What the events of a sentence make of one another: an order within one's own side is told by the act it orders,
    an act that is refused by the refusal, and what is announced under a threat is threatened."""
    orders = {f.judgement.governor for f in found if f.judgement.status == "ordered"}
    threats = {f.token for f in found if f.type == "THREATEN"}
    for each in found:
        if each.type in _PHYSICAL and each.judgement.status in ("planned", "possible") and _under(each.token, threats):
            each.judgement = replace(each.judgement, status="threatened")
    refusals = {f.token for f in found if f.type == "REJECT"}
    told = [f for f in found if not (_own_order(f) and f.token in orders)]
    return [f for f in told if not any(t in refusals for _, t in f.judgement.rules if t != f.token)]


def _under(verb: Token, above: set[Token]) -> bool:
    """Whether a verb stands in a clause of what one of the words above says."""
    while verb.dep_ in ("xcomp", "ccomp", "conj", "parataxis") and verb.head != verb:
        verb = verb.head
        if verb in above:
            return True
    return any(t.dep_ == "parataxis" and t.head == verb for t in above)     # "we will, he warned, crush them"


def _goes_on_about(subjects: tuple[Token, ...]) -> bool:
    """"two of the shells landed": a detail of the shelling already told."""
    return any(
        t.tag_ == "CD" and any(
            d.lower_ in ("the", "these", "those") for c in t.children if c.lower_ == "of" for p in c.children
            if p.lemma_.lower() in words("projectile") for d in p.children
        )
        for t in subjects
    )


def _is_anaphoric(candidate: Candidate) -> bool:
    """"the raids", "the attack": a definite noun that adds nothing of its own."""
    noun = candidate.token
    deplored = noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("comment")
    if candidate.rule.harm is not None and (not deplored or any(c.lower_ == "of" for c in noun.children)):
        return False                # but "deplored the killings in the north" tells of none anew
    if noun.dep_ == "attr" and any(c.lower_ in ("it", "this", "that") for c in noun.head.children if c.dep_ == "nsubj"):
        return True
    definite = any(c.dep_ in ("det", "poss") and c.lower_ in _ANAPHORIC for c in noun.children)
    if not definite:
        return False
    if any(c.dep_ == "amod" and c.tag_ == "JJS" for c in noun.children):
        return True
    told = {c.lower_ for c in noun.children if c.dep_ == "prep"}
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("comment"):
        told.discard("in")
    if partakers(noun):
        return False                # "took part in the assault": who did is new
    if told & {"on", "against", "by", "between", "of", "in", "at", "near", "with"}:
        return False
    begun = words("light") - {"stop", "halt", "end", "face"}
    if laid_elsewhere(noun.head):
        return True
    if noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_.lower() in begun:
        return False
    if any(c.dep_ == "amod" and c.lower_ not in ("same", "latest", "alleged", "reported") for c in noun.children):
        return noun.dep_ in ("dobj", "nsubj", "nsubjpass") and noun.head.lemma_.lower() in words("comment")
    charged = charged_with(noun.head) if noun.dep_ == "pobj" else None
    return charged is None


def _set_harm(found: Found) -> None:
    rule, candidate = found.candidate.rule, found.candidate
    kind = rule.harm
    if kind is None and found.type == "ASSAULT" and candidate.verbal and _to_death(candidate.token):
        kind = "killed"
    if kind is None:
        return
    if candidate.verbal:
        harmed = found.recipients
        number = counts.figure(harmed[0]) if harmed else None
        found.harm[kind] = number
        found.who = list(harmed)
        return
    token = candidate.token
    number = counts.toll(token)
    if number is None and candidate.pattern in ("body", "dead", "corpse", "fatality", "casualty", "death", "injury"):
        number = counts.figure(token.head if token.dep_ == "amod" and token.head.tag_ == "CD" else token)
        if number is not None and token.tag_ == "NN" and not any(c.tag_ == "CD" for c in token.children):
            number = None
    found.harm[kind] = number


def _to_death(verb: Token) -> bool:
    """"shot dead", "beaten to death"."""
    near = [*verb.children, *(g for c in verb.children for g in c.children)]
    return any(c.lower_ in ("dead", "death") and c.i > verb.i for c in near)


def _is_asked(found: Found) -> bool:
    """"Who fired first?": a question tells of no act."""
    marks = [t.text for t in found.token.sent if t.is_punct and t.text not in "\"”»’'"]
    return bool(marks) and marks[-1] == "?"


def _dropped(found: Found) -> bool:
    """What is told of in words only: asked for, aimed at, or named without being said to happen."""
    judgement, rule = found.judgement, found.candidate.rule
    if judgement.status in ("requested", "purpose", "unrealised", "ended"):
        return True
    if judgement.status in ("threatened", "ordered") and found.type not in _PHYSICAL and rule.mode != "investigate":
        return True
    untold = (_is_heading, _is_asked, _bare_since, _charged_breach, _manner, _standing, _laid_to_rest)
    if any(told(found) for told in untold):
        return True
    if judgement.status in ("planned", "possible") and found.type in _SPEECH - {"CONCEDE"}:
        return found.candidate.pattern != "boycott"
    if judgement.negated and found.type in _SPEECH - {"REJECT"}:
        return True
    if found.candidate.pattern == "arm" and found.token.dep_ in ("acl", "advcl") and not found.actors:
        return True                 # "a man armed with a knife"
    if rule.id == "accuse.allege" and found.token.dep_ in ("acl", "relcl") and not found.actors:
        return True                 # "people accused of theft"
    if rule.type == "CONSULT" and not found.candidate.verbal:
        return not _told_talks(found)
    if _stands(found) or _no_promise(found):
        return True
    if rule.harm is not None and judgement.negated and _nobody(found):
        return True
    return not found.candidate.verbal and rule.id == "assault.die" and not _counts_harm(found)


def _stands(found: Found) -> bool:
    """"a group that opposes the talks": where somebody stands, no act."""
    verb = found.token
    if found.type == "COOPERATE" and verb.lemma_ == "ally" and verb.dep_ in ("acl", "amod", "relcl"):
        return True                 # "a militia allied to the government"
    if found.type == "REJECT" and found.judgement.negated and found.candidate.pattern == "rule out":
        return True                 # "has not ruled out sanctions"
    return verb.lemma_ == "oppose" and verb.dep_ == "relcl" and verb.tag_ in ("VBZ", "VBP")


def _no_promise(found: Found) -> bool:
    """"assured the mediators that they wanted this": told, not promised."""
    if found.token.lemma_.lower() != "assure" or found.type != "AGREE":
        return False
    clauses = [c for c in found.token.children if c.dep_ == "ccomp"]
    return bool(clauses) and not any(g.tag_ in ("MD", "TO") for c in clauses for g in c.children)


def _nobody(found: Found) -> bool:
    """"nobody was hurt", "no casualties": what an act did not do, no act of its own."""
    if not found.candidate.verbal:
        return found.candidate.rule.id == "assault.die"
    harmed = found.candidate.roles.patients or found.candidate.roles.agents
    return any(
        t.lower_ in ("nobody", "none") or (t.lower_ == "one" and t.i > 0 and t.nbor(-1).lower_ == "no") for t in harmed
    )


def _is_heading(found: Found) -> bool:
    """"Disarmament.": a word by itself tells of nothing, unless it is counted ("3 fatalities.")."""
    sentence = found.token.sent
    return not found.candidate.verbal and sum(t.is_alpha or t.like_num for t in sentence) == 1


def _bare_since(found: Found) -> bool:
    """"since the truce began": a date for something else, no news of the truce."""
    verb = found.token
    return (
        found.candidate.rule.id == "retreat.ceasefire" and found.candidate.verbal and verb.dep_ in ("advcl", "pcomp")
        and any(c.dep_ == "mark" and c.lower_ in ("since", "after", "before", "until") for c in verb.children)
        and any(d.lower_ == "the" for c in verb.children if c.dep_ == "nsubj" for d in c.children)
        and not any(c.dep_ in ("prep", "npadvmod", "tmod") for c in verb.children)
    )


def _manner(found: Found) -> bool:
    """"left without firing a shot": how the act beside it was done."""
    return found.judgement.negated and found.token.dep_ == "pcomp" and found.token.head.lower_ == "without"


def _own_order(found: Found) -> bool:
    """"ordered the army to resume the offensive", "told his gunners to stop": an order within one's own side."""
    verb = found.token
    return (
        found.type == "REQUEST" and found.candidate.verbal
        and verb.lemma_.lower() in ("order", "instruct", "command", "direct", "tell")
        and bool(found.recipients) and all(_is_own(r, verb.lemma_.lower() == "tell") for r in found.recipients)
    )


def _is_own(addressed: Token, only_owned: bool) -> bool:
    owned = any(c.dep_ == "poss" and c.lower_ in ("his", "her", "its", "their") for c in addressed.children)
    lemma = addressed.lemma_.lower()
    return (lemma in words("own_men") and not only_owned) or (owned and lemma in words("troop") | words("person"))


def _lays_down_arms(verb: Token) -> bool:
    """"ordered his units to cease fire": a truce declared."""
    return any(
        c.dep_ in ("xcomp", "ccomp") and c.lemma_.lower() in ("cease", "stop", "halt", "hold", "observe", "suspend")
        for c in verb.children
    )


def _standing(found: Found) -> bool:
    """"peacekeepers stationed along the road": a state, no move."""
    return found.type == "MOBILIZE" and found.token.dep_ == "acl" and found.token.tag_ == "VBN"


def _laid_to_rest(found: Found) -> bool:
    """"handed over nine bodies": those whose death is told elsewhere."""
    noun = found.token
    if found.candidate.verbal or found.candidate.rule.id != "assault.die":
        return False
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    return above.lemma_.lower() in words("handing")


def _of_those_told(found: Found) -> bool:
    """"five of the dead were pupils": a detail, unless the sentence tells the act too."""
    noun = found.token
    return (
        found.candidate.rule.id == "assault.die" and noun.dep_ == "pobj" and noun.head.head.tag_ == "CD"
        and any(c.lower_ in ("the", "these", "those") for c in noun.children)
    )


def _charged_breach(found: Found) -> bool:
    """"accused them of breaking the truce": the charge is the event, and its words name no other act."""
    verb = found.token
    return (
        (found.candidate.rule.id == "assault.violence" or found.candidate.pattern.startswith(("tear up", "renege")))
        and verb.dep_ == "pcomp" and charged_with(verb.head) is not None
    )


def _told_talks(found: Found) -> bool:
    """Talks that are described, scheduled or held; a bare "the talks" tells of nothing new."""
    noun = found.token
    top = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun      # "a round of talks"
    invited = top.dep_ == "pobj" and top.head.head.lemma_.lower() in words("way_to")
    if any(a.dep_ not in ("amod", "compound", "nmod") for a in found.actors):
        return True
    if found.judgement.status == "planned" and not invited:
        return True
    if any(c.dep_ in ("compound", "amod", "nmod") for c in noun.children) and not found.anaphoric:
        if invited:
            return False            # "refused an invitation to the next round of talks"
        gone = noun.head.lower_ == "for" and clause_head(noun).lemma_.lower() in words("moving")
        return gone or noun.dep_ != "pobj" or noun.head.lower_ not in ("for", "of", "about", "to")
    verb = noun.head
    return noun.dep_ in ("nsubj", "nsubjpass", "dobj") and verb.lemma_.lower() in words("holding")


def _counts_harm(found: Found) -> bool:
    if any(v is not None for v in found.harm.values()):
        return True
    noun = found.token
    if found.candidate.pattern in ("death", "fatality", "casualty", "human loss") and found.paragraph.headline:
        return noun.tag_ == "NNS"
    return False


def _event(
    found: Found, mentions: Mentions, statements: tuple[Statement, ...], number: int, published: str | None
) -> tuple[Event, Anchor]:
    paragraph, token = found.paragraph, found.token
    stated = stated_by(found, statements)
    by_id = {s.id: s for s in statements}
    innermost = by_id[stated[0]] if stated else None
    status, negated = found.judgement.status, found.judgement.negated
    if innermost is not None and innermost.stance == "denies" and not _own_negation(found, innermost):
        negated = True
    if innermost is not None and innermost.stance in ("promises", "threatens") and found.type == "CONCEDE":
        status = "occurred"
    elif innermost is not None and innermost.stance == "threatens" and status in ("planned", "possible"):
        status = "threatened"
    if found.type == "CONCEDE" and status == "planned" and any(r == "status.modal" for r, _ in found.judgement.rules):
        status = "occurred"         # "they would hold their fire": conceded in the saying
    ordered_by: list[Token] = []
    if status == "ordered" and found.judgement.governor is not None:
        ordered_by = surface_subjects(found.judgement.governor)
    start, end = found.candidate.span
    anchor = Anchor(
        paragraph.index, token.i, status, negated,
        tuple(t.i for t in [*found.actors, *found.recipients]),
        innermost.content[0] if innermost is not None else None,
    )
    event = Event(
        id=f"v{number}",
        type=found.type,
        trigger=paragraph.span(paragraph.doc[start : end + 1]),
        mode=found.mode if found.type != "THREATEN" else _threat_mode(found),
        actors=_references(paragraph, found.actors, mentions, armed=found.type in ("ASSAULT", "MOBILIZE")),
        recipients=_references(paragraph, found.recipients, mentions),
        ordered_by=_references(paragraph, ordered_by, mentions),
        status=cast(Status, status),
        polarity="negated" if negated else "affirmed",
        background=is_background(found, bool(stated), published),
        stated_by=stated,
        harm=_harm(found, mentions),
        because=_because(found),
    )
    return msgspec.structs.replace(event, confidence=confidence(event)), anchor


def _by_adjective(head: Token, mentions: Mentions, armed: bool) -> str | None:
    """"Russian air strikes": the armed force of the country that the page names, or else its government."""
    if head.dep_ not in ("amod", "compound", "nmod") or not head.text[:1].isupper():
        return None
    country = next((m.country for m in lexicon().matches(head.doc) if m.start <= head.i < m.end and m.country), None)
    if country is None:
        return None
    kinds = ("military", "government") if armed else ("government",)
    own = [e for kind in kinds for e in mentions.entities if e.country == country and e.kind == kind]
    return own[0].id if own else None


def _own_negation(found: Found, statement: Statement) -> bool:
    """What stands negated inside a denial ("no plane took off") is denied by itself already."""
    return found.judgement.negated or statement.because[0].id not in ("cue.deny", "cue.dismiss")


def _threat_mode(found: Found) -> str | None:
    text = {t.lemma_.lower() for t in found.token.subtree if t.i > found.token.i}
    if text & words("hostile"):
        return "violence"
    if text & words("breaking"):
        return "relations"
    return found.mode


def _references(
    paragraph: Paragraph, heads: list[Token], mentions: Mentions, *, armed: bool = False
) -> tuple[Reference, ...]:
    out = []
    for head in heads:
        mention = mentions.at(paragraph.index, head.i)
        if mention is not None:
            out.append(Reference(mention.entity, mention.span.start, mention.span.end))
        else:
            span = paragraph.span(_modifier(head) if head.dep_ in ("compound", "amod", "nmod") else noun_phrase(head))
            out.append(Reference(_by_adjective(head, mentions, armed), span.start, span.end))
    return tuple(out)


def _modifier(head: Token) -> TokenSpan:
    """A side named before the word for its act, with what belongs to its name: "Ukrainian army"."""
    left = head.i
    while left > head.sent.start and head.doc[left - 1].head in (head, head.head) and (
        head.doc[left - 1].dep_ in ("compound", "amod", "nmod") and head.doc[left - 1].text[:1].isupper()
    ):
        left -= 1
    return head.doc[left : head.i + 1]


def _harm(found: Found, mentions: Mentions) -> Harm | None:
    known = {kind: number for kind, number in found.harm.items() if number is not None}
    if not known or found.judgement.negated:
        return None
    who = tuple(
        Harmed(ref.entity, ref.start, ref.end, _role(head))
        for head, ref in zip(found.who, _references(found.paragraph, found.who, mentions), strict=True)
    )
    return Harm(
        killed=known.get("killed"), injured=known.get("injured"), arrested=known.get("arrested"),
        displaced=known.get("displaced"), who=who,
    )


def _role(head: Token) -> Role:
    phrase = {t.lemma_.lower() for h in conjuncts(head) for t in _told_of(h)}
    return next((role for role in _ROLES if phrase & words(f"role_{role}")), "unknown")


def _told_of(head: Token) -> list[Token]:
    """The words that say who somebody is: not where they were ("ten people in rebel areas")."""
    found = [head]
    for child in head.children:
        if child.dep_ in ("compound", "amod", "nmod", "nummod", "poss"):
            found.append(child)
        elif child.dep_ == "prep" and child.lower_ in ("of", "including", "among"):
            found += child.subtree
    return found


def _because(found: Found) -> tuple[Because, ...]:
    out = []
    for candidate in (found.candidate, *found.merged):
        start, end = candidate.span
        span = found.paragraph.span(found.paragraph.doc[start : end + 1])
        out.append(Because(candidate.rule.id, span.start, span.end))
    for rule, token in found.judgement.rules:
        span = found.paragraph.span(token)
        out.append(Because(rule, span.start, span.end))
    return tuple(out)


__all__ = ["find_events"]
