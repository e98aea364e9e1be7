"""Which place an event is at: the one that the tree hangs on its trigger, its clause, or a clause of one scene."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import msgspec
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from trucewatch.language import Paragraph, Parsed
from trucewatch.model import Place, Span
from trucewatch.reading.places.mention import PlaceMention
from trucewatch.reading.places.namesakes import within
from trucewatch.reading.places.phrase import place_value, relation_of
from trucewatch.reading.places.words import bearing, facility, geographic, is_person, verb_of, words
from trucewatch.reading.shared import Anchor, of_which, sentence_at

_FINE = {"quarter": 0, "site": 0, "camp": 0, "road": 0, "village": 1, "town": 1, "mountain": 1, "water": 2, "region": 2,
         "admin1": 3, "country": 4}

_SHORT = 40  # tokens of a sentence in which the only place named is taken for the event's
_PLAINLY_AT = {"in", "at", "near", "around"}
_CLOSE = 4  # ranks within which a narrower place is taken for a wider one
_BESIDE_KM = 75.0
_PROVINCES = {"province", "governorate", "region", "state", "oblast", "department", "countryside"}
_BEHIND = 7  # tokens behind a trigger within which a place is right behind it
_REACH = 15  # tokens behind a trigger within which a place may be its own


def place_of(
    anchor: Anchor, parsed: Parsed, found: tuple[PlaceMention, ...], *, previous: Place | None = None
) -> Place | None:
    """The place of the event at `anchor`, or None when nothing says where it was.

    `previous` is the place of the event told right before, which a sentence that opens on "there" or
    "then" carries on.
    """
    paragraph = parsed.paragraphs[anchor.paragraph]
    trigger = paragraph.doc[anchor.token]
    ranked = []
    for mention in found:
        if not mention.placing or not _in_scope(mention, trigger, anchor, paragraph):
            continue
        rank = -1 if _follows(mention, trigger) else _rank(mention, trigger, anchor, paragraph)
        if rank is not None:
            likely = mention.chosen or next(iter(mention.candidates), None)
            fine = _FINE[likely.kind] if likely else 5
            relative = relation_of(mention, paragraph.doc)[1]
            ranked.append((rank, fine, relative, abs(mention.first - trigger.i), mention))
    if ranked:
        ranked.sort(key=lambda r: r[:4])
        rank, *_, best = ranked[0]
        best = next((m for r, *_, m in ranked if _vies(m, r, rank, trigger) and _narrower(m, best)), best)
        best = next((m for m in found if _of_outcome(m, best, paragraph.doc) and _narrower(m, best)), best)
    elif previous is not None and _carries_on(trigger):
        return previous
    else:
        alone = _nearest_after(trigger, anchor, paragraph, found) or _only_one(trigger, anchor, paragraph, found)
        if alone is None:
            return None
        best = alone
    first, *others = _side_by_side(best, found, paragraph.doc)
    place = place_value(_finest(first, found), found, paragraph)
    also = (place_value(_finest(m, found), found, paragraph) for m in others)
    return msgspec.structs.replace(place, also=tuple(also)) if others else place


def _side_by_side(mention: PlaceMention, found: tuple[PlaceMention, ...], doc: Doc) -> list[PlaceMention]:
    """The names that stand in one list with a name, itself among them: "in Idlib, Homs and rural Hama"."""
    row = [m for m in found if m.paragraph == mention.paragraph and m.placing]
    at = row.index(mention)
    first = last = at
    while first and _joined(row[first - 1], row[first], doc):
        first -= 1
    while last + 1 < len(row) and _joined(row[last], row[last + 1], doc):
        last += 1
    return row[first : last + 1]


def _joined(one: PlaceMention, other: PlaceMention, doc: Doc) -> bool:
    """Whether only "and", or a comma of a list that ends on it, stands between two names."""
    if one.sentence != other.sentence or other.noun in words().lines or one.noun in words().lines:
        return False
    if any(w.span == other.span for w in one.wider):
        return False
    between = doc[one.last + 1 : other.first]
    telling = (t for t in between if not (geographic(t) or t.pos_ in ("DET", "ADJ") or t.is_quote))
    joints = [t.lower_ for t in telling if t.lower_ not in ("of", "in")]
    return joints in (["and"], ["&"]) or (joints == [","] and other.last + 1 < len(doc) and _goes_on(other, doc))


def _goes_on(mention: PlaceMention, doc: Doc) -> bool:
    """Whether a list goes on behind a name: "Hama" of "Idlib, Hama and Homs"."""
    at = mention.last + 1
    while at < len(doc) and geographic(doc[at]):
        at += 1
    if at >= len(doc) or doc[at].lower_ not in ("and", ","):
        return False
    at += 1
    while at < len(doc) and (doc[at].pos_ in ("DET", "ADJ") or doc[at].lower_ == "of" or geographic(doc[at])):
        at += 1
    return at < len(doc) and doc[at].text[:1].isupper()


def _vies(mention: PlaceMention, rank: int, with_: int, trigger: Token) -> bool:
    """Whether a place is bound closely enough to stand beside the one bound closest; beside one right behind the
    trigger only the name right before it: "the X massacre in the east of Y"."""
    return rank <= with_ + _CLOSE if with_ >= 0 else mention.last + 1 == trigger.i


def _of_outcome(mention: PlaceMention, wider: PlaceMention, doc: Doc) -> bool:
    """Whether a name stands in what came of an act told of a wide place: "Y" of "raids on the countryside of X, leaving
    nine dead in Y"."""
    if not mention.placing or mention.sentence != wider.sentence or mention.paragraph != wider.paragraph:
        return False
    between = doc[wider.last + 1 : mention.first]
    first = next((t for t in between if not (t.is_punct or geographic(t))), None)
    result = first is not None and first.tag_ == "VBG" and first.lemma_.lower() in words().resulting
    return result and doc[mention.first - 1].lower_ in _PLAINLY_AT and not any(_breaks(t) for t in between)


def _narrower(mention: PlaceMention, than: PlaceMention) -> bool:
    """A place within the province or country that the event is said to be in: "In X province, jets bombed Y"."""
    one, wide = mention.chosen, than.chosen
    if one is None or wide is None or one.country != wide.country or one.kind in ("country", "admin1"):
        return False
    province = wide.kind == "admin1" or than.noun in _PROVINCES
    near = one.admin1 == wide.admin1 or within(one, wide, _BESIDE_KM)
    return wide.kind == "country" or (province and one != wide and near)


def _finest(best: PlaceMention, found: tuple[PlaceMention, ...]) -> PlaceMention:
    """"Sarmin" of "in Sarmin in Idlib province": the name that the one chosen only says more about."""
    return next((m for m in found if m.placing and any(w.span == best.span for w in m.wider)), best)


def _follows(mention: PlaceMention, trigger: Token) -> bool:
    """"clashes break out around X", "strikes on the outskirts of X", "raids target X": the place right behind the
    trigger, whatever the parser made of it, as it errs most in headlines."""
    doc, lists = trigger.doc, words()
    at = trigger.i + 1
    if mention.chosen is not None and mention.chosen.kind == "country":
        return False
    verb = trigger.pos_ == "VERB" and trigger.lemma_ not in lists.speech
    if not at + (not verb) <= mention.first <= at + _BEHIND:
        return False
    after = doc[mention.last + 1] if mention.last + 1 < len(doc) else None
    if after is not None and (after.tag_ == "POS" or (after.pos_ == "NOUN" and not geographic(after))):
        return False  # "in Aleppo's markets", "against Damascus forces"
    noun = trigger.pos_ == "NOUN" and trigger.dep_ not in ("compound", "nmod", "amod")
    struck = False
    if noun and doc[at].lemma_.lower() in lists.striking:
        at, struck = at + 1, True
    elif noun and doc[at].lemma_.lower() in lists.lasting:
        at += 1 + (doc[at + 1].lower_ in ("out", "up", "on", "place") and doc[at + 2].lower_ in lists.placing)
    led = at < mention.first and doc[at].lower_ in lists.placing - {"to", "against"} - (set() if noun else {"of"})
    if not (led or struck or verb):
        return False
    return all(
        t.pos_ in ("DET", "ADJ") or t.lower_ in ("of", "both") or t.is_quote or geographic(t) or facility(t)
        for t in doc[at + led : mention.first]
    )


def _nearest_after(
    trigger: Token, anchor: Anchor, paragraph: Paragraph, found: tuple[PlaceMention, ...]
) -> PlaceMention | None:
    """The first place behind the trigger, where nothing lies between that begins another clause: what the parser
    hangs elsewhere, as it often does in headlines ("12 killed in a raid carried out by jets in Idlib")."""
    doc = paragraph.doc
    for mention in found:
        if mention.first <= trigger.i or not mention.placing or not _in_scope(mention, trigger, anchor, paragraph):
            continue
        lead = _lead(mention, doc)
        if lead - trigger.i > _REACH or any(_breaks(t) for t in doc[trigger.i + 1 : lead]):
            return None
        if not _leads_in(doc[lead], trigger):
            return None
        return mention if mention.chosen is None or mention.chosen.kind != "country" else None
    return None


def _leads_in(lead: Token, trigger: Token) -> bool:
    """Whether the word before a place ties it to the trigger: a preposition, or "targets" of "shelling targets X"."""
    if lead == trigger:
        return trigger.lemma_ not in words().speech
    if lead.lower_ in _PLAINLY_AT:
        return True
    if lead.i == trigger.i + 1 and lead.lemma_.lower() in words().striking:
        return True
    return lead.lower_ == "on" and trigger.pos_ == "NOUN"


def _lead(mention: PlaceMention, doc: Doc) -> int:
    """The word that leads a phrase of place in: "in" of "in the northern outskirts of the city of Homs"."""
    at = mention.first - 1
    while at > 0 and (doc[at].pos_ in ("DET", "ADJ") or doc[at].lower_ == "of" or geographic(doc[at])):
        at -= 1
    return at


def _breaks(token: Token) -> bool:
    """What begins another clause or sentence: a verb with a tense, a stop."""
    if token.text in (";", ":", "…", "...", "..", "–", "—"):
        return True
    goes_on = token.lemma_.lower() in words().lasting | words().resulting
    return token.pos_ in ("VERB", "AUX") and token.tag_ in ("VBD", "VBZ", "VBP", "MD") and not goes_on


def _only_one(
    trigger: Token, anchor: Anchor, paragraph: Paragraph, found: tuple[PlaceMention, ...]
) -> PlaceMention | None:
    """The only place that a short sentence names, where a preposition of place stands before it."""
    sentence = trigger.sent
    if len(sentence) > _SHORT or trigger.i in anchor.arguments:
        return None
    inside = [m for m in found if m.placing and m.paragraph == anchor.paragraph and _within(m, sentence)]
    only = inside[0] if len(inside) == 1 else None
    if only is None or only.chosen is None or only.chosen.kind == "country":
        return None
    if not _in_scope(only, trigger, anchor, paragraph):
        return None
    before = paragraph.doc[relation_of(only, paragraph.doc)[0] - 1]
    return only if before.lower_ in _PLAINLY_AT and before.i > trigger.i else None


def _within(mention: PlaceMention, sentence: TokenSpan) -> bool:
    return sentence.start <= mention.first < sentence.end


def _carries_on(trigger: Token) -> bool:
    return any(c.lower_ == "there" and c.dep_ == "advmod" for c in verb_of(trigger).children)


def _in_scope(mention: PlaceMention, trigger: Token, anchor: Anchor, paragraph: Paragraph) -> bool:
    if mention.paragraph != anchor.paragraph:
        return False
    if mention.sentence != sentence_at(paragraph.doc, trigger.i) or mention.first <= trigger.i <= mention.last:
        return False
    if anchor.content is None:
        return True
    return anchor.content.start <= mention.span.start and mention.span.end <= anchor.content.end


def root_of(mention: PlaceMention, doc: Doc) -> Token:
    return doc[mention.first : mention.last + 1].root


def _climb(token: Token, trigger: Token) -> tuple[list[Token], Token]:
    """The tokens from a name up to the trigger or to the nearest verb above it, and that end."""
    path = [token]
    while token != trigger and token.head != token and not (token.pos_ in ("VERB", "AUX") and token.dep_ != "amod"):
        token = token.head
        path.append(token)
    return path, token


def _rank(mention: PlaceMention, trigger: Token, anchor: Anchor, paragraph: Paragraph) -> int | None:
    """How closely the tree binds a place to an event, 0 the closest; None when it is no place of it."""
    doc = paragraph.doc
    path, end = _climb(root_of(mention, doc), trigger)
    kind = _bond(path, end, trigger)
    if kind is None and _where(verb_of(trigger), mention, doc):
        return 2
    if kind is None and _set_off(mention, doc) and _fronted(mention, paragraph, anchor):
        return 12
    if kind is None or (mention.chosen and mention.chosen.kind == "country" and _qualifies(path)):
        return None
    if mention.noun in words().lines:
        kind += 30
    if end == trigger:
        return kind
    verb = verb_of(trigger)
    if _where(verb, mention, doc):
        return 2
    if end in of_which(trigger):
        return 3 + kind
    if end == verb or (end.dep_ in ("csubj", "csubjpass") and end.head == verb):
        return 3 + kind
    for steps, above in enumerate(_shared(verb)):
        if end == above and not (verb.dep_ == "acl" and verb.tag_ == "VBN" and _lead(mention, doc) == mention.sentence):
            return 8 + kind + steps     # "Near X, men freed two who were seized": not seized there
    if kind == 0 and _fronted(mention, paragraph, anchor):
        return 12
    if any(end == below for below in _under(verb)):
        return 14 + kind
    if anchor.content is not None and not _inside(end, anchor.content, paragraph):
        return 20 + kind
    if kind <= 1 and any(end == below for below in _of_its_object(verb)):
        return 24 + kind
    return None


def _where(verb: Token, mention: PlaceMention, doc: Doc) -> bool:
    """Whether the clause of an event is one that "where" ties to the name: "in X, where growers blocked a road"."""
    for _ in range(3):
        for child in verb.children:
            if child.lower_ == "where" and child.i:
                at = child.i - 1 - (doc[child.i - 1].text == ",")
                return mention.first <= at <= mention.last + 1
        if verb.dep_ != "conj":
            return False
        verb = verb_of(verb.head)
    return False


def _set_off(mention: PlaceMention, doc: Doc) -> bool:
    """Whether a comma stands right behind the name: "Near X, rebels …", whatever the parser took "Near" for."""
    after = mention.last + 1 + (mention.last + 1 < len(doc) and doc[mention.last + 1].lower_ == mention.noun)
    return after < len(doc) and doc[after].text == ","


def _of_its_object(verb: Token) -> Iterator[Token]:
    """The verb of what tells apart the one acted on: "killed people who tried to flee Manbij" (no comma before)."""
    for child in verb.children:
        if child.dep_ not in ("dobj", "nsubjpass") and child.lower_ not in ("at", "in"):
            continue
        inside = [child, *(g for c in (child, *child.children) if c.dep_ == "prep" for g in c.children)]
        for noun in inside:
            for clause in noun.children:
                if clause.dep_ == "relcl" and clause.left_edge.i and clause.left_edge.nbor(-1).text != ",":
                    yield clause
                    yield from (c for c in clause.children if c.dep_ == "xcomp")


def _bond(path: list[Token], end: Token, trigger: Token) -> int | None:
    """0 a phrase of place on the end of the path, 1 in its object, 2 in its subject; None when the name plays
    another part: an actor, an origin, a topic, somebody's office or outlet."""
    lists = words()
    placed = False
    for child, head in pairwise(path):
        if child.dep_ in ("pobj", "pcomp"):
            carried = placed and head.lower_ in lists.carrying
            if not (carried or head.lower_ in lists.placing or bearing(head) or _left(head)):
                return None
            if head.lower_ == "of" and not placed and head.head.pos_ == "NOUN" and is_person(head.head):
                return None
            placed = placed or head.lower_ != "of" or geographic(head.head) or facility(head.head) or (
                head.head == trigger or head.head.lower_ in lists.portions or head.head.lower_ == "out"
            )
        elif child.dep_ in ("compound", "nmod", "amod") and child == path[0]:
            if head != trigger and not geographic(head) and (head.ent_type_ or is_person(head)):
                return None
            if head.lemma_.lower() in lists.abstract and head != trigger:
                return None
            placed = placed or head == trigger or geographic(head) or facility(head)
        elif child.dep_ == "appos" and child != path[0] and is_person(head):
            return None  # somebody's office: "X, the head of police in Y, was killed"
        elif child.dep_ == "poss":
            if not (geographic(head) or facility(head) or head == trigger or _in_it(head)):
                return None
            placed = placed or facility(head)
    last = path[-2] if len(path) > 1 else path[-1]
    if last.dep_ == "nsubj" and end.lemma_ in lists.hosting and trigger.head == end and trigger.dep_ == "dobj":
        return 0
    if last.dep_ in ("nsubj", "csubj"):
        return 2 if placed and end.pos_ in ("VERB", "AUX") else None
    if last.dep_ == "agent":
        return 2 if placed else None
    if last.dep_ in ("dobj", "nsubjpass", "attr", "oprd"):
        named = last == path[0] and end.lemma_ not in lists.speech and last.ent_type_ != "PERSON"
        if named:
            return 0
        return 1 if placed or geographic(last) else None
    if last.dep_ in ("dative",) or last.pos_ == "ADP" or last.dep_ in ("prep", "advmod", "npadvmod"):
        return 0
    return 1 if placed or end == trigger else None


def _left(preposition: Token) -> bool:
    """"withdrew from X", "pulled back from X": where somebody leaves, that happens."""
    beside = preposition.head
    verb = beside.head if beside.lower_ in ("out", "back") else beside
    if preposition.lower_ != "from" or verb.lemma_ not in words().leaving:
        return False
    return verb.lemma_ != "pull" or any(c.lower_ in ("out", "back") for c in verb.children)


def _qualifies(path: list[Token]) -> bool:
    """A country's name before a noun tells whose, not where: "a US convoy", "the Turkey strikes"."""
    return len(path) > 1 and path[0].dep_ in ("compound", "nmod", "amod") and not geographic(path[1])


def _fronted(mention: PlaceMention, paragraph: Paragraph, anchor: Anchor) -> bool:
    """A phrase of place that opens the sentence, or the words reported, sets the scene for all of it."""
    doc = paragraph.doc
    if verb_of(doc[anchor.token]).dep_ in ("acl", "relcl"):
        return False  # what only tells apart a thing or person may have been elsewhere
    opening = mention.sentence
    if anchor.content is not None and (inside := paragraph.tokens(anchor.content)) is not None:
        opening = max(opening, inside.start)
    lead = _lead(mention, doc)
    if lead < opening or doc[lead].lower_ not in words().placing - {"of", "to", "against"}:
        return False
    before = doc[opening:lead]
    return len(before) <= _REACH and (lead == opening or before[-1].text == ",") and not any(
        t.dep_ in ("nsubj", "nsubjpass") or _breaks(t) for t in before
    )


def _in_it(noun: Token) -> bool:
    """"in Syria's conflict", "at Tripoli's markets"."""
    return noun.dep_ == "pobj" and noun.head.lower_ in words().placing - {"of", "to", "against", "between", "upon"}


def _inside(token: Token, span: Span, paragraph: Paragraph) -> bool:
    return span.start <= paragraph.start + token.idx < span.end


def _shared(verb: Token) -> Iterator[Token]:
    """The verbs above whose scene a clause shares."""
    for _ in range(3):
        if verb.dep_ not in ("xcomp", "advcl", "conj", "pcomp", "acl", "ccomp") or verb.head == verb:
            return
        if verb.dep_ == "advcl" and _opens_with(verb, words().other_scene | {"as"}):
            return
        verb = verb_of(verb.head)
        yield verb


def _under(verb: Token) -> Iterator[Token]:
    """The verbs below that tell on with the same scene: "killed when rockets hit X", "tried to take X"."""
    if verb.lemma_ in words().speech:
        return
    for child in verb.children:
        if child.dep_ in ("advcl", "xcomp") and child.pos_ in ("VERB", "AUX"):
            if not _opens_with(child, words().other_scene):
                yield child
                yield from (c for c in child.children if c.dep_ == "xcomp")
        elif child.dep_ == "conj" and not any(c.dep_ in ("nsubj", "nsubjpass") for c in child.children):
            yield child


def _opens_with(verb: Token, words: set[str]) -> bool:
    return any(c.lower_ in words and c.dep_ in ("mark", "advmod", "prep") for c in verb.children)
