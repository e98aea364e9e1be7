"""Findings: which events are judged, and what each test is answered from."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pages import Made, place

from trucewatch import truces
from trucewatch.model import EVENT_STATUSES, PLOVER_TYPES, STANCES, EventTime, Finding, Mention
from trucewatch.truces.roster import Roster

SYRIA = truces.get("syria-coh-2016")
ALEPPO = place("Aleppo", "SYR", 36.2, 37.16)
DAY = "2016-04-11"


def judge(made: Made, *others: Made, event: str = "v1", joint: bool = False) -> Finding:
    found = truces.assess(SYRIA, [m.reading() for m in (made, *others)], joint=joint)
    return next(f for f in found if f.document == made.id and f.event == event)


def raid(text: str, actor: str | None = "the army", *, id_: str = "page", **more: Any) -> Made:
    """A page of which `shelled` is an act against a market in Aleppo."""
    made = Made(text, id=id_)
    known: dict[str, Any] = {"mode": "heavy-weapons", "day": DAY, "place": ALEPPO, "recipients": ["a market"], **more}
    made.tell("ASSAULT", "shelled", actors=[actor] if actor else [], **known)
    return made


TOLD = "On Monday the army shelled a market, killing two."


def outcome(finding: Finding, test: str) -> str:
    return next(t.outcome for t in finding.tests if t.name == test)


def test_alleged() -> None:
    finding = judge(raid(TOLD))
    assert finding.verdict == "breach_alleged"
    assert finding.term == "T2"
    assert all(t.because for t in finding.tests if t.outcome == "yes")


@pytest.mark.parametrize("status", ["planned", "ordered", "threatened"])
def test_intent_is_no_breach(status: str) -> None:
    assert judge(raid(TOLD, status=status)).verdict == "intent_only"


def test_possible_is_undetermined() -> None:
    assert judge(raid(TOLD, status="possible")).missing == ("status",)


def test_negated_and_planned_talks_get_none() -> None:
    made = raid(TOLD, polarity="negated")
    made.tell("CONSULT", "market", status="planned")
    assert truces.assess(SYRIA, [made.reading()]) == ()


def test_bare_talk_gets_none_and_ceasefire_starts_neither() -> None:
    made = Made("The envoy accused the army. The truce began.")
    made.tell("ACCUSE", "accused", mode="allege", actors=["The envoy"])
    made.tell("RETREAT", "began", mode="ceasefire")
    assert truces.assess(SYRIA, [made.reading()]) == ()


@pytest.mark.parametrize(("day", "verdict"), [
    ("2016-02-26", "not_covered"), ("2016-02-27", "breach_alleged"), (None, "breach_alleged")])
def test_time(day: str | None, verdict: str) -> None:
    assert judge(raid(TOLD, day=day)).verdict == verdict


def test_no_date_anywhere_is_undetermined() -> None:
    made = raid(TOLD, day=None)
    made.published = None
    assert judge(made).missing == ("date",)


def test_a_truce_that_begins_a_minute_before_midnight_does_not_cover_that_day() -> None:
    made = Made("On Sunday Houthi fighters shelled a market.")
    made.tell("ASSAULT", "shelled", actors=["Houthi fighters"], recipients=["a market"], day="2016-04-10",
              place=place("Taiz", "YEM"))
    (finding,) = truces.assess(truces.get("yemen-coh-2016"), [made.reading()])
    assert finding.verdict == "not_covered"
    assert outcome(finding, "time") == "no"


def test_area() -> None:
    assert judge(raid(TOLD, place=place("Tyre", "LBN"))).verdict == "not_covered"
    assert judge(raid(TOLD, place=None)).missing == ("place",)


@pytest.mark.parametrize(("actor", "verdict"), [
    ("Nusra Front fighters", "not_covered"), ("Russian jets", "breach_alleged"), ("insurgents", "breach_alleged"),
    ("Jaysh al-Islam", "breach_alleged"), ("Kurdish gunners", "breach_alleged"), ("gunmen", "undetermined"),
    ("warplanes", "undetermined"), ("Iraqi militiamen", "breach_alleged"), ("Turkish troops", "not_covered"),
    ("the al-Qaeda-affiliated Nusra Front", "not_covered"), ("anti-government fighters", "breach_alleged"),
])
def test_actor(actor: str, verdict: str) -> None:
    assert judge(raid(f"On Monday {actor} shelled a market.", actor)).verdict == verdict


def test_a_named_group_outside_the_truce_never_joined() -> None:
    made = raid("On Monday the Blue Brigade shelled a market.", None)
    entity = made.entity("the Blue Brigade", name="Blue Brigade", kind="armed_group", resolution="resolved")
    made.events[0] = type(made.events[0])(**{
        f: getattr(made.events[0], f) for f in made.events[0].__struct_fields__} | {
        "actors": (made.refer("the Blue Brigade"),)})
    assert entity.id
    finding = judge(made)
    assert finding.verdict == "not_covered"
    assert "never joined" in finding.reason


def test_whose_craft_it_was() -> None:
    made = raid("On Monday warplanes shelled a market. The planes were believed to be Syrian, it said.", "warplanes")
    assert judge(made).verdict == "breach_alleged"


def test_whose_checkpoint_it_was() -> None:
    made = Made("A lorry with flour was turned back at a rebel checkpoint.")
    made.tell("COERCE", "turned back", mode="restrict", recipients=["A lorry with flour"], day=DAY, place=ALEPPO)
    finding = judge(made)
    assert (finding.verdict, finding.term) == ("breach_alleged", "T4")


def test_whom_the_dead_were_fighting() -> None:
    made = Made("Two soldiers were killed while fighting the Islamic State.")
    made.tell("ASSAULT", "killed", recipients=["Two soldiers"], day=DAY, place=ALEPPO)
    assert judge(made).verdict == "not_covered"


def test_owning_up() -> None:
    made = raid("On Monday a market was shelled. The Islamic State claimed the attack.", None)
    made.say("The Islamic State", "the attack")
    assert judge(made).verdict == "not_covered"


def test_blame_in_the_next_sentence() -> None:
    made = raid("On Monday a market was shelled. Residents blamed the army.", None)
    made.tell("ACCUSE", "blamed", mode="allege", actors=["Residents"], recipients=["the army"])
    assert judge(made).verdict == "breach_alleged"


def test_nobody_named_is_undetermined() -> None:
    assert judge(raid("On Monday a market was shelled.", None)).missing == ("actor",)


@pytest.mark.parametrize(("target", "verdict"), [
    ("a market", "breach_alleged"), ("rebels", "breach_alleged"), ("Islamic State trenches", "not_covered"),
    (None, "undetermined"), ("a slope", "undetermined")])
def test_target(target: str | None, verdict: str) -> None:
    made = raid(f"On Monday the army shelled {target or 'on'}.", recipients=[target] if target else [])
    assert judge(made).verdict == verdict


def test_a_party_that_lays_it_at_anothers_door_was_hit() -> None:
    made = Made("A rebel officer said the army shelled all night.")
    by = made.say("A rebel officer", "the army shelled all night", "alleges")
    made.tell("ASSAULT", "shelled", actors=["the army"], by=by, day=DAY, place=ALEPPO)
    assert judge(made).verdict == "breach_alleged"


def test_a_clash_with_an_excluded_group() -> None:
    made = Made("Nusra Front fighters and soldiers clashed on Monday.")
    made.tell("ASSAULT", "clashed", actors=["Nusra Front fighters", "soldiers"], day=DAY, place=ALEPPO)
    assert judge(made).verdict == "not_covered"


def test_a_build_up_is_not_prohibited() -> None:
    made = Made("The army massed tanks on Monday.")
    made.tell("MOBILIZE", "massed", mode="weapons", actors=["The army"], day=DAY, place=ALEPPO)
    assert judge(made).verdict == "not_prohibited"


def test_arms_for_a_force_are_no_relief() -> None:
    made = Made("Russia sent ammunition to the army on Monday.")
    made.tell("AID", "sent", actors=["Russia"], recipients=["the army"], day=DAY, place=ALEPPO)
    assert judge(made).verdict == "not_prohibited"


@pytest.mark.parametrize(("denier", "verdict"), [
    ("Damascus", "breach_contested"), ("A military source", "breach_contested"), ("A rebel officer", "breach_alleged")])
def test_denial_by_the_accused_side(denier: str, verdict: str) -> None:
    made = raid(f"{TOLD} {denier} denied it.")
    made.say(denier, "it", "denies")
    assert judge(made).verdict == verdict


def test_a_denial_of_something_else_in_between() -> None:
    made = raid(f"{TOLD} The army offered a pause. The ministry denied any such offer.")
    made.tell("CONCEDE", "offered", actors=["The army"])
    made.say("The ministry", "any such offer", "denies")
    assert judge(made).verdict == "breach_alleged"


def test_the_accused_side_blames_an_excluded_group() -> None:
    made = raid(f"{TOLD} The state news agency said a car bomb of the Nusra Front had blown up.")
    by = made.say("The state news agency", "a car bomb of the Nusra Front had blown up", "alleges")
    made.tell("ASSAULT", "blown up", mode="explosives", actors=["the Nusra Front"], by=by)
    assert judge(made).verdict == "breach_contested"
    assert judge(made, event="v2").verdict == "not_covered"


@pytest.mark.parametrize(("teller", "verdict"), [
    ("An army officer", "defence_claimed"), ("A rebel officer", "breach_alleged")])
def test_defence_counts_from_the_actors_own_side(teller: str, verdict: str) -> None:
    made = Made(f"{teller} said the army shelled a market to silence a battery there.")
    by = made.say(teller, "the army shelled a market to silence a battery there")
    made.tell("ASSAULT", "shelled", actors=["the army"], recipients=["a market"], by=by, day=DAY, place=ALEPPO)
    assert judge(made).verdict == verdict


def _said_by(first: str, second: str) -> Made:
    made = Made(f"{first} said rebels shelled a market on Monday. {second} confirmed that shells had fallen there.")
    one = made.say(first, "rebels shelled a market on Monday")
    two = made.say(second, "shells had fallen there", "confirms")
    known: dict[str, Any] = {"mode": "heavy-weapons"}
    made.tell("ASSAULT", "shelled", actors=["rebels"], recipients=["a market"], by=one, day=DAY, place=ALEPPO, **known)
    made.tell("ASSAULT", "fallen", by=two, **known)
    return made


@pytest.mark.parametrize(("second", "verdict"), [
    ("A doctor", "breach_corroborated"), ("A ministry official", "breach_alleged")])
def test_two_sources_of_different_sides(second: str, verdict: str) -> None:
    assert judge(_said_by("State television", second)).verdict == verdict


def test_a_copy_is_no_second_source() -> None:
    words = ("{} said rebels shelled a market in the old quarter on Monday evening, killing two traders and a boy "
             "who had come to buy lamp oil")
    pages = []
    for number, (source, day) in enumerate((("A surgeon", "2016-04-12"), ("A surgeon", "2016-04-13"))):
        made = Made(words.format(source) + ".", id=f"p{number}", published=day)
        by = made.say(source, "rebels shelled a market")
        made.tell("ASSAULT", "shelled", mode="heavy-weapons", actors=["rebels"], recipients=["a market"], by=by,
                  day=DAY, place=ALEPPO)
        pages.append(made)
    finding = judge(pages[0], pages[1], joint=True)
    assert finding.verdict == "breach_alleged"
    assert finding.incident == judge(pages[1], pages[0], joint=True).incident


def test_joint_defence_from_another_page() -> None:
    one = Made("The YPG said insurgents shelled a market on Monday.", id="one")
    by = one.say("The YPG", "insurgents shelled a market on Monday", "alleges")
    one.tell("ASSAULT", "shelled", mode="heavy-weapons", actors=["insurgents"], recipients=["a market"], by=by,
             day=DAY, place=ALEPPO)
    two = Made("Shells hit a market. Jaish al-Islam said its men only returned fire.", id="two")
    two.tell("ASSAULT", "hit", mode="heavy-weapons", recipients=["a market"], day=DAY, place=ALEPPO)
    by = two.say("Jaish al-Islam", "its men only returned fire")
    two.tell("ASSAULT", "returned fire", actors=["its men"], by=by)
    assert judge(one, two).verdict == "breach_alleged"
    assert judge(one, two, joint=True).verdict == "defence_claimed"


def test_a_page_of_another_country_is_not_covered() -> None:
    made = Made("Somali soldiers shelled a market on Monday.")
    made.tell("ASSAULT", "shelled", actors=["Somali soldiers"], recipients=["a market"], day=DAY,
              place=place("Kismayo", "SOM"))
    assert judge(made).verdict == "not_covered"


def test_characters_of_another_page_name_it() -> None:
    one, two = raid(TOLD, id_="one"), raid(f"{TOLD} Damascus denied it.", id_="two")
    two.say("Damascus", "it", "denies")
    finding = judge(one, two, joint=True)
    denied = next(t for t in finding.tests if t.name == "denied")
    assert [b.id for b in denied.because] == ["claims.denial@two"]


def test_findings_come_in_the_order_of_pages_and_text() -> None:
    pages = [raid(TOLD, id_=name).reading() for name in ("zebra", "ant")]
    for joint in (False, True):
        assert [f.document for f in truces.assess(SYRIA, pages, joint=joint)] == ["zebra", "ant"]


@given(st.data())
def test_any_reading_is_judged_without_an_error(data: st.DataObject) -> None:
    text = "The army and rebels said guards hit a market on Monday.\n\nNobody denied it."
    made = Made(text, published=data.draw(st.sampled_from([None, "2016-04-12", "2016-04-12T10:00:00Z", "soon"])))
    words = ["The army", "rebels", "guards", "a market", "Nobody"]
    for stance in data.draw(st.lists(st.sampled_from(STANCES), max_size=3)):
        made.say(data.draw(st.sampled_from([None, *words])), data.draw(st.sampled_from(words)), stance)
    for type_ in data.draw(st.lists(st.sampled_from(PLOVER_TYPES), min_size=1, max_size=4)):
        made.tell(
            type_, data.draw(st.sampled_from(["said", "hit", "denied"])),
            actors=data.draw(st.lists(st.sampled_from(words), max_size=2)),
            recipients=data.draw(st.lists(st.sampled_from(words), max_size=2)),
            day=data.draw(st.sampled_from([None, "2016-04-11", "2016-04-11T05:00", "2015"])),
            status=data.draw(st.sampled_from(EVENT_STATUSES)),
            place=data.draw(st.sampled_from([None, ALEPPO, place("X", "SYR"), place("Y", "LBN", 33.0, 35.0)])),
            killed=data.draw(st.sampled_from([None, 3])),
            by=made.statements[0].id if made.statements else None,
        )
    for joint in (False, True):
        for finding in truces.assess(SYRIA, [made.reading()], joint=joint):
            assert (finding.verdict == "undetermined") == bool(finding.missing)
            assert finding.reason
            for test in finding.tests:
                assert all(0 <= b.start <= b.end <= len(text) for b in test.because)


def test_every_span_lies_on_the_page() -> None:
    made = raid(f"{TOLD} Damascus denied it.")
    made.say("Damascus", "it", "denies")
    for test in judge(made).tests:
        for reason in test.because:
            assert 0 <= reason.start <= reason.end <= len(made.text)


def test_every_finding_rests_on_one_of_the_incidents_judged() -> None:
    pages = [raid(TOLD), raid("On Monday the army shelled a market, killing nine.", id_="other")]
    incidents, findings = truces.judge(SYRIA, [m.reading() for m in pages])
    assert len(findings) == 2
    assert {f.incident for f in findings} <= {i.id for i in incidents}


@pytest.mark.parametrize(("words", "kind", "side"), [
    ("Putin's air force", "unknown", None),
    ("the army", "member", "government-side"),
    ("the US-led international coalition", "stranger", None),
    ("Kurdish fighters", "member", "kurdish-forces"),
])
def test_who_is_meant_is_not_guessed(words: str, kind: str, side: str | None) -> None:
    standing = Roster(truces.get("syria-coh-2016")).of_words(words)
    assert (standing.kind, standing.party) == (kind, side)


def test_the_words_after_a_noun_say_whose_act_it_was() -> None:
    made = Made("Airstrikes by Russian jets hit a market on Monday.", id="a")
    made.tell("ASSAULT", "Airstrikes", mode="aerial", recipients=["a market"], day=DAY, place=ALEPPO)
    assert judge(made).parties == ("government-side",)


@pytest.mark.parametrize(("second", "sources"), [("a nurse", 2), ("the source", 1), ("a report", 1)])
def test_nobody_in_particular_bears_nothing_out(second: str, sources: int) -> None:
    made = Made(f"The army shelled a market, a baker said. The shells hit stalls, {second} said.", id="a")
    for source, content, trigger in (("a baker", "The army shelled a market", "shelled"),
                                     (second, "The shells hit stalls", "hit")):
        by = made.say(source, content)
        made.tell("ASSAULT", trigger, mode="heavy-weapons", actors=["The army"], recipients=["a market"], day=DAY,
                  place=ALEPPO, by=by)
    verdict = "breach_corroborated" if sources == 2 else "breach_alleged"
    assert judge(made).verdict == verdict


def _said(first: str, second: str, *, name: str | None = None) -> Finding:
    made = Made(f"Rebels shelled a market, {first} said. The shells hit stalls, {second} said.", id="a")
    if name:
        made.entity(second, kind="media", name=name)
    for source, content, trigger in ((first, "Rebels shelled a market", "shelled"),
                                     (second, "The shells hit stalls", "hit")):
        by = made.say(source, content)
        made.tell("ASSAULT", trigger, mode="heavy-weapons", actors=["Rebels"], recipients=["a market"], day=DAY,
                  place=ALEPPO, by=by)
    return judge(made)


@pytest.mark.parametrize(("first", "second", "name", "verdict"), [
    ("the Syrian army", "a police source", None, "breach_alleged"),
    ("the Syrian army", "the agency", "SANA", "breach_alleged"),
    ("the Syrian army", "a SANA reporter", None, "breach_alleged"),
    ("the Syrian army", "the agency", "Reuters", "breach_corroborated"),
    ("the Hill Observatory", "Observatory chief Jo Field", None, "breach_alleged"),
    ("the Hill Observatory", "a war monitor", None, "breach_alleged"),
    ("the Hill Observatory", "a nurse", None, "breach_corroborated"),
    ("the Hill Observatory", "local sources", None, "breach_alleged"),
])
def test_one_voice_under_two_names_is_one(first: str, second: str, name: str | None, verdict: str) -> None:
    assert _said(first, second, name=name).verdict == verdict


@pytest.mark.parametrize(("harmed", "verdict"), [
    ("twelve", "not_covered"), ("ten militants", "not_covered"), ("two nurses", "breach_alleged"),
])
def test_the_dead_of_a_number_are_of_those_who_were_fought(harmed: str, verdict: str) -> None:
    made = Made(f"Soldiers attacked the Nusra Front on Monday, killing {harmed}.")
    made.entity("the Nusra Front", kind="armed_group", name="Al-Nusra Front")
    made.entity(harmed, kind="population")
    made.tell("ASSAULT", "attacked", actors=["Soldiers"], recipients=["the Nusra Front", harmed], day=DAY, place=ALEPPO)
    assert judge(made).verdict == verdict


@pytest.mark.parametrize("after", [
    "The radio named Jaish al-Islam as the perpetrator.", "Villagers laid it at the door of Jaish al-Islam.",
    "The mayor blamed Jaish al-Islam for it.",
])
def test_words_after_an_act_that_lay_it_to_somebody(after: str) -> None:
    finding = judge(raid(f"Gunfire: a market was shelled on Monday.\n{after}", actor=None))
    assert (finding.verdict, finding.parties) == ("breach_alleged", ("opposition",))


def test_blame_for_another_act_names_no_actor() -> None:
    told = "On Monday a market was shelled. Elsewhere rebels burned a mill. The mayor blamed Jaish al-Islam for it."
    made = raid(told, actor=None)
    made.tell("ASSAULT", "burned", actors=["rebels"], day=DAY, place=ALEPPO)
    assert judge(made).missing == ("actor",)


def test_a_participle_goes_on_about_the_act_before_it() -> None:
    made = raid("On Monday the army shelled a market, destroying a mill.")
    made.tell("ASSAULT", "destroying", mode="destroy", recipients=["a mill"], day=DAY, place=ALEPPO)
    assert judge(made, event="v2").parties == ("government-side",)


def test_its_men_are_of_the_one_body_named_before() -> None:
    made = raid("Villagers marched against the Nusra Front; its men shelled a market.", actor="its men")
    named = made.span("the Nusra Front")
    group = made.entity("the Nusra Front", kind="armed_group", name="Al-Nusra Front")
    made.entities[named.start, named.end] = msgspec.structs.replace(
        group, mentions=(Mention(named.start, named.end, "name"),))
    assert judge(made).verdict == "not_covered"


@pytest.mark.parametrize(("when", "verdict"), [("since daybreak", "breach_alleged"), ("that winter", "undetermined")])
def test_an_hour_of_the_day_is_of_the_day_of_the_news(when: str, verdict: str) -> None:
    made = raid(f"The army shelled a market {when}.", actor="The army", day=None)
    span = made.span(when)
    made.events[0] = msgspec.structs.replace(made.events[0], time=EventTime(span.start, span.end))
    assert judge(made).verdict == verdict


def test_talks_are_owed_wherever_they_are_held() -> None:
    made = Made("The Syrian government refused on Monday to attend the talks in Geneva.")
    made.tell("REJECT", "refused", mode="meet", actors=["The Syrian government"], day=DAY,
              place=place("Geneva", "CHE", 46.2, 6.15))
    assert judge(made).verdict == "breach_alleged"
