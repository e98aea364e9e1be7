"""What the pages say that bears on a test: who acted, who was hit, who denies, who defends, who bears it out.

Each answer comes with the spans it rests on. Nothing is guessed: where the words do not say, the answer is
unknown.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from trucewatch.incidents import HOSTILE, NEAR, Page, Voice, denials_on, distinct, voices
from trucewatch.model import Because, Event, Incident, Reference, Source, Span, Statement
from trucewatch.rules.words import find, find_all
from trucewatch.truces.roster import EVERY_PARTY, LOOSE, UNKNOWN, Roster, Standing, all_countries_in, countries_in

_TELLERS_OWN = re.compile(
    r"(we\b|(?:(?:one|two|three|four|five|some|several|many|a number|\d+) of )?"
    r"(its|their|his|her|our|my) (\w+ )?(men|fighters?|forces?|troops|units?|side|soldiers|army|militia|planes"
    r"|aircraft|jets|gunners|group|movement|artillery|guns)\b)",
    re.I,
)
# Words by which a side owns up to an act that it tells of itself.
_OWNS_UP = re.compile(r"\b(acknowledg|admit|conced|own(s|ed)? up|claim(s|ed)? responsibility)", re.I)
# The teller's own side answers this fire: another side's act.
_ANSWERED = re.compile(
    r"\b(answer|respond|return|repl[iy]|retaliat|repel|repuls|thwart|foil)\w*\s+(\w+\s+){0,3}$", re.I
)
COUNTED = "target.counted"  # the rule of a toll that says nothing of who they were
_ALLIES = re.compile(r"(its|their|his|her) (allies|ally|supporters|backers|partners|proxies)\b", re.I)
_STRUCK = re.compile(
    r"\s+(?:(?:[\w-]+\s+){0,4}?(?:at|on|against|into|towards?|upon)\s+)?((?:(?!\b(?:and|after|before|while|as|in|near"
    r"|killing|wounding|injuring|on|when|with|which|who|that|during|from|to|by|at|but|or|said|says|reported|is|was"
    r"|are|were|has|have|had|will|would|since)\b)[\w'’-]+\s*){1,7})",
    re.I,
)
# The words right before a noun that name whose act it was: "two IS suicide", "government barrel".
_MODIFIER = re.compile(
    r"(?:^|\b(?:in|by|of|from|on|at|the|an?|after|during|to|and|or|with|as|two|three|four|several|more|was|were|are|is"
    r"|have|had|has)\s+|[,;:]\s*)((?:(?!(?:in|by|of|from|on|at|the|an?|after|during|to|and|or|with|as|was|were|are|is"
    r"|have|had|has|that|who|which)\s)[\w'’-]+\s+){1,3})$",
    re.I,
)
# Who a noun says did it, right after it: "strikes by the coalition", "an attack carried out by gunmen".
_AGENT = re.compile(
    r"\s+(?:(?:(?:that was |which was |that were )?(?:carried out|launched|conducted|committed|staged|waged)\s+)?by"
    r"|blamed on)\s+((?:(?!(?:on|in|at|near|against|and|that|which|who|killed|after|before|since|when|while)\b)"
    r"[\w.'’-]+\s*){1,6})"
)
_ORGAN = "an organ of the state"
_BLAME_REACH = 700  # characters
_WITH = re.compile(r"\b(with|against)\s+(the\s+)?$", re.I)


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of an incident: a page and an event of it."""

    page: Page
    event: Event
    independent: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """A standing, and the characters that say so."""

    standing: Standing
    because: tuple[Because, ...]


def mark(page: Page, rule: str, start: int, end: int) -> Because:
    """Characters of a page, and the rule they answered; `rule@page` while it is open whose page will be judged."""
    return Because(f"{rule}@{page.id}", start, end)


def spot(page: Page, rule: str, part: Span | Reference | Source) -> Because:
    return mark(page, rule, part.start, part.end)


class Pages:
    """The pages judged together, the roster, and who denies and defends what on them."""

    def __init__(self, pages: dict[str, Page], roster: Roster) -> None:
        self.pages = pages
        self.roster = roster
        self._countries: dict[str, Counter[str]] = {}
        self._denials = {page.id: denials_on(page, self._could_deny) for page in pages.values()}

    def put(self, page: Page) -> None:
        """Take a page in, or in place of an earlier reading of the same text."""
        self.pages[page.id] = page
        self._denials[page.id] = denials_on(page, self._could_deny)

    def countries(self, page: Page) -> Counter[str]:
        """How often a page names each country, by its names, seats and adjectives."""
        if page.id not in self._countries:
            self._countries[page.id] = Counter(all_countries_in(page.text))
        return self._countries[page.id]

    def main_country(self, page: Page) -> str | None:
        """The country that a page names most; None when two tie or none is."""
        ranked = self.countries(page).most_common(2)
        tie = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
        return ranked[0][0] if ranked and not tie else None

    # ------------------------------------------------------------------------------- who acts

    def actors(self, telling: Telling, incident: tuple[Telling, ...]) -> list[Fact]:
        """Who acts, from the clause itself, else from what the page says of it, else from other reports."""
        own = self.own_actors(telling)
        if any(f.standing.kind != "unknown" for f in own):
            return own
        if answered(telling.page, telling.event):
            incident = ()
        for found in (
            self._modifier(telling),
            self._agent(telling),
            self._carried_on(telling),
            self._claimed(telling),
            self._behind(telling),
            self._craft(telling),
            self._holder(telling),
            self._opponents(telling),
            [
                f
                for other in incident
                if other.event.id != telling.event.id or other.page is not telling.page
                for f in self.own_actors(other)
                if f.standing.kind != "unknown"
            ],
            [f for other in (telling, *incident) for f in (*self._claimed(other), *self._craft(other))],
            [f for other in (telling, *incident) for f in self._blamed(other)],
            self._charged_before(telling),
            [
                Fact(s, (spot(p, "actor.denies", d.content[0]),))
                for p, d, s in self.denials(incident or (telling,))
                if s.bound and d.content
            ],
        ):
            if found:
                return found
        return own

    def own_actors(self, telling: Telling) -> list[Fact]:
        """The actors that the clause names; in "clashes with X" the other side is who acts in the same sentence."""
        return self.named_actors(telling) + self._other_side(telling)

    def named_actors(self, telling: Telling) -> list[Fact]:
        """The actors that the clause names; "its men" and "we" are the teller's."""
        page, event = telling.page, telling.event
        statement = page.claimant(event)
        facts: list[Fact] = []
        for part in event.actors:
            standing = self.roster.of_reference(page, part)
            entity = page.entity(part)
            if standing.kind == "unknown":
                following = re.match(r"[\s-]+[\w-]+(?:\s+[\w-]+)?", page.text[part.end : part.end + 40])
                standing = self.roster.of_words(page.words(part) + following[0]) if following else standing
            tells = entity is not None and (
                entity.kind == "media" or (entity.kind == "organization" and not standing.bound)
            )
            if tells and standing.kind != "excluded" and event.type == "ASSAULT":
                standing = UNKNOWN
            elif _ALLIES.match(page.words(part)):
                standing = next((f.standing for f in facts if f.standing.bound), standing)
            elif standing.kind == "stranger" and _is_teller(statement, part):
                standing = UNKNOWN
            elif not (standing.bound or standing.kind == "excluded") and _TELLERS_OWN.match(page.words(part)):
                told = statement and statement.source and self.roster.of_source(page, statement.source)
                standing = told or standing
                if standing.kind == "unknown":
                    standing = self._owner_before(page, part) or standing
            facts.append(Fact(standing, (spot(page, standing.rule or "actor.unmatched", part),)))
        return facts

    def _owner_before(self, page: Page, part: Reference) -> Standing | None:
        """Whose "its men" are, where the sentence names just one body under the truce before them."""
        start = page.sentence(part.start).start
        named = {
            self.roster.of_words(page.text[m.start : m.end])
            for e in page.entities.values()
            for m in e.mentions
            if m.form == "name" and start <= m.start and m.end <= part.start
        }
        known = [s for s in named if s.bound or s.kind == "excluded"]
        return known[0] if len({(s.kind, s.party) for s in known}) == 1 else None

    def _other_side(self, telling: Telling) -> list[Fact]:
        page, event = telling.page, telling.event
        if len(event.actors) != 1 or event.recipients or event.actors[0].start < event.trigger.end:
            return []
        if not _WITH.search(page.text[event.trigger.end : event.actors[0].start]):
            return []
        sentence = page.sentence(event.trigger.start)
        beside = [
            e
            for e in page.events
            if sentence.start <= e.trigger.start < event.trigger.start and e.actors and e.type == event.type
        ]
        return [
            Fact(standing, (spot(page, "actor.other_side", part),))
            for e in beside[-1:]
            for part in e.actors
            for standing in [self.roster.of_reference(page, part)]
        ]

    def _claimed(self, telling: Telling) -> list[Fact]:
        """Somebody owns up to the act in the sentences that follow."""
        page, event = telling.page, telling.event
        if event.type != "ASSAULT":
            return []
        told = page.claimant(event)
        if told and told.source and told.cue and not event.actors and _OWNS_UP.search(page.words(told.cue)):
            standing = self.roster.of_source(page, told.source)
            if standing.bound or standing.kind == "excluded":
                return [
                    Fact(
                        standing,
                        (spot(page, "actor.owns_up", told.source), spot(page, "actor.owns_up", told.cue)),
                    )
                ]
        paragraph = page.paragraph(event.trigger.start)
        for statement in page.reading.statements:
            where = statement.source
            if where is None or where.start < event.trigger.start or page.paragraph(where.start) != paragraph:
                continue
            sentence = page.sentence(where.start)
            act = find("claims_the_act", page.text[where.end : sentence.end])
            if act and act.start() < 40 and not find("nobody", page.words(where)):
                standing = self.roster.of_source(page, where)
                if standing.kind != "unknown":
                    return [
                        Fact(
                            standing,
                            (mark(page, "actor.claims_the_act", where.start, where.end + act.end()),),
                        )
                    ]
        return []

    def _modifier(self, telling: Telling) -> list[Fact]:
        """Whose act a noun says it was by the words before it: "regime airstrikes", "an IS suicide attack"."""
        page, event = telling.page, telling.event
        start = page.sentence(event.trigger.start).start
        match = _MODIFIER.search(page.text, max(start, event.trigger.start - 60), event.trigger.start)
        if event.type != "ASSAULT" or match is None:
            return []
        standing = self.roster.of_words(match[1] + page.words(event.trigger))
        if standing.kind in ("unknown", "civilian"):
            return []
        return [Fact(standing, (mark(page, "actor.modifier", match.start(1), match.end(1)),))]

    def _agent(self, telling: Telling) -> list[Fact]:
        """Whose act a noun says it was by the words after it: "airstrikes by the Red coalition"."""
        page, event = telling.page, telling.event
        match = _AGENT.match(page.text, event.trigger.end, page.sentence(event.trigger.start).end)
        if event.type != "ASSAULT" or match is None:
            return []
        standing = self.roster.of_words(match[1].strip())
        if standing.kind in ("unknown", "civilian"):
            return []
        return [Fact(standing, (mark(page, "actor.agent", match.start(1), match.start(1) + len(match[1].strip())),))]

    def _carried_on(self, telling: Telling) -> list[Fact]:
        """Who does what a participle goes on about: "troops shelled a mill, wounding two"."""
        page, event = telling.page, telling.event
        if event.type != "ASSAULT" or event.actors or not page.words(event.trigger).endswith("ing"):
            return []
        start = page.sentence(event.trigger.start).start
        before = [
            e for e in page.events
            if start <= e.trigger.start < event.trigger.start and e.type == "ASSAULT" and e.stated_by == event.stated_by
        ]
        if not before or re.search(r"[;.]|\b(after|while|when|as|who|which)\b",
                                   page.text[before[-1].trigger.end : event.trigger.start]):
            return []
        facts = self.own_actors(Telling(page, before[-1]))
        return [f for f in facts if f.standing.kind != "unknown"]

    def _behind(self, telling: Telling) -> list[Fact]:
        """Somebody is said to be behind the act, in its sentence or the next."""
        page, event = telling.page, telling.event
        if event.type != "ASSAULT":
            return []
        sentence = page.sentence(event.trigger.start)
        end = page.sentence(min(sentence.end + 1, len(page.text) - 1)).end
        for match in find_all("behind", page.text[sentence.start : end]):
            standing = self.roster.of_words(match[1])
            if standing.kind not in ("unknown", "civilian"):
                where = mark(page, "actor.behind", sentence.start + match.start(), sentence.start + match.end())
                return [Fact(standing, (where,))]
        return []

    def _craft(self, telling: Telling) -> list[Fact]:
        """ "The jets were believed to be Syrian", in the sentences after one about jets."""
        page, event = telling.page, telling.event
        start = page.sentence(event.trigger.start).start
        paragraph = page.paragraph(event.trigger.start)
        for match in find_all("craft_owner", page.text[start : start + 1200]):
            offset = start + match.start()
            if page.paragraph(offset) > paragraph + 1 or self._act_between(page, event, offset):
                break
            standing = self.roster.of_words(match[1])
            if standing.kind == "unknown":
                standing = next((self.roster.of_state(c) for c in countries_in(match[1])), UNKNOWN)
            if standing.kind != "unknown":
                return [Fact(standing, (mark(page, "actor.craft_owner", offset, start + match.end()),))]
        return []

    def _act_between(self, page: Page, event: Event, offset: int) -> bool:
        """Another act with an actor of its own stands between an event and an offset."""
        return any(
            event.trigger.end <= e.trigger.start < offset and e.type in HOSTILE and e.actors
            for e in page.events
        )

    def _holder(self, telling: Telling) -> list[Fact]:
        page, event = telling.page, telling.event
        sentence = page.sentence(event.trigger.start)
        found = [*find_all("holder", page.words(sentence)), *find_all("from_held_ground", page.words(sentence))]
        for match in found:
            offset = sentence.start + match.start()
            if 0 <= offset - event.trigger.end < 60:
                standing = self.roster.of_words(match[1])
                if standing.bound or standing.kind == "excluded":
                    return [
                        Fact(standing, (mark(page, "actor.holder", offset, sentence.start + match.end()),))
                    ]
        return []

    def _opponents(self, telling: Telling) -> list[Fact]:
        """Whom the harmed were fighting, when nobody else is named."""
        page, event = telling.page, telling.event
        if event.type != "ASSAULT" or not event.recipients:
            return []
        sentence = page.sentence(event.trigger.start)
        hit = {f.standing.party for f in self.targets(telling)}
        for match in find_all("opponent", page.words(sentence)):
            standing = self.roster.of_text(match[1])
            if standing.kind == "excluded" or (standing.bound and standing.party not in hit):
                offset = sentence.start
                return [
                    Fact(
                        standing,
                        (mark(page, "actor.opponent", offset + match.start(), offset + match.end()),),
                    )
                ]
        return []

    def _blamed(self, telling: Telling) -> list[Fact]:
        """A charge that follows, names somebody, and tells of no act of its own."""
        page, event = telling.page, telling.event
        if event.type != "ASSAULT":
            return []
        paragraph = page.paragraph(event.trigger.start)
        for other in page.events:
            if other.trigger.start <= event.trigger.start:
                continue
            if page.paragraph(other.trigger.start) > paragraph + 1:
                break
            if other.type in HOSTILE and other.actors and other.polarity == "affirmed":
                break
            if other.type == "ACCUSE" and not self._tells_an_act(page, other):
                facts = [
                    Fact(s, (spot(page, "actor.blamed", r), spot(page, "actor.blamed", other.trigger)))
                    for r in other.recipients
                    for s in [self.roster.of_reference(page, r)]
                    if s.bound or s.kind == "excluded"
                ]
                if facts:
                    return facts
        return self._blamed_in_words(telling)

    def _blamed_in_words(self, telling: Telling) -> list[Fact]:
        """Whom the sentences after an act lay it to, with no other act between: "television named the Blue Gang as the
        perpetrator"."""
        page, event = telling.page, telling.event
        start = page.sentence(event.trigger.start).end
        paragraph = page.paragraph(event.trigger.start)
        for match in find_all("blames", page.text[start : start + _BLAME_REACH]):
            offset = start + match.start()
            if page.paragraph(offset) > paragraph + 1 or self._act_between(page, event, offset):
                break
            for words in match.groups():
                standing = self.roster.of_words(words) if words else UNKNOWN
                if standing.bound or standing.kind == "excluded":
                    return [Fact(standing, (mark(page, "actor.blamed", offset, start + match.end()),))]
        return []

    def _charged_before(self, telling: Telling) -> list[Fact]:
        """The party at whose door the same teller laid the act told just before, in one paragraph."""
        page, event = telling.page, telling.event
        told = page.claimant(event)
        if event.type != "ASSAULT" or event.actors or told is None or told.source is None:
            return []
        teller = self.roster.of_source(page, told.source)
        if not teller.bound:
            return []
        paragraph = page.paragraph(event.trigger.start)
        for other in reversed(page.events):
            if other.trigger.start >= event.trigger.start or page.paragraph(other.trigger.start) != paragraph:
                continue
            before = page.claimant(other)
            if other.type not in HOSTILE or before is None or before.source is None:
                continue
            source = self.roster.of_source(page, before.source)
            if (source.kind, source.party) != (teller.kind, teller.party):
                return []
            facts = self.own_actors(Telling(page, other))
            return [f for f in facts if f.standing.bound and f.standing.party != teller.party]
        return []

    def _tells_an_act(self, page: Page, charge: Event) -> bool:
        sentence = page.sentence(charge.trigger.start)
        return any(
            e.type in HOSTILE and e.id != charge.id and charge.trigger.start < e.trigger.start < sentence.end
            for e in page.events
        )

    # ------------------------------------------------------------------------------ who is hit

    def targets(self, telling: Telling) -> list[Fact]:
        """Who and what is hit, from the clause itself: people, buildings, those harmed."""
        page, event = telling.page, telling.event
        found: list[Fact] = []
        harmed = [Reference(h.entity, h.start, h.end) for h in (event.harm.who if event.harm else ())]
        for part in (*event.recipients, *harmed):
            words = page.words(part)
            standing = self.roster.of_reference(page, part)
            if (
                (standing.kind in ("unknown", "stranger") or not find("fighter", words))
                and standing.kind != "excluded"
                and (find("civilian", words) or find("civil_object", words))
            ):
                standing = Standing("civilian", None, words, "target.civilian")
            elif standing.rule == "roster.population":
                # "Ten militants" and "at least twelve" are no more than fighters and a number.
                standing = UNKNOWN if find("fighter", words) else replace(standing, rule=COUNTED)
            found.append(Fact(standing, (spot(page, standing.rule or "target.unmatched", part),)))
        if event.harm and any(
            h.role in ("civilian", "child", "woman", "journalist", "aid_worker") for h in event.harm.who
        ):
            found.append(
                Fact(
                    Standing("civilian", None, "civilians", "target.role"),
                    (spot(page, "target.role", event.trigger),),
                )
            )
        if all(f.standing.kind == "unknown" or f.standing.rule == COUNTED for f in found):
            found += self._struck(telling)
        return found

    def _struck(self, telling: Telling) -> list[Fact]:
        """What the words right after the act name as struck: "fired at a depot", "hit positions of the front"."""
        page, event = telling.page, telling.event
        sentence = page.sentence(event.trigger.start)
        match = _STRUCK.match(page.text, event.trigger.end, max(sentence.end, event.trigger.end))
        if event.type != "ASSAULT" or match is None:
            return []
        standing = self.roster.of_words(match[1])
        if standing.rule in ("roster.state", "roster.supporting_state", "roster.other_state"):
            return []  # the name of a country is where, not whom
        if find("civilian", match[1]) or (standing.kind == "unknown" and find("civil_object", match[1])):
            standing = Standing("civilian", None, match[1].strip(), "target.civilian")
        if standing.kind in ("unknown", "stranger"):
            return []
        return [Fact(standing, (mark(page, "target.struck", match.start(1), match.end(1)),))]

    def fought(self, telling: Telling) -> list[Fact]:
        """Whom the act fights, when the words name them after it: "fight the Nusra Front"."""
        page, event = telling.page, telling.event
        sentence = page.sentence(event.trigger.start)
        for match in find_all("opponent", page.words(sentence)):
            if sentence.start + match.start() <= event.trigger.start < sentence.start + match.start(1):
                standing = self.roster.of_words(match[1])
                if standing.bound or standing.kind == "excluded":
                    span = mark(
                        page, "target.fought", sentence.start + match.start(1), sentence.start + match.end()
                    )
                    return [Fact(standing, (span,))]
        return []

    def ground(self, telling: Telling) -> list[Fact]:
        """Who holds the ground that is hit: "the rebel-held town"."""
        page, event = telling.page, telling.event
        sentence = page.sentence(event.trigger.start)
        found = []
        for match in find_all("held_by", page.words(sentence)):
            standing = self.roster.of_words(match[1])
            if standing.bound or standing.kind == "excluded":
                found.append(
                    Fact(
                        standing,
                        (
                            mark(
                                page,
                                "target.held_by",
                                sentence.start + match.start(),
                                sentence.start + match.end(),
                            ),
                        ),
                    )
                )
        return found

    def accusers(self, incident: tuple[Telling, ...], actor_parties: set[str | None]) -> list[Fact]:
        """Parties that lay the act at another's door: it was done to their side."""
        found = []
        for telling in incident:
            statement = telling.page.claimant(telling.event)
            if (
                statement
                and statement.source
                and statement.stance in ("alleges", "asserts", "confirms", "demands")
            ):
                standing = self.roster.of_source(telling.page, statement.source)
                sentence = telling.page.words(telling.page.sentence(telling.event.trigger.start))
                if self.roster.names_excluded(sentence):
                    continue  # it may have been done to those
                if standing.bound and standing.party not in actor_parties:
                    found.append(Fact(standing, (spot(telling.page, "target.accuser", statement.source),)))
        return found

    # -------------------------------------------------------------------- denials, defences, sources

    def denials(self, incident: tuple[Telling, ...]) -> list[tuple[Page, Statement, Standing]]:
        """Denials of an incident's reports: the page, the denial, who denies."""
        return [
            (
                telling.page,
                statement,
                self.roster.of_source(telling.page, statement.source) if statement.source else UNKNOWN,
            )
            for telling in incident
            for statement in self._denials[telling.page.id].get(telling.event.id, [])
        ]

    def _could_deny(self, page: Page, denial: Statement, event: Event) -> bool:
        """Whoever is of no other party: the accused side, or somebody who stands aside."""
        denier = self.roster.of_source(page, denial.source) if denial.source else UNKNOWN
        actors = [f.standing for f in self.own_actors(Telling(page, event)) if f.standing.kind != "unknown"]
        parties = {a.party for a in actors if a.bound}
        return denier.kind != "excluded" and (
            not denier.bound or not actors or denier.party in parties or EVERY_PARTY in parties
        )

    def rivals(self, incident: tuple[Telling, ...], parties: set[str | None]) -> list[Fact]:
        """Accounts from the accused side that lay the same harm at another's door."""
        inside = {(t.page.id, t.event.id) for t in incident}
        found = []
        for telling in incident:
            page, event = telling.page, telling.event
            for other in page.events:
                statement = page.claimant(other)
                if (
                    other.type != "ASSAULT"
                    or other.polarity == "negated"
                    or (page.id, other.id) in inside
                    or other.trigger.start < event.trigger.start
                    or statement is None
                    or statement.source is None
                    or other.time.from_
                    or other.place
                    or not _of_the_same_harm(page, event, other)
                    or page.paragraph(other.trigger.start) - page.paragraph(event.trigger.start) > NEAR
                ):
                    continue
                teller = self.roster.of_source(page, statement.source)
                blamed = self.own_actors(Telling(page, other))
                if (
                    teller.bound
                    and teller.party in parties
                    and blamed
                    and all(f.standing.kind == "excluded" for f in blamed)
                ):
                    found += blamed
        return found

    def defences(self, incident: tuple[Telling, ...], parties: set[str | None]) -> list[Because]:
        """Words of the actor's own side that it only answered."""
        found = []
        for telling in incident:
            page, event = telling.page, telling.event
            sentence = page.sentence(event.trigger.start)
            match = find("defence", page.words(sentence))
            if match is None:
                continue
            # Who tells the act, or else says in its sentence what it was.
            told = page.claimant(event)
            said = [s for s in page.reading.statements if s.cue and sentence.start <= s.cue.start < sentence.end]
            for statement in (told,) if told else said:
                if statement.source is None or statement.stance == "denies":
                    continue
                teller = self.roster.of_source(page, statement.source)
                if teller.bound and teller.party in parties:
                    start = sentence.start + match.start()
                    found.append(mark(page, "claims.defence", start, sentence.start + match.end()))
                    break
        return found

    def sources(self, incident: tuple[Telling, ...]) -> dict[str, Because]:
        """Who bears the act out, one entry for each that is a source of its own: a side, all organs of a state, a body
        under whatever name. Copies, bare tolls, the pages' own voice and what is nobody do not count."""
        sides: dict[str, Because] = {}
        heard: dict[Voice, Because] = {}
        for telling in incident:
            page, event = telling.page, telling.event
            statement = page.claimant(event)
            if statement is None or statement.source is None or not telling.independent:
                continue
            if statement.stance in ("denies", "unsure") or not (event.mode or event.actors):
                continue
            where = spot(page, "claims.source", statement.source)
            side = self._speaks_for(page, statement.source)
            if side:
                sides.setdefault(side, where)
                continue
            for voice in voices(page, statement.source):
                heard.setdefault(voice, where)
        if any(f"side {party}" in sides for party in self.roster.states.values()):
            sides.pop(_ORGAN, None)  # it may be one of that side
        return sides | {v.label.lower(): heard[v] for v in distinct(heard)}

    def _speaks_for(self, page: Page, source: Source) -> str | None:
        """The side, state or group that a source speaks for; None for one who speaks for itself."""
        words = page.words(source)
        standing = self.roster.of_source(page, source)
        if standing.bound and not (standing.rule in LOOSE and find("watch", words)):
            return f"side {standing.party}"
        if standing.kind == "excluded" or standing.rule == "roster.other_state":
            return standing.name
        return _ORGAN if find("state_force", words) else None


def is_news(page: Page, event: Event) -> bool:
    """Whether an act without a day of its own is told as news of the day: not as history, nor as older than the
    truce, nor with a time that could not be made out."""
    before = find("before_the_truce", page.words(page.sentence(event.trigger.start)))
    time = event.time
    said = page.text[time.start : time.end] if time.start is not None and time.end is not None else None
    return not (event.background or before or (said is not None and not find("time_of_day", said)))


def answered(page: Page, event: Event) -> bool:
    """Whether an act is told as what another act answered: "they only returned artillery fire"."""
    return _ANSWERED.search(page.text, max(0, event.trigger.start - 60), event.trigger.start) is not None


def _is_teller(statement: Statement | None, part: Reference) -> bool:
    """An actor that is the very mention of who tells it: a body that reports, no doer."""
    source = statement.source if statement else None
    return source is not None and source.start <= part.start < source.end


def _of_the_same_harm(page: Page, event: Event, other: Event) -> bool:
    """Another weapon for what was told before, or words that hark back to it."""
    unlike = None not in (event.mode, other.mode) and event.mode != other.mode
    return unlike or re.search(r"\b(the|that|this) $", page.text[: other.trigger.start][-6:]) is not None


def tellings(incident: Incident, pages: dict[str, Page]) -> tuple[Telling, ...]:
    """The reports of an incident with their pages."""
    found = []
    for ref in incident.reports:
        page = pages[ref.document]
        event = next(e for e in page.events if e.id == ref.event)
        found.append(Telling(page, event, ref.independent))
    return tuple(found)
