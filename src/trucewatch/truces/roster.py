"""Who is who under a truce: the words of a page matched to parties, members, supporters and excluded groups.

A name is looked for among the names that the truce gives, in any transliteration, the longest match first;
then the country and kind of the entity; then what stands without a name: "the army", "rebels", "Houthi
gunners". What is matched by nothing stays unknown; a named armed body that is no part of the truce is a
stranger.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal
from weakref import WeakKeyDictionary

import msgspec

from trucewatch.incidents import Page
from trucewatch.model import Entity, Party, Reference, Source, Truce
from trucewatch.rules.loader import load
from trucewatch.rules.outlets import owners
from trucewatch.rules.words import find

Kind = Literal["member", "supporter", "excluded", "stranger", "civilian", "unknown"]
EVERY_PARTY = "*"
_ARTICLES = frozenset(["the", "a", "an", "al", "el", "ar", "as", "ash", "at"])
_PLAIN = frozenset(
    (
        "fighter",
        "militia",
        "rebel",
        "force",
        "troop",
        "militiamen",
        "soldier",
        "government",
        "army",
        "group",
        "movement",
        "side",
        "unit",
        "gun",
        "military",
        "authority",
        "command",
        "insurgent",
        "militant",
        "regime",
        "aircraft",
        "warplane",
        "guerrilla",
    )
)
_GENERAL = frozenset(
    (
        "national",
        "local",
        "general",
        "central",
        "federal",
        "royal",
        "popular",
        "armed",
        "special",
        "joint",
        "united",
        "main",
        "state",
        "free",
        "northern",
        "southern",
        "eastern",
        "western",
        "new",
    )
)  # and these before them, too
_STATE_ARM = re.compile(
    r"\b(army|armed forces|air force|aerospace|military|special forces|coalition|guard|quds force"
    r"|defence forces|defense forces|navy)\b",
    re.I,
)
_TAIL = re.compile(r",|\s(?:who|which|that|backed|supported|fighting|at|near|in|on|from|outside|inside)\s")
_MEMBERS_FROM = re.compile(
    r"(?:[\w-]+ ){0,3}(?:fighters?|members?|gunm[ae]n|militants?|men|soldiers?|rebels?) from ", re.I
)
# "Russian-backed militants" are no Russians.
_MERELY_BACKED = re.compile(r"-(backed|led|affiliated|brokered|aligned|sponsored|trained|born|speaking)\b")
_REACH = 130  # characters beside a name within which it is said for whom it speaks
# A coalition under somebody's lead is a body of its own.
_COALITION = re.compile(r"\b[A-Z][\w.]*-led (?:[\w-]+ ){0,2}(?:coalition|alliance)\b")
_ARMED = frozenset(("military", "armed_group", "government", "political_group"))
_STATE_SECTORS = frozenset(("GOV", "MIL", "COP", "SPY", "JUD", "LEG"))
REBEL_SECTORS = frozenset(("REB", "SEP", "INS"))


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody stands to the truce, under which name, and by which rule that is known."""

    kind: Kind
    party: str | None = None
    name: str = ""
    rule: str = ""

    @property
    def bound(self) -> bool:
        return self.kind in ("member", "supporter")


UNKNOWN = Standing("unknown")
# By these a plain word stands for a party, not a name of it.
LOOSE = frozenset(("roster.rebels", "roster.state_forces", "roster.adjective"))


class _Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: tuple[str, ...]
    seats: tuple[str, ...]
    adjectives: tuple[str, ...]


@cache
def _countries() -> dict[str, _Country]:
    return load("countries", dict[str, _Country])


@cache
def _country_phrases() -> dict[tuple[str, ...], tuple[str, bool]]:
    """Words of a country → (code, whether the words alone stand for its government)."""
    found: dict[tuple[str, ...], tuple[str, bool]] = {}
    for code, country in _countries().items():
        for name in (*country.names, *country.seats):
            found[tokens(name)] = (code, True)
        for name in country.adjectives:
            found[tokens(name)] = (code, False)
    return found


def country_name(code: str) -> str:
    """The usual English name of a country; its code where there is none."""
    country = _countries().get(code)
    return country.names[0] if country else code


@lru_cache(maxsize=10_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a name as they are compared: no accents, articles, plurals, apostrophes; one spelling."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    plain = re.sub(r"['’ʿʾ`]s?\b|[.'’ʿʾ`]", "", plain)
    return tuple(w for w in (_spelling(w) for w in re.findall(r"\w+", plain)) if w not in _ARTICLES)


def _spelling(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    for one, other in (
        ("aeda", "aida"),
        ("ay", "ai"),
        ("aw", "au"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("y", "i"),
    ):
        word = word.replace(one, other)
    return re.sub(r"(.)\1", r"\1", word)


class Roster:
    """The names of one truce, ready to be looked up."""

    def __init__(self, truce: Truce) -> None:
        self.truce = truce
        self.phrases: dict[tuple[str, ...], Standing] = {}
        for party in truce.parties:
            for body in party.supporters:
                self._add(
                    (body.name, *body.also), Standing("supporter", party.id, body.name, "roster.supporter")
                )
            for body in party.members:
                self._add((body.name, *body.also), Standing("member", party.id, body.name, "roster.member"))
            self._add((party.name,), Standing("member", party.id, party.name, "roster.party"))
        for body in truce.excluded:
            self._add((body.name, *body.also), Standing("excluded", None, body.name, "roster.excluded"))
        self.longest = max((len(p) for p in self.phrases), default=0)
        self.states = self._states()
        self.supporting_states = self._supporting_states()
        self.adjectives = self._adjectives()
        self.rebels = self._rebel_party()
        # Asked again and again, test after test.
        self._known: WeakKeyDictionary[Page, dict[Reference | Source, Standing]] = WeakKeyDictionary()

    def _add(self, names: Iterable[str], standing: Standing) -> None:
        for name in names:
            if tokens(name):
                self.phrases[tokens(name)] = standing

    def _states(self) -> dict[str, str]:
        """Country code → the party that is its government."""
        found: dict[str, str] = {}
        for party in self.truce.parties:
            names = [n for b in party.members for n in (b.name, *b.also)] + [party.name]
            if not any("government" in n.lower() or tokens(n) in _country_phrases() for n in names):
                continue
            codes = {b.country for b in party.members if b.country} or {
                code for n in names for code, _ in _countries_in(tokens(n))
            }
            for code in codes or set(self.truce.area.countries):
                found.setdefault(code, party.id)
        return found

    def _supporting_states(self) -> dict[str, str]:
        """Country code → the party that this state's forces support."""
        return {
            body.country: party.id
            for party in self.truce.parties
            for body in party.supporters
            if body.country and body.country not in self.states and _STATE_ARM.search(body.name)
        }

    def _adjectives(self) -> dict[str, Standing]:
        """Words that mark one party alone, before a plain word: "Houthi" of "Houthi rebels"."""
        found: dict[str, set[Standing]] = {}
        for phrase, standing in self.phrases.items():
            if ((len(phrase) == 2 and phrase[1] in _PLAIN) or len(phrase) == 1) and phrase[0] not in _GENERAL:
                found.setdefault(phrase[0], set()).add(
                    Standing(standing.kind, standing.party, standing.name, "roster.adjective")
                )
        lasts = Counter(p[-1] for p in self.phrases)
        for phrase, standing in self.phrases.items():
            if (
                len(phrase) > 1
                and phrase[-1] not in _PLAIN
                and len(phrase[-1]) >= 6
                and lasts[phrase[-1]] == 1
            ):
                found.setdefault(phrase[-1], set()).add(
                    Standing(standing.kind, standing.party, standing.name, "roster.short_name")
                )
        # A country's adjective says nothing by itself: "Syrian Observatory". A word of two kinds of one party
        # says as much as one of them; of two parties, nothing.
        return {
            word: min(s, key=lambda x: (x.kind, x.name))
            for word, s in found.items()
            if len({(x.kind == "excluded", x.party) for x in s}) == 1
            and word not in _PLAIN
            and (word,) not in _country_phrases()
        }

    def _rebel_party(self) -> str | None:
        """The party that "rebels" without a name must be."""
        others = [p for p in self.truce.parties if p.id not in self.states.values()]
        if len(others) == 1:
            return others[0].id
        spoken = [
            p.id for p in others if any(find("rebel_force", n) for b in p.members for n in (b.name, *b.also))
        ]
        return spoken[0] if len(spoken) == 1 else None

    # ----------------------------------------------------------------------------------- looking up

    def party(self, party_id: str | None) -> Party | None:
        return next((p for p in self.truce.parties if p.id == party_id), None)

    def of_text(self, text: str) -> Standing:
        """How the words of a mention stand, by names alone; unknown when they name nobody of the truce."""
        best: tuple[int, int, Standing] | None = None
        words = _without_opposites(tokens(text))
        for start in range(len(words)):
            for length in range(min(self.longest, len(words) - start), 0, -1):
                standing = self.phrases.get(words[start : start + length])
                if standing:
                    rank = (length, standing.kind == "excluded")
                    if best is None or rank > best[:2]:
                        best = (*rank, standing)
                    break
        return best[2] if best else UNKNOWN

    def names_excluded(self, text: str) -> bool:
        """Whether any words of a text name an excluded group."""
        words = tokens(text)
        return any(
            standing.kind == "excluded" and words[start : start + len(phrase)] == phrase
            for phrase, standing in self.phrases.items()
            for start in range(len(words))
        )

    def of_words(self, text: str, *, irregular: bool = False) -> Standing:
        """How a mention stands by its words: names, then adjectives and plain words such as "the army".
        With `irregular` no country's name makes it a state's."""
        head = _TAIL.split(text, maxsplit=1)[0] or text
        whole = "loyal" in text or _MEMBERS_FROM.match(text)
        for part in dict.fromkeys((head, text if whole else head)):
            named = self.of_text(part)
            if named.kind != "unknown":
                return named
        if find("all_sides", head):
            return Standing("member", EVERY_PARTY, "all sides", "roster.all_sides")
        words = _without_opposites(tokens(head))
        abroad = [] if irregular or _MERELY_BACKED.search(head) else _countries_in(words)
        if abroad:
            code, alone = abroad[0]
            if alone or find("state_force", head) or find("craft", head):
                return self.of_state(code)
        led = _COALITION.search(head)
        if led:  # one that the truce does not name
            return Standing("stranger", None, led[0], "roster.other_coalition")
        marked = next((self.adjectives[w] for w in words if w in self.adjectives), UNKNOWN)
        if marked.kind != "unknown":
            return marked
        if find("rebel_force", head) and self.rebels:
            return Standing("member", self.rebels, "rebels", "roster.rebels")
        if find("state_force", head) and len(set(self.states.values())) == 1 and _is_plain(head):
            return Standing("member", next(iter(self.states.values())), "state forces", "roster.state_forces")
        return UNKNOWN

    def of_state(self, code: str) -> Standing:
        """How the government or the forces of a country stand."""
        if code in self.states:
            return Standing("member", self.states[code], country_name(code), "roster.state")
        if code in self.supporting_states:
            return Standing("supporter", self.supporting_states[code], country_name(code), "roster.supporting_state")
        return Standing("stranger", None, country_name(code), "roster.other_state")

    def of_entity(self, page: Page, entity: Entity | None, words: str) -> Standing:
        """How an entity stands, by its mention here, its name, code and country, and its other mentions."""
        irregular = entity is not None and (entity.kind == "armed_group" or entity.sector in REBEL_SECTORS)
        texts = [words, *([entity.name] if entity and entity.name else [])]
        if entity:
            texts += [page.text[m.start : m.end] for m in entity.mentions if m.form != "pronoun"]
        best = UNKNOWN
        for text in texts:
            standing = self.of_words(text, irregular=irregular)
            if standing.kind in ("member", "supporter", "excluded"):
                return standing
            best = standing if best.kind == "unknown" else best
        if entity is None:
            return best
        if entity.actor:
            coded = self.of_text(entity.actor.replace("-", " "))
            if coded.kind != "unknown":
                return coded
        stately = entity.kind in ("government", "military") or entity.sector in _STATE_SECTORS
        if entity.country and stately and not irregular and not find("irregular", entity.name or ""):
            return self.of_state(entity.country)
        unnamed = entity.name is None and not find("anonymous", words)
        if entity.sector in REBEL_SECTORS and self.rebels and unnamed:
            return Standing("member", self.rebels, "rebels", "roster.rebels")
        if entity.kind == "population":
            return Standing("civilian", None, words, "roster.population")
        if (
            best.kind == "unknown"
            and entity.name
            and (entity.kind in _ARMED or entity.kind == "organization")
        ):
            return Standing("stranger", None, entity.name, "roster.never_joined")
        return best

    def of_reference(self, page: Page, part: Reference) -> Standing:
        """How an actor or recipient stands."""
        known = self._known.setdefault(page, {})
        if part not in known:
            known[part] = self.of_entity(page, page.entity(part), page.words(part))
        return known[part]

    def of_source(self, page: Page, source: Source) -> Standing:
        """On which side a source stands; the words round a name say for whom it speaks."""
        known = self._known.setdefault(page, {})
        if source not in known:
            known[source] = self._of_source(page, source)
        return known[source]

    def _of_source(self, page: Page, source: Source) -> Standing:
        standing = self.of_entity(page, page.entity(source), page.words(source))
        if standing.bound or standing.kind == "excluded":
            return standing
        entity = page.entity(source)
        owner = _owner((entity.name if entity else None) or page.words(source))
        if owner:
            return self.of_state(owner) if owner in _countries() else self.of_text(owner)
        # "Head of operations in the Ruritanian General Staff": the office says whose it is.
        office = _countries_in(tokens(page.words(source)))
        if office and find("state_force", page.words(source)):
            return self.of_state(office[0][0])
        sentence = page.sentence(source.start)
        before = find("spokesman_before", page.text[max(sentence.start, source.start - _REACH) : source.start])
        after = find("spokesman_after", page.text[source.end : min(sentence.end, source.end + _REACH)])
        for role in (before, after):
            if role:
                spoken = self.of_text(role[1])
                spoken = spoken if spoken.kind != "unknown" else self.of_words(role[1].replace(" for ", " "))
                if spoken.bound or spoken.kind == "excluded":
                    return spoken
        return standing


def _owner(words: str) -> str | None:
    """Who runs the outlet that a source is, or that its first words name: "Hill TV", "a Hill TV reporter"."""
    told = [re.sub(r"['’]s?$", "", w) for w in re.sub(r"^(an?|the) ", "", words, flags=re.I).split()]
    for length in range(min(len(told), 3), max(0, len(told) - 3), -1):
        first = " ".join(told[:length])
        owner = owners().get(first.lower()) or owners().get(first.lower().removesuffix("s"))
        if owner and first[:1].isupper():
            return owner
    return None


def _without_opposites(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "Anti-government" and "opposed to the government" are not the government."""
    kept: list[str] = []
    skip = False
    for word in words:
        if not skip and word != "anti":
            kept.append(word)
        skip = word == "anti"
    return tuple(kept)


def _is_plain(text: str) -> bool:
    """No name but a country's: "the army", "Army units", not "National Liberation Army" nor "Smith's troops"."""
    words = text.split()
    named = [w for w in words if w[:1].isupper() and tokens(w) not in _country_phrases()]
    return not any(w is not words[0] or w.endswith(("'s", "’s")) for w in named)


def _countries_in(words: tuple[str, ...]) -> list[tuple[str, bool]]:
    """Countries named by the words, in order: code, and whether country and words are one."""
    phrases, found, at = _country_phrases(), [], 0
    while at < len(words):
        for length in (3, 2, 1):
            known = phrases.get(words[at : at + length])
            if known and len(words[at : at + length]) == length:
                found.append((known[0], known[1] and length == len(words)))
                at += length - 1
                break
        at += 1
    return found


def all_countries_in(text: str) -> list[str]:
    """ISO codes of all countries that a text names or has the adjective of, once for each time."""
    return [code for code, _ in _countries_in(tokens.__wrapped__(text))]


def countries_in(text: str) -> list[str]:
    """ISO codes of the countries that the first words of a text name or have the adjective of."""
    return [code for code, _ in _countries_in(tokens(text)[:2])]
