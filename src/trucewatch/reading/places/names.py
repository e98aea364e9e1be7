"""Names of places in the text: which words are one, and what they may name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Literal

from spacy.tokens import Doc, Token

from trucewatch.gazetteer import EXACT, Candidate, Gazetteer
from trucewatch.language import Paragraph
from trucewatch.reading.places.mention import PlaceMention, exact
from trucewatch.reading.places.words import facility, geographic, noun_beside, other_script, words
from trucewatch.reading.shared import sentence_at

_LONGEST = 6            # tokens of a name
_INNER = {
    "al", "el", "an", "ar", "as", "ash", "ad", "az", "at", "ez", "es", "de", "del", "la", "las", "los", "of", "da",
    "do", "dos", "di", "le", "-", "'", "’", "‘", "`", "bin", "sur", "und", "i",
}
_POSSESSIVE = {"'s", "’s", "'", "’"}
_OBJECTS = {"dobj", "pobj", "nsubjpass"}
Sense = Literal["place", "weak", "part"]
_CAPITAL = 300_000      # so many live in a city that may stand for its government
_SMALL = 15_000         # below so many inhabitants a name needs a sign that a place is meant


def no_places(paragraphs: Sequence[Paragraph]) -> set[str]:
    """Words that by themselves name no place on this page: of persons' names of two words and more or after a title,
    and those that the page also writes small, unless it puts them on the map somewhere."""
    persons: set[str] = set()
    small: set[str] = set()
    mapped: set[str] = set()
    for paragraph in paragraphs:
        doc = paragraph.doc
        for token in doc:
            if token.text[:1].islower():
                small.add(token.text)
            elif token.ent_type_ in _MAPPED or (token.i and doc[token.i - 1].lower_ in _PLAIN_SIGNS):
                mapped.add(token.text)
        for entity in doc.ents:
            titled = entity.start and doc[entity.start - 1].lower_.rstrip(".") in words().titles
            if entity.label_ == "PERSON" and (len(entity) > 1 or titled):
                persons.update(t.text for t in entity)
    return persons | ({word.capitalize() for word in small} - mapped)


_MAPPED = ("GPE", "LOC", "FAC")
_PLAIN_SIGNS = {"in", "at", "near", "from", "around", "outside"}


def put_on_map(mention: PlaceMention, doc: Doc) -> bool:
    """Whether a name of two words or more stands behind "in" or its like, as a person's hardly does: "in Ain Issa"."""
    return mention.last > mention.first > 0 and doc[mention.first - 1].lower_ in _PLAIN_SIGNS - {"from"}


def names_in(paragraph: Paragraph, gazetteer: Gazetteer, persons: AbstractSet[str]) -> Iterator[PlaceMention]:
    """The names of a paragraph, in order; none lies inside another. `persons`: words that name no place by
    themselves."""
    doc = paragraph.doc
    at = 0
    before = -1  # the last token of the place named before
    while at < len(doc):
        mention = None
        if _starts(doc, at):
            mention = _wide_at(paragraph, at, gazetteer) or _people_at(paragraph, at, gazetteer)
            listed = before >= 0 and before == at - 2 and doc[at - 1].lower_ in ("and", "or", "&")
            mention = mention or _longer(
                _thing_at(paragraph, at, gazetteer), _name_at(paragraph, at, gazetteer, persons, listed=listed)
            )
        if mention is None:
            at += 1
        else:
            yield mention
            at = mention.last + 1
            before = mention.last if mention.placing and not mention.weak else -1


def _starts(doc: Doc, at: int) -> bool:
    token = doc[at]
    if token.text[:1].isupper():
        return not (token.pos_ == "ADP" and token.lower_ in words().locative)  # "In Vienna"
    return token.lower_ in _INNER and token.is_alpha and at + 2 < len(doc) and doc[at + 1].text == "-" and (
        doc[at + 2].text[:1].isupper()
    )


def _name_at(
    paragraph: Paragraph, at: int, gazetteer: Gazetteer, persons: AbstractSet[str], *, listed: bool
) -> PlaceMention | None:
    """The longest name of a place that begins at a token, its own spelling before a near one; a name in the
    place of a place that no index knows comes back without candidates. `listed`: "and" ties it to a place."""
    doc = paragraph.doc
    loose: PlaceMention | None = None
    for last in _ends(doc, at):
        text = doc[at : last + 1].text
        found = gazetteer.find(text)
        if not found or (gazetteer.country_of(text) and found[0].kind != "country"):
            continue
        if not exact(found) and (_goes_on_with_article(doc, last) or _of_a_people(doc, at, last)):
            continue
        if (sense := _sense(doc, at, last, found, persons, listed=listed)) is None:
            continue
        mention = _mention(paragraph, at, last, found)
        mention = _with_noun(replace(mention, weak=sense == "weak", placing=sense != "part"), paragraph)
        if exact(found) and (loose is None or mention.placing):
            return mention
        loose = loose or mention
    return loose or _unknown(paragraph, at, gazetteer, persons)


def _goes_on_with_article(doc: Doc, last: int) -> bool:
    """"Badir" of "Badir al-Dumayr": half a name comes near to some other place by chance alone."""
    after = doc[last + 1 : last + 4]
    return len(after) == 3 and after[0].lower_ in _INNER and after[1].text == "-" and after[2].text[:1].isupper()


def _of_a_people(doc: Doc, at: int, last: int) -> bool:
    """"a mainly Kurdish town", "the Druze quarter": who lives there, no name that some place's comes near to."""
    if at != last or last + 1 == len(doc) or not doc[last + 1].is_lower or doc[at].dep_ not in ("amod", "compound"):
        return False
    return doc[at].lower_ in words().peoples or (doc[at].tag_ == "JJ" and doc[at].ent_type_ == "NORP")


def _longer(thing: PlaceMention | None, name: PlaceMention | None) -> PlaceMention | None:
    return thing if thing is not None and (name is None or name.last < thing.last) else name


def _thing_at(paragraph: Paragraph, at: int, gazetteer: Gazetteer) -> PlaceMention | None:
    """"Lumpkin Street", "County Road 42", "Otter Tail Lake": the noun says what it is; the index knows few of them."""
    doc, lists = paragraph.doc, words()
    last = at
    while last + 1 < len(doc) and last < at + 4 and (
        last == at or doc[last].text not in lists.things or doc[last + 1].text in lists.roads_of_names
    ) and (
        doc[last + 1].text[:1].isupper() or doc[last + 1].lower_ in _POSSESSIVE
    ):
        last += 1
    if doc[last].text not in lists.things:
        return None
    if doc[last].text in lists.roads_of_names and last + 1 < len(doc) and doc[last + 1].text[:1].isdigit():
        last += 1
    patrol = doc[last].text in lists.roads_of_names and last + 1 < len(doc) and doc[last + 1].pos_ == "PROPN" and (
        doc[last + 1].text[:1].isupper() and doc[last + 1].lower_ not in lists.bearings
    )
    if patrol or last == at or doc[at].pos_ == "DET" or gazetteer.find(doc[at : last + 1].text):
        return None
    return _mention(paragraph, at, last, ())


def _wide_at(paragraph: Paragraph, at: int, gazetteer: Gazetteer) -> PlaceMention | None:
    """A part of the world ("Europe", "the Middle East") or its adjective, up to three words long."""
    doc = paragraph.doc
    if not gazetteer.begins_region(doc[at].text):
        return None
    for last in range(min(at + 3, len(doc)) - 1, at - 1, -1):
        found = gazetteer.region(doc[at : last + 1].text)
        if found is None or not doc[last].is_alpha or _goes_on(doc, last):
            continue
        return replace(_mention(paragraph, at, last, found), placing=False)
    return None


def _goes_on(doc: Doc, last: int) -> bool:
    """Whether a name of a thing goes on after these words: "Red Sea state", "Baltic Fleet"."""
    after = doc[last + 1] if last + 1 < len(doc) else None
    return after is not None and (after.lower_ in words().kinds or after.text in words().things)


def _people_at(paragraph: Paragraph, at: int, gazetteer: Gazetteer) -> PlaceMention | None:
    """The adjective of a country before a noun ("Russian jets"); not a people by itself, nor a language."""
    doc = paragraph.doc
    for last in (at + 1, at):
        if last >= len(doc) or not doc[last].is_alpha:
            continue
        if doc[last].dep_ not in ("amod", "compound", "nmod", "poss"):
            continue
        text = doc[at : last + 1].text
        country = gazetteer.country_of(text)
        place = gazetteer.country(country) if country else None
        if place is not None and any(c.kind == "country" for c in exact(gazetteer.find(doc[at : at + 2].text))):
            return None  # "Saudi Arabia"
        if place is not None and (doc[last].pos_ == "ADJ" or not text.endswith("s")):
            span = paragraph.span(doc[at : last + 1])
            return PlaceMention(span, paragraph.index, at, last, "adjective", (place,), place, placing=False,
                                sentence=sentence_at(doc, at))
    return None


def _with_noun(mention: PlaceMention, paragraph: Paragraph) -> PlaceMention:
    """The name with the capitalised noun that belongs to it: "Orange County", "Royal Street", "Lake" not.

    What the noun rules out is no candidate: no hamlet for a street.
    """
    doc = paragraph.doc
    last = mention.last + 1
    if last >= len(doc) or doc[last].text not in words().parts_of_names:
        return mention
    kinds = words().parts_of_names[doc[last].text]
    if doc[last].text == "State" and any(c.country == "USA" for c in exact(mention.candidates)):
        return mention  # the university's team
    fitting = tuple(c for c in mention.candidates if c.kind in kinds)
    return replace(
        mention, last=last, span=paragraph.span(doc[mention.first : last + 1]), candidates=fitting,
        noun=doc[last].lower_ if doc[last].lower_ in words().kinds else None, weak=False,
    )


def _ends(doc: Doc, at: int) -> Iterator[int]:
    """The tokens on which a name from `at` may end, the farthest first."""
    ends = []
    for i in range(at, min(at + _LONGEST, len(doc))):
        token = doc[i]
        if token.text[:1].isupper() or (i > at and token.text[:1].isdigit()):
            ends.append(i)
        elif token.lower_ not in _INNER or (i > at and doc[i - 1].whitespace_ and token.text in "'’‘`"):
            if token.lower_ == "camp" and i > at:
                ends.append(i)
            break
    return reversed(ends)


def _mention(paragraph: Paragraph, first: int, last: int, found: tuple[Candidate, ...]) -> PlaceMention:
    span = paragraph.span(paragraph.doc[first : last + 1])
    noun = noun_beside(paragraph.doc, first, last)
    return PlaceMention(
        span, paragraph.index, first, last, "name", found, noun=noun, sentence=sentence_at(paragraph.doc, first)
    )


def _sense(
    doc: Doc, first: int, last: int, found: tuple[Candidate, ...], persons: AbstractSet[str], *, listed: bool
) -> Sense | None:
    """What the words are here: a place; "weak" when it takes the page's country to tell; a "part" of the name of
    something else; None for a person or a common word."""
    lists = words()
    types = {t.ent_type_ for t in doc[first : last + 1]} - {""}
    sign = listed or sign_beside(doc, first, last, found) or before_province(doc, last) or (
        "PERSON" not in types and bool(exact(found)) and last + 1 < len(doc) and facility(doc[last + 1])
    )
    geo = bool(types & {"GPE", "LOC", "FAC"})
    city = any(c.score >= EXACT and c.population >= _CAPITAL for c in found)
    if first == last and not (_proper(doc[first]) or sign or geo or (city and not doc[first].is_sent_start)):
        return None
    if doc[first : last + 1].text.lower() in _INNER | lists.common:
        return None
    if first and doc[first - 1].lower_ == "the" and not noun_beside(doc, first, last) and all(
        c.kind in ("town", "village") for c in found
    ):
        return None  # "the Turkistan": short for some body
    if types & {"DATE", "TIME"} and not (first >= 2 and doc[first - 1].lower_ == "of" and geographic(doc[first - 2])):
        return None  # "in May"; "south of Wau" is no time, whatever the tagger says
    acronym = first == last and doc[first].is_upper and len(doc[first]) <= 4
    if acronym and found[0].kind not in ("country", "region"):
        return None
    strong = any(c.score >= EXACT and (c.kind in ("country", "admin1") or c.population >= _SMALL) for c in found)
    if first + 1 <= last and doc[first].text == "St." and doc[min(last + 1, len(doc) - 1)].lower_ in _POSSESSIVE:
        return None  # a saint's day, church or school
    if _part_of_longer(doc, first, last):
        wide = found[0].kind in ("country", "continent", "admin1")
        inner = not wide and _named_on(doc, first)
        return "part" if strong and not inner and "PERSON" not in types else None
    if first and doc[first - 1].lower_.rstrip(".") in lists.titles and not sign:
        return None
    nation = geo and found[0].kind == "country" and found[0].score >= EXACT
    if not sign and not nation and first == last and (
        doc[first].text in persons or (not geo and _speaks(doc[first], found))
    ):
        return None
    if "PERSON" in types and not sign:
        return _person_sense(doc, first, last, strong=strong)
    if "NORP" in types and not (sign or strong):
        return None
    if sign or geo or strong:
        return "place"
    return "weak" if doc[first : last + 1].root.dep_ in _OBJECTS else None


def _speaks(token: Token, found: tuple[Candidate, ...]) -> bool:
    """"Meredith said": a person, where the place of the name is none that speaks for its government."""
    subject = token.dep_ in ("nsubj", "nsubjpass") and token.head.lemma_ in words().speech
    return subject and not any(c.kind in ("country", "admin1") or c.population >= _CAPITAL for c in found)


def _person_sense(doc: Doc, first: int, last: int, *, strong: bool) -> Sense | None:
    """What a name of a place is that was tagged as a person. The tagger knows few places."""
    if any(
        0 <= i < len(doc) and doc[i].ent_type_ == "PERSON" and doc[max(i, first)].ent_iob_ == "I"
        for i in (first - 1, last + 1)
    ):
        return None  # part of a longer name
    role = doc[first : last + 1].root.dep_
    if strong and (last > first or role in _OBJECTS | {"compound", "poss", "nmod", "amod", "conj", "appos"}):
        return "place"
    return "weak" if role in _OBJECTS else None


def _proper(token: Token) -> bool:
    """A proper name by its tag, or by its capital in the midst of a sentence in small letters."""
    if token.pos_ == "PROPN":
        return True
    small = sum(t.is_alpha and t.is_lower for t in token.sent)
    capital = token.pos_ != "ADJ" and not token.is_sent_start and token.text[:1].isupper()
    return capital and small * 2 > len(token.sent)


def sign_beside(doc: Doc, first: int, last: int, found: tuple[Candidate, ...] = ()) -> bool:
    """A word beside the name that makes it a place: "in", "near", "the town of", "district"."""
    noun = noun_beside(doc, first, last)
    if noun and (not found or any(c.kind in words().kinds[noun] for c in found)):
        return True
    before = doc[first - 1].lower_ if first else ""
    if first and doc[first - 1].pos_ == "VERB" and doc[first - 1].lemma_ in words().storming:
        return True
    act = doc[first - 2] if first >= 2 else None
    if act is not None and before in ("of", "on") and {act.lemma_.lower(), act.lower_} & words().strikes:
        return True
    if before in ("of", "from") and first >= 2:
        return geographic(doc[first - 2]) or facility(doc[first - 2]) or doc[first - 2].lower_ == "out"
    return before in words().locative - {"of", "to", "from", "against", "on"}


def before_province(doc: Doc, last: int) -> bool:
    """Whether an entry goes on with the province alone, or with a district and it: "Mayadin, Deir Ezzor governorate",
    with the name in another script between them or not."""
    at = last
    for _ in range(_DEPTH):
        name = at + 1
        while name < len(doc) and (doc[name].text == "," or doc[name].is_space or other_script(doc[name].text)):
            name += 1
        if name == at + 1:
            return False
        at = name
        while at < len(doc) and at < name + 4 and doc[at].text[:1].isupper():
            at += 1
        if at == name or at >= len(doc):
            return False
        if words().kinds.get(doc[at].text, [""])[0] == "admin1":
            return at + 1 == len(doc) or doc[at + 1].is_punct or doc[at + 1].is_space
        at -= 1
    return False


_DEPTH = 2  # names that may follow one to say where it lies: district and province


def _part_of_longer(doc: Doc, first: int, last: int) -> bool:
    """Whether capitalised proper names go on at either side: "Aleppo Media Centre", "Salma Hayek"."""
    lists = words()
    before = doc[first - 1] if first else None
    after = doc[last + 1] if last + 1 < len(doc) else None
    head = doc[first : last + 1].root.head
    beside = after is not None and _plain_facility(after)
    if not beside and any(t is not None and t.i > last and t.lemma_.lower() in lists.bodies for t in (after, head)):
        return True
    if after is not None and after.text == "-" and not after.whitespace_ and last + 2 < len(doc):
        return doc[last + 2].text[:1].islower() or doc[last + 2].pos_ == "ADJ"  # "Damascus-based", "US-Kurdish"
    if _goes_on_with_article(doc, last):
        return True
    if after is not None and after.pos_ == "PROPN" and after.text[:1].isupper() and after.lower_ not in lists.kinds:
        modifies = doc[last].dep_ in ("compound", "nmod", "amod", "poss")
        if modifies and doc[last].whitespace_:
            return True
    if before is None or before.pos_ != "PROPN" or not before.text[:1].isupper() or before.lower_ in lists.kinds:
        return False
    return before.dep_ in ("compound", "nmod") and before.head.i in range(first, last + 1) and (
        before.lower_ not in lists.bearings and not before.is_sent_start
    )


def _plain_facility(noun: Token) -> bool:
    """"hospital" of "Aleppo hospital", which stands there, where "Aleppo Hospital" is a name."""
    return noun.is_lower and facility(noun)


def _named_on(doc: Doc, first: int) -> bool:
    """Whether the longer name began before these words: "East Hampton Fire Department", "the New Milford police"."""
    before = doc[first - 1] if first else None
    return before is not None and before.pos_ == "PROPN" and before.text[:1].isupper() and before.text.isalpha() and (
        before.lower_ not in words().beside and not before.lower_.endswith("ern")
    )


def _continues(doc: Doc, last: int) -> int:
    """How many tokens on a proper name goes on: 1, 2 over a hyphen ("Al-Gurah"), 0 when it ends."""
    after = doc[last + 1 : last + 3]
    if len(after) and after[0].pos_ == "PROPN" and after[0].text != "-":
        return 1
    joined = len(after) == 2 and after[0].text == "-" and not doc[last].whitespace_ and after[1].pos_ == "PROPN"
    return 2 if joined else 0


def _unknown(
    paragraph: Paragraph, at: int, gazetteer: Gazetteer, persons: AbstractSet[str]
) -> PlaceMention | None:
    """A capitalised name in the place of a place that no index knows: "in Foobar", "the village of Foobar"."""
    doc = paragraph.doc
    said = doc[at].text[:1].isupper() and not doc[at].is_sent_start and _plainly_named(doc, at, at)
    if (doc[at].pos_ != "PROPN" and not said) or doc[at].ent_type_ in ("DATE", "NORP"):
        return None
    if doc[at].lower_ in words().common or _of_a_people(doc, at, at):
        return None
    last = at
    while (step := _continues(doc, last)) and doc[last + step].lower_ not in words().kinds:
        last += step
    head = doc[last]
    if before_province(doc, last) and not doc[last].is_upper:
        return _mention(paragraph, at, last, ())
    if _of_office(doc, at, last):
        return None
    if head.ent_type_ == "PERSON" and not _plainly_named(doc, at, last):
        return None
    if all(t.ent_type_ in ("GPE", "LOC") for t in doc[at : last + 1]) and not sign_beside(doc, at, last):
        if head.dep_ in ("nsubj", "nsubjpass", "poss", "conj") or (at == last and doc[at].text in persons):
            return None  # who acts or owns is rather somebody that the tagger does not know
        return replace(_mention(paragraph, at, last, ()), placing=head.dep_ in _OBJECTS)
    tags = {t.ent_type_ for t in doc[at : last + 1]}
    if _explained(doc, at, last, gazetteer) and "PERSON" not in tags:
        return _mention(paragraph, at, last, ())
    plainly = at and doc[at - 1].lower_ in ("in", "near") and tags <= {"", "ORG"} and not doc[last].is_upper
    if plainly and head.dep_ == "pobj" and not doc[at].is_sent_start:
        return _mention(paragraph, at, last, ())
    places = {"GPE", "LOC", "FAC"}
    if said:
        return _mention(paragraph, at, last, ())
    if head.dep_ != "pobj" and not noun_beside(doc, at, last):
        return None
    geo = bool({t.ent_type_ for t in doc[at : last + 1]} & places)
    if _part_of_longer(doc, at, at) and at != last and not geo:
        return None
    if not (geo and sign_beside(doc, at, last)) and not (noun_beside(doc, at, last) and head.ent_type_ != "ORG"):
        return None
    if not sign_beside(doc, at, last):
        return None
    return _mention(paragraph, at, last, ())


def _of_office(doc: Doc, first: int, last: int) -> bool:
    """Whether a noun of place beside an unknown name is part of a body's or an office's name: "City Manager Jones",
    "the Department of Health", "Water District"; or the name is a letter alone or none: "District A"."""
    before = doc[first - 1] if first else None
    after = doc[last + 1] if last + 1 < len(doc) else None
    if len(doc[first : last + 1].text.strip(".")) == 1 or (first == last and doc[first].pos_ in ("DET", "PRON")):
        return True
    if before is not None and before.lower_ in _GOVERNED and before.text[:1].isupper():
        return True
    if first >= 2 and doc[first - 1].lower_ == "of" and doc[first - 2].lower_ == "department":
        return True
    return after is not None and after.lower_ in _GOVERNED and after.text[:1].isupper()


_GOVERNED = {"city", "town", "county", "state", "district", "department", "neighborhood", "neighbourhood", "area",
             "region", "airport", "road", "highway", "country"}


def _plainly_named(doc: Doc, first: int, last: int) -> bool:
    """"the village of X", "in X village": the words say that it is a place, whatever the tagger took it for."""
    noun = noun_beside(doc, first, last)
    return noun is not None and noun in _SETTLED


_SETTLED = {"town", "village", "hamlet", "city", "suburb", "quarter", "neighbourhood", "neighborhood", "district",
            "municipality", "township"}


def _explained(doc: Doc, first: int, last: int, gazetteer: Gazetteer) -> bool:
    """Whether a name in the place of a place has one right behind it that says where it lies: "shelled X, Donetsk",
    "in X (Y district, Z province)"."""
    before = doc[first - 1] if first else None
    if before is None or not (before.lower_ in words().locative or before.lower_ in words().kinds
                              or doc[last].dep_ in ("dobj", "nsubjpass")):
        return False
    at = last + 1
    while at < len(doc) and doc[at].lower_ in words().kinds:
        at += 1
    if at + 1 >= len(doc) or doc[at].text not in (",", "(") or not doc[at + 1].text[:1].isupper():
        return False
    return any(
        any(c.kind in ("admin1", "country", "town", "region") for c in exact(gazetteer.find(doc[at + 1 : end].text)))
        for end in range(min(at + 4, len(doc)), at + 1, -1)
    )
