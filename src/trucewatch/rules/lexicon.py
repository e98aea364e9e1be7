"""Who is who: an index of states, forces, groups, bodies, media and people by any spelling.

The data are facts of general knowledge, kept in `rules/data/actors/*.yaml`, `rules/data/countries.yaml`
and `rules/data/nouns.yaml`. Names are compared word by word after folding (case, diacritics, apostrophes, the
Arabic article, hyphens, common differences of transliteration).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import msgspec
from spacy.tokens import Doc, Span

from trucewatch.errors import RuleError
from trucewatch.model.reading import EntityKind, Role
from trucewatch.rules.loader import load

Number = Literal["singular", "plural", "either"]
Sort = Literal["name", "surname", "country", "adjective", "seat", "place"]


# ------------------------------------------------------------------ the shape of the files

class _Details(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    also: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    gender: Literal["m", "f"] | None = None
    country: str | None = None
    kind: EntityKind | None = None
    sector: str | None = None
    actor: str | None = None
    side: str | None = None
    plural: bool = False


class _ActorFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Actors of one kind: by country (or `INT`), name -> spellings or details."""

    kind: EntityKind
    sector: str
    of: dict[str, dict[str, tuple[str, ...] | _Details]]


class _Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: tuple[str, ...]
    seats: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class _State(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str | None = None
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    forces: dict[str, str] = {}


class _States(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    states: dict[str, _State]


class _NounClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    kind: EntityKind
    words: tuple[str, ...]
    sector: str | None = None
    role: Role | None = None
    number: Number = "either"
    animate: bool = False
    instrument: bool = False
    collective: bool = False
    office: bool = False
    gender: Literal["m", "f"] | None = None


class _ForceRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that stand for one body of a state, and the body's usual name.

    `owned` words do so only with an owner ("Chadian troops"); `words` with `bare` also without one,
    for the country that a page is about ("the army").
    """

    id: str
    name: str
    kind: EntityKind
    sector: str
    words: tuple[str, ...]
    examples: tuple[str, ...]
    nots: tuple[str, ...]
    owned: tuple[str, ...] = ()
    bare: bool = False


class _Nouns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    classes: tuple[_NounClass, ...]
    forces: tuple[_ForceRule, ...]
    titles: tuple[str, ...]
    given: tuple[str, ...]
    women: tuple[str, ...]
    particles: tuple[str, ...]
    apart: tuple[str, ...]


# ------------------------------------------------------------------ the values given out

@dataclass(frozen=True, slots=True)
class Post:
    """A role that an entry held: folded role words, where, and from which year to which."""

    words: tuple[str, ...]
    country: str | None
    first: int | None = None
    last: int | None = None

    def held(self, year: int | None) -> bool:
        """Whether the post may have been held in `year`; an unknown year excludes nothing."""
        return year is None or ((self.first or 0) <= year <= (self.last or 9999))


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody or something of the lexicon under its usual name. `worldwide`: at work everywhere, whatever its seat."""

    id: str
    name: str
    kind: EntityKind
    country: str | None
    sector: str | None
    actor: str | None
    gender: str | None = None
    plural: bool = False
    side: str | None = None
    posts: tuple[Post, ...] = ()
    worldwide: bool = False

    def countries(self) -> frozenset[str]:
        """Every country the entry has to do with."""
        return frozenset(c for c in (self.country, *(p.country for p in self.posts)) if c)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a common noun says of whoever it stands for."""

    lemma: str
    kind: EntityKind
    sector: str | None = None
    role: Role | None = None
    number: Number = "either"
    animate: bool = False
    instrument: bool = False
    collective: bool = False
    office: bool = False
    gender: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens `[start, end)` of a doc that a name covers, and what it may name."""

    start: int
    end: int
    sort: Sort
    entries: tuple[Entry, ...] = ()
    country: str | None = None


@dataclass(slots=True)
class _Bucket:
    """What one folded spelling may stand for."""

    entries: dict[str, Entry] = field(default_factory=dict)
    surnames: dict[str, Entry] = field(default_factory=dict)
    country: tuple[Sort, str] | None = None
    capital: bool = True
    acronym: bool = True
    article: bool = True


# ------------------------------------------------------------------ folding

_SAME = {"muhammad": "mohamed", "mohammed": "mohamed", "mohammad": "mohamed", "mohamad": "mohamed",
         "ahmad": "ahmed", "organisation": "organization", "organisations": "organization",
         "organizations": "organization", "defence": "defense", "centre": "center", "labour": "labor",
         "abdel": "abdul", "abdal": "abdul", "hussain": "hussein", "husayn": "hussein", "yousef": "yusuf",
         "youssef": "yusuf", "yousuf": "yusuf", "khaled": "khalid", "saeed": "said", "saleh": "salih"}
_ARTICLES = {"al", "el"}
_HYPHENED = {"al", "el", "an", "ar", "as", "ash", "at", "ad", "adh", "az", "ul", "ud", "us", "ur"}
_APOSTROPHES = str.maketrans("", "", "'’‘`ʿʾʼ.´")
_DASHES = "-‐‑–"


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """One word without case, diacritics, apostrophes, dots and common spelling differences."""
    plain = unicodedata.normalize("NFKD", word.casefold()).replace("ı", "i").replace("ł", "l")
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = re.sub(r"['’]s$", "", plain).translate(_APOSTROPHES)
    if len(plain) > 4:
        plain = _SAME.get(plain, plain)
        plain = plain.replace("ou", "u").replace("oo", "u").replace("ee", "i").replace("q", "k").replace("y", "i")
        plain = re.sub(r"(.)\1(?=.)", r"\1", plain)
    return plain


def fold_name(name: str) -> tuple[str, ...]:
    """The folded words of a name, articles left out."""
    words = [w for w in re.split(r"[\s\-‐‑–/,()]+", name) if w]
    folded = [fold(w) for w in words]
    kept = [f for i, (w, f) in enumerate(zip(words, folded, strict=True))
            if f and f not in _ARTICLES and not (f == "the" and i == 0) and not _prefixed(w, f, name)]
    return tuple(kept or [w for w in folded if w])


def _prefixed(word: str, folded: str, name: str) -> bool:
    """Whether a word is an article that a hyphen ties to the next: "ash-" in "ash-Shaar"."""
    return folded in _HYPHENED and not word.isupper() \
        and re.search(rf"(?i)\b{re.escape(word)}[\-‐‑]", name) is not None


@dataclass(frozen=True, slots=True)
class Words:
    """A doc as folded words, each with the token it came from."""

    words: tuple[str, ...]
    tokens: tuple[int, ...]


def phrase_words(span: Span) -> tuple[str, ...]:
    """The folded words of a stretch of a doc."""
    return _folded([t.text for t in span]).words


def doc_words(doc: Doc) -> Words:
    """The folded words of a doc: hyphens, possessive endings and articles left out."""
    return _folded([t.text for t in doc])


def _folded(texts: list[str]) -> Words:
    words: list[str] = []
    tokens: list[int] = []
    last = len(texts) - 1
    for i, text in enumerate(texts):
        if text in _DASHES or text in ("'s", "’s", "'", "’") or not any(map(str.isalnum, text)):
            continue
        low = text.lower()
        if low in _ARTICLES and i < last and text != "AL":
            continue
        if low in _HYPHENED and not text.isupper() and i < last and texts[i + 1] in _DASHES:
            continue
        for piece in (re.split(r"[\-‐‑–/]", text) if any(d in text for d in "-‐‑–/") else (text,)):
            if piece and piece.lower() not in _ARTICLES:
                words.append(fold(piece))
                tokens.append(i)
    return Words(tuple(words), tuple(tokens))


# ------------------------------------------------------------------ the index

_POST = re.compile(r"^(?P<words>.+?)(?: @(?P<where>[A-Z]{3}))?(?: (?P<first>\d{4})-(?P<last>\d{4})?)?$")
_MEMBERLESS = "INT"


class Lexicon:
    """Names to entries, nouns to what they say, states to their bodies."""

    def __init__(
        self, entries: Iterable[tuple[Entry, tuple[str, ...]]], countries: dict[str, _Country],
        states: dict[str, _State], nouns: _Nouns,
    ) -> None:
        self._nouns = {w: _noun(w, c) for c in nouns.classes for w in c.words}
        self.titles = frozenset(nouns.titles)
        self.given = frozenset(fold(w) for w in nouns.given)
        self.women = frozenset(fold(w) for w in nouns.women)
        self.particles = frozenset(nouns.particles)
        self.apart = frozenset(nouns.apart)
        self.forces = {rule.id: rule for rule in nouns.forces}
        self._force_words: dict[tuple[str, ...], _ForceRule] = {
            fold_name(words): rule for rule in nouns.forces for words in (*rule.words, *rule.owned)}
        self._bare = frozenset(
            fold_name(words) for rule in nouns.forces if rule.bare for words in rule.words)
        self._states = states
        self._names = {code: _state_name(code, countries, states) for code in countries | states}
        self._adjectives = {
            code: next((a for a in (*states.get(code, _State()).adjectives, *c.adjectives)
                        if not a.replace(".", "").isupper()), self._names[code])
            for code, c in countries.items()}
        self._first: dict[str, list[tuple[str, ...]]] = {}
        self._buckets: dict[tuple[str, ...], _Bucket] = defaultdict(_Bucket)
        self._by_id: dict[str, Entry] = {}
        self._posts: dict[tuple[str, ...], list[tuple[Post, Entry]]] = defaultdict(list)
        self._bodies: dict[str, str] = {}
        for entry, spellings in entries:
            self._enter(entry, spellings)
        self._enter_bodies()
        for code in countries | states:
            self._enter_country(code, countries.get(code), states.get(code, _State()))
        self._index()

    # -- filling
    def _enter(self, entry: Entry, spellings: tuple[str, ...]) -> None:
        if entry.id in self._by_id:
            raise RuleError("rule_twice", f"{entry.name} stands twice", place="rules/data/actors",
                            mend="join the two entries")
        self._by_id[entry.id] = entry
        for spelling in (entry.name, *spellings):
            bucket = self._bucket(spelling)
            bucket.entries[entry.id] = entry
            if entry.kind == "person":
                surname = self.surname(fold_name(spelling))
                if surname and surname != fold_name(spelling):
                    self._buckets[surname].surnames[entry.id] = entry
                    self._buckets[surname].acronym = self._buckets[surname].article = False
        for post in entry.posts:
            self._posts[post.words].append((post, entry))

    def _enter_bodies(self) -> None:
        """The bodies of states that have names of their own."""
        for code, state in self._states.items():
            for body in state.forces:
                if body not in self.forces:
                    raise RuleError("rule_body", f"{code}: {body!r} is no body of a state",
                                    place="rules/data/actors/states.yaml", mend=f"one of {', '.join(self.forces)}")
                entry = self.force(code, body)
                self._bodies.setdefault(entry.id, body)
                if entry.id not in self._by_id:
                    self._enter(entry, ())

    def _bucket(self, spelling: str) -> _Bucket:
        bucket = self._buckets[fold_name(spelling)]
        bucket.acronym = bucket.acronym and spelling.replace(".", "").isupper() and len(spelling) <= 6
        bucket.capital = bucket.capital and any(map(str.isupper, spelling))
        bucket.article = bucket.article and spelling.startswith("The ")
        return bucket

    def _enter_country(self, code: str, country: _Country | None, state: _State) -> None:
        country = country or _Country(())
        for sort, names in (
            ("country", (*country.names, *state.names)), ("adjective", (*country.adjectives, *state.adjectives)),
            ("seat", (*country.seats, *state.seats)), ("place", state.places),
        ):
            for name in names:
                bucket = self._bucket(name.strip())
                if bucket.country is None:
                    bucket.country = (sort, code)  # type: ignore[assignment]
        for name in (*country.names, *state.names):
            if not name.isupper() and not name.endswith("s"):       # "Chads army": an apostrophe lost
                bucket = self._bucket(name + "s")
                bucket.country = bucket.country or ("adjective", code)
        for house in state.houses:
            entry = self.force(code, "government")
            self._bucket(house).entries[entry.id] = entry

    def _index(self) -> None:
        for words in self._buckets:
            if words:
                self._first.setdefault(words[0], []).append(words)
        for keys in self._first.values():
            keys.sort(key=len, reverse=True)

    # -- asking
    def matches(self, doc: Doc) -> list[Match]:
        """Every name of the lexicon in `doc`, longest first where they overlap, in order of the text."""
        stream = doc_words(doc)
        found: list[Match] = []
        at = 0
        while at < len(stream.words):
            match, used = self._longest(doc, stream, at)
            if match:
                found.append(match)
            at += used
        return found

    def _longest(self, doc: Doc, stream: Words, at: int) -> tuple[Match | None, int]:
        for words in self._first.get(stream.words[at], ()):
            stop = at + len(words)
            if stream.words[at:stop] != words:
                continue
            start, end = stream.tokens[at], stream.tokens[stop - 1] + 1
            if stop < len(stream.tokens) and stream.tokens[stop] == end - 1:
                continue                            # the name ends inside a token
            match = self._match(doc, start, end, self._buckets[words])
            if match:
                return match, len(words)
        return None, 1

    def _match(self, doc: Doc, start: int, end: int, bucket: _Bucket) -> Match | None:
        text = doc[start:end].text
        if bucket.acronym and not text.replace(".", "").isupper():
            return None
        if bucket.capital and not text[0].isupper():
            return None
        if end - start == 1 and not _plausible(doc, start, bucket):
            return None
        start = _with_article(doc, start)
        if bucket.entries:
            return Match(start, end, "name", tuple(bucket.entries.values()), bucket.country and bucket.country[1])
        if bucket.country:
            return Match(start, end, bucket.country[0], (), bucket.country[1])
        if bucket.surnames:
            return Match(start, end, "surname", tuple(bucket.surnames.values()))
        return None

    def surname(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The family name of a person's folded words: the last, with its particles; () for a given name."""
        if len(words) < 2 or words[-1] in self.given or len(words[-1]) < 3:
            return ()
        first = len(words) - 1
        while first > 1 and words[first - 1] in self.particles:
            first -= 1
        return words[first:]

    def head_kind(self, lemma: str) -> Noun | None:
        """What a common noun says of whoever it stands for; None for a word not in the list."""
        return self._nouns.get(lemma)

    def entry(self, entry_id: str) -> Entry | None:
        return self._by_id.get(entry_id)

    def body_of(self, entry_id: str) -> str | None:
        """Which body of its state an entry is, when it is one."""
        return self._bodies.get(entry_id)

    def named(self, name: str) -> tuple[Entry, ...]:
        """The entries of just this name, in any spelling."""
        bucket = self._buckets.get(fold_name(name))
        return tuple(bucket.entries.values()) if bucket else ()

    def force_named(self, words: tuple[str, ...], *, bare: bool = False) -> str | None:
        """Which body of a state these folded words stand for: ("armed", "forces") -> "military".

        With `bare`, only words that do so with no owner beside them.
        """
        rule = self._force_words.get(words) if not bare or words in self._bare else None
        return rule.id if rule else None

    def force(self, code: str, body: str) -> Entry:
        """The body of a state (`government`, `army`, `military`, `police` ...) under its usual name."""
        rule = self.forces[body]
        own = self._states.get(code, _State()).forces
        name = own.get(body) or rule.name.format(name=self._names.get(code, code), adj=self._adjective(code))
        listed = self._by_id.get(_slug(name))
        return listed or Entry(_slug(name), name, rule.kind, code, rule.sector, f"{code} {rule.sector}")

    def _adjective(self, code: str) -> str:
        return self._adjectives.get(code, self._names.get(code, code))

    def country_name(self, code: str) -> str:
        """The usual English name of a country."""
        return self._names.get(code, code)

    def by_role(self, words: tuple[str, ...], country: str | None, year: int | None) -> tuple[Entry, ...]:
        """Entries that held a post of just these folded words for `country` (None asks of all) in `year`."""
        return tuple(entry for post, entry in self._posts.get(words, ())
                     if post.held(year) and (country is None or post.country in (None, country)))

    def entries(self) -> Iterator[Entry]:
        yield from self._by_id.values()


def _plausible(doc: Doc, i: int, bucket: _Bucket) -> bool:
    """Whether one word may be the name: a proper noun, "The" before a daily called so, no other given name."""
    token = doc[i]
    if bucket.country or bucket.acronym:
        return True
    if bucket.article:
        after = doc[i + 1] if i + 1 < len(doc) else None
        return i > 0 and doc[i - 1].text == "The" and (after is None or after.pos_ not in ("NOUN", "PROPN", "ADJ"))
    people = bool(bucket.surnames) or any(e.kind == "person" for e in bucket.entries.values())
    if token.text.isupper() or token.ent_type_ in ("PERSON", "ORG", "NORP"):
        return True
    return people or token.pos_ == "PROPN" or (token.text.islower() is False and token.tag_ in ("NNS", "NNPS"))


def _with_article(doc: Doc, start: int) -> int:
    """The start moved over an Arabic article: "al" "-" or "al"."""
    if start >= 2 and doc[start - 1].text in _DASHES and doc[start - 2].lower_ in _HYPHENED:
        return start - 2
    if start >= 1 and doc[start - 1].lower_ in _ARTICLES:
        return start - 1
    return start


def _noun(word: str, given: _NounClass) -> Noun:
    return Noun(word, given.kind, given.sector, given.role, given.number, given.animate, given.instrument,
                given.collective, given.office, given.gender)


def _state_name(code: str, countries: dict[str, _Country], states: dict[str, _State]) -> str:
    state = states.get(code)
    if state and state.name:
        return state.name
    return countries[code].names[0] if code in countries else code


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]+", "-", "".join(c for c in plain if not unicodedata.combining(c))).strip("-")


def _entries(name: str, content: _ActorFile) -> Iterator[tuple[Entry, tuple[str, ...]]]:
    for code, actors in content.of.items():
        home = None if code == _MEMBERLESS else code
        if home and not re.fullmatch(r"[A-Z]{3}", home):
            raise RuleError("rule_country", f"{code!r} is no country code", place=f"rules/data/actors/{name}",
                            mend="use ISO 3166-1 alpha-3 codes or INT")
        for actor, given in actors.items():
            more = given if isinstance(given, _Details) else _Details(also=given)
            country = more.country or home
            sector = more.sector or content.sector
            code_of = more.actor or (f"{country} {sector}" if country else sector)
            posts = tuple(_post(role, country) for role in more.roles)
            yield Entry(_slug(actor), actor, more.kind or content.kind, country, sector, code_of, more.gender,
                        more.plural, more.side, posts, code == _MEMBERLESS), more.also


def _post(role: str, country: str | None) -> Post:
    found = _POST.match(role)
    assert found is not None                        # the pattern takes any text
    first, last = found["first"], found["last"]
    return Post(fold_name(found["words"]), found["where"] or country, int(first) if first else None,
                int(last) if last else None)


@cache
def lexicon() -> Lexicon:
    """The packaged lexicon; raises RuleError when a file does not load or names something twice."""
    folder = files("trucewatch.rules") / "data" / "actors"
    names = sorted(item.name[:-5] for item in folder.iterdir() if item.name.endswith(".yaml"))
    entries: list[tuple[Entry, tuple[str, ...]]] = []
    for name in names:
        if name != "states":
            entries += _entries(name, load(f"actors/{name}", _ActorFile))
    return Lexicon(entries, load("countries", dict[str, _Country]), load("actors/states", _States).states,
                   load("nouns", _Nouns))
