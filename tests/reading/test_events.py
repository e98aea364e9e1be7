"""Events put together: types, parts, joining within a sentence, and what must be none."""

from __future__ import annotations

from functools import cache

import pytest

from trucewatch.model import Document, Event, Published, Reading, Sourced
from trucewatch.reading import read_many

# Sentence, and its events as (type, trigger).
TOLD = {
    "Rebels shelled the port and wounded six people.": [("ASSAULT", "shelled")],
    "Four people were killed when rockets hit a school.": [("ASSAULT", "hit")],
    "The army launched an offensive north of the river.": [("ASSAULT", "offensive")],
    "Clashes broke out between the army and rebels near the dam.": [("ASSAULT", "Clashes")],
    "The army accused the rebels of breaking the truce.": [("ACCUSE", "accused")],
    "The rebels broke the truce on Friday, the army said.": [("ASSAULT", "broke the truce")],
    "A lorry full of soldiers hit a mine.": [("ASSAULT", "hit a mine")],
    "Residents gathered to demand the release of the pilots.": [("PROTEST", "gathered")],
    "Police arrested nine activists and the army shelled the port.": [("COERCE", "arrested"), ("ASSAULT", "shelled")],
    "Police fired tear gas at the crowd.": [("ASSAULT", "fired tear gas")],
    "The union imposed sanctions on two generals.": [("SANCTION", "imposed sanctions")],
    "The ministry summoned the ambassador over the raid.": [("ACCUSE", "summoned the ambassador")],
    "The militia set free two nuns and handed in sixty rifles.": [("RETREAT", "set free"), ("RETREAT", "handed in")],
    "Soldiers let six tankers through to the suburb.": [("RETREAT", "let")],
    "The delegation has walked out of the talks.": [("REJECT", "walked")],
    "Talks between the junta and the rebels collapsed on Thursday.": [("REJECT", "collapsed")],
    "Rebels and the army swapped accusations on Sunday.": [("ACCUSE", "swapped accusations")],
    "Gunmen looted a clinic and stole two cows.": [("COERCE", "looted"), ("COERCE", "stole")],
    "A relief convoy was held for six hours at a checkpoint.": [("COERCE", "held")],
    "Soldiers stopped a convoy at the roadblock and sent it back to the port.": [("COERCE", "stopped")],
    "The governor imposed a curfew on the town.": [("COERCE", "imposed a curfew")],
    "The diplomat's car came under mortar fire.": [("ASSAULT", "came under mortar fire")],
    "Six explosions shook the suburb.": [("ASSAULT", "explosions")],
    "Police detained nine men in overnight raids.": [("COERCE", "detained")],
    "The president rang Prime Minister Sanchez on Sunday.": [("CONSULT", "rang")],
    "The minister is expected in the town on Wednesday.": [("CONSULT", "expected")],
    "Army engineers and former rebels resumed joint road repairs.": [("COOPERATE", "repairs")],
    "Germany will fly in 40 tonnes of food.": [("AID", "fly")],
    "A fifth man gave himself up last month.": [("RETREAT", "gave himself up")],
    "Villagers blocked the motorway on Thursday.": [("PROTEST", "blocked")],
    "The rebels gave the army until Friday to leave the town.": [("THREATEN", "gave")],
    "The republic is willing to send doctors to the camp.": [("AGREE", "is willing"), ("AID", "send")],
    "A team of monitors came under fire near the weir.": [("ASSAULT", "came under fire")],
    "The government imposed a curfew in the town.": [("COERCE", "imposed a curfew")],
    "Gunmen on a motorcycle shot dead a guard.": [("ASSAULT", "shot dead")],
    "The army allowed nine trucks to enter the enclave.": [("RETREAT", "allowed")],
    "Talks to resume on Monday": [("CONSULT", "Talks")],
    "Senator Ruth Miller attacked the president for raising taxes.": [("ACCUSE", "attacked")],
    "Shells fired from the hill hit a clinic.": [("ASSAULT", "hit")],
    "Army and rebels trade charges over broken truce": [("ACCUSE", "trade charges")],
    "Gunmen fire mortars at village near the dam": [("ASSAULT", "fire mortars")],
    "Monitors turned away at army checkpoint": [("COERCE", "turned away")],
    "“Any lorry that crosses the river will be shelled,” a rebel commander warned.": [
        ("ASSAULT", "shelled"), ("THREATEN", "warned"),
    ],
    "The rebel chief told his gunners to shell the port.": [("ASSAULT", "shell")],
    "The rebel chief ordered all units to stay in their barracks.": [("REQUEST", "ordered")],
    "The rebel garrison left at night without firing a shot.": [("RETREAT", "left")],
    "Rebels drove the army out of the town.": [("ASSAULT", "drove")],
    "Villagers set up a roadblock of burning tyres.": [("PROTEST", "set up a roadblock")],
    "The front laid the shelling at the door of the army.": [("ACCUSE", "laid")],
    "Raiders speared a herder to death.": [("ASSAULT", "speared a herder to death")],
    "The army refused an invitation to the next round of talks.": [("REJECT", "refused")],
    "The army refused to release the captives.": [("REJECT", "refused")],
    "The bishop deplored the killings in the north.": [("ACCUSE", "deplored")],
}
# Sentences that tell of no act done.
NOTHING = [
    "A lorry broke through the guardrail before colliding with a bus.",
    "The van may have struck walkers on the road after the crash.",
    "The two leaders fought a war of words over the budget.",
    "Reporters bombarded the minister with questions.",
    "The striker hit two goals in the final.",
    "The incumbent beat his rival in the election.",
    "The candidate launched a scathing attack on his rival.",
    "The company opened a charm offensive.",
    "The film bombed in cinemas.",
    "The poet died of cancer, aged 81.",
    "Nine people died when a bus overturned.",
    "The flood killed forty villagers.",
    "Prices exploded after the harvest.",
    "The minister was asked whether he would resign.",
    "The critic called the film a masterpiece.",
    "Snow blocked the highway.",
    "The truce is barely holding.",
    "The minister came under fire over the budget.",
    "The actress stormed off the set.",
    "Three children died of measles.",
    "The deal allows for aid deliveries and the withdrawal of gunmen.",
    "Nobody was hurt.",
    "Troops found an old landmine on the track and destroyed it.",
    "Road repairs began in May.",
    "The tenor faced a bombardment of questions.",
    "The candidates clashed over taxes.",
    "Doctors are battling an outbreak of measles.",
    "Prices shot up after the harvest.",
    "A bus plunged into a ravine, killing nine soldiers.",
    "The president fired his defence secretary.",
    "The report demonstrates a lack of care.",
    "They cut two years off the term of office.",
    "Had the militia attacked, the deal would have failed.",
    "The minister was met with applause.",
    "The judges agreed that the book was dull.",
    "The accord forbids attacks on convoys.",
    "The truce calls for the release of all prisoners.",
    "It provides for the withdrawal of tanks.",
    "The home side were slaughtered 5-0 by their rivals.",
    "The plant is firing on all cylinders.",
    "He was killed by a drunk driver.",
    "Students occupied the square for a concert.",
    "The currency, under siege for weeks, fell on Thursday.",
    "The rebels asked for nothing in return.",
]


@cache
def readings() -> dict[str, Reading]:
    texts = [*TOLD, *NOTHING, *PARTS, *(t for t, _ in DATED), ADJECTIVE, PUNISHED, ONE_OF_MANY]
    published = Published("2016-04-01", "given")
    pages = [
        Sourced(Document(id=str(n), text=t, sha256="", published=published)) for n, t in enumerate(dict.fromkeys(texts))
    ]
    return {r.document.text: r for r in read_many(pages)}


def events(text: str) -> tuple[Event, ...]:
    return readings()[text].events


# Sentence, actors and recipients of its first event.
PARTS = {
    "The market was shelled by rebels.": (["rebels"], ["The market"]),
    "The town was shelled by rebels.": (["rebels"], []),
    "Rebels who shelled a convoy fled.": (["Rebels"], ["a convoy"]),
    "The army's shelling of the convoy went on.": (["The army's"], ["the convoy"]),
    "Soldiers clashed with tribesmen.": (["Soldiers", "tribesmen"], []),
    "A drone hit a clinic.": ([], ["a clinic"]),
    "The envoy urged both sides to hold back.": (["The envoy"], ["both sides"]),
    "The union imposed sanctions on two generals.": (["The union"], ["two generals"]),
    "Families sued the ministry over the raid.": (["Families"], ["the ministry"]),
    "The pause agreed in Doha by both sides was observed.": (["both sides"], []),
    "Officers fired tear gas, by the account of a teacher.": (["Officers"], []),
    "Sixty rifles were handed in by December.": ([], []),
    "The barracks were hit by rockets of the rebels.": (["the rebels"], ["The barracks"]),
    "The army has alleged eight breaches by the rebels.": (["The army"], ["the rebels"]),
    "The palace turned him down.": (["The palace"], ["him"]),
    "Rockets hit the market, killing dozens.": ([], ["the market", "dozens"]),
    "Four guards were killed while fighting the rebels.": ([], ["Four guards"]),
    "An arms depot blew up inside the town.": ([], []),
    "A Kabul car bombing killed five people.": ([], ["five people"]),
    "Ukrainian army shelling killed a farmer.": (["Ukrainian army"], ["a farmer"]),
    "Monday's attack killed a farmer.": ([], ["a farmer"]),
    "Six people were reported killed in rebel shelling of the town.": (["rebel"], ["Six people"]),
    "An air strike attributed to the coalition destroyed a bridge.": (["the coalition"], ["a bridge"]),
    "Dozens died in the attack, reportedly conducted by the militia.": (["the militia"], ["Dozens"]),
    "Fighting broke out between the army and the rebels.": (["the army", "the rebels"], []),
    "The police were ambushed by gunmen on motorcycles.": (["gunmen"], ["The police"]),
    "Norway promised to send food to Mozambique.": (["Norway"], ["Mozambique"]),
    "The envoy demanded that the rebels leave the town.": (["The envoy"], ["the rebels"]),
    "Farmers marched to demand the minister's resignation.": (["Farmers"], ["the minister's"]),
    "On Friday rebels shelled a convoy.": (["rebels"], ["a convoy"]),
    "In Tandil, Rivadavia, teachers blocked the road.": (["teachers"], []),
    "It is unclear who shelled the convoy.": ([], ["the convoy"]),
    "Iran is opposed to the plan.": (["Iran"], []),
    "Shelling by the army wounded nine people, a medic said.": (["the army"], ["nine people"]),
    "Foreign fighters took part in the assault.": (["Foreign fighters"], []),
    "Hundreds marched against the loss of the town.": (["Hundreds"], []),
    "It was the rebels who attacked, wounding four guards.": (["the rebels"], ["four guards"]),
    "At least sixty people have been killed, by the mission's count.": ([], ["At least sixty people"]),
    "Army units advanced four kilometres against the rebels.": (["Army units"], ["the rebels"]),
    "Jets bombed a training camp of the rebels.": (["Jets"], ["a training camp of the rebels"]),
    "Armed men denied its patrol passage.": (["Armed men"], ["patrol"]),
    "Police prevented a march staged by students.": (["Police"], ["students"]),
    "It was dawn, according to the mayor, when the first bombs fell.": ([], []),
    "Thirty men taken hostage by the rebels were let go.": (["the rebels"], ["Thirty men"]),
}
DATED = [
    ("The war has killed 300,000 people since 2011, the agency said.", True),
    ("Shells killed six people on Friday, the agency said.", False),
    ("Students marched against the killing of a judge.", False),
    ("An earlier bombing killed six people.", True),
    ("The republic had recalled its ambassador from the kingdom.", True),
    ("The army said that rebels had shelled the dam.", False),
    ("On October 7, 2013, gunmen killed sixty people in the market.", True),
    ("An air raid on the town killed four people last September.", True),
    ("On March 31, 2016, gunmen killed six people in the market.", False),
    ("The truce agreed by both sides was observed.", True),
]
PUNISHED = "A court sentenced a colonel to ten years for a massacre."
ADJECTIVE = "The Russian army denied the charge. Witnesses spoke of Russian air strikes on the town."


@pytest.mark.parametrize(("text", "wanted"), TOLD.items())
def test_each_happening_is_one_event(text: str, wanted: list[tuple[str, str]]) -> None:
    assert [(e.type, text[e.trigger.start : e.trigger.end]) for e in events(text)] == wanted


@pytest.mark.parametrize("text", NOTHING)
def test_figures_of_speech_and_mishaps_are_no_events(text: str) -> None:
    done = [e for e in events(text) if e.polarity == "affirmed" and e.status in ("occurred", "ongoing")]
    assert [text[e.trigger.start : e.trigger.end] for e in done] == []


@pytest.mark.parametrize(("text", "wanted"), PARTS.items())
def test_who_does_it_to_whom(text: str, wanted: tuple[list[str], list[str]]) -> None:
    event = events(text)[0]
    found = tuple([text[r.start : r.end] for r in part] for part in (event.actors, event.recipients))
    assert found == wanted


@pytest.mark.parametrize(("text", "background"), DATED)
def test_history_is_told_apart_from_news(text: str, background: bool) -> None:
    assert events(text)[0].background is background


def test_what_a_protest_is_about_is_background() -> None:
    march, killing = events("Students marched against the killing of a judge.")
    assert (march.type, killing.type, killing.background) == ("PROTEST", "ASSAULT", True)


def test_a_nationality_names_the_force_of_its_state() -> None:
    reading = readings()[ADJECTIVE]
    strikes = next(e for e in reading.events if e.mode == "aerial")
    army = next(e for e in reading.entities if e.kind == "military")
    assert [r.entity for r in strikes.actors] == [army.id]


def test_every_event_says_what_produced_it() -> None:
    for text in TOLD:
        for event in events(text):
            assert event.because
            assert all(0 <= b.start < b.end <= len(text) for b in event.because)


def test_what_a_court_punishes_is_history() -> None:
    sentenced, massacre = events(PUNISHED)
    assert (sentenced.type, massacre.type, massacre.background) == ("SANCTION", "ASSAULT", True)


def test_what_is_announced_under_a_threat_is_threatened() -> None:
    text = "“Any lorry that crosses the river will be shelled,” a rebel commander warned."
    assert [e.status for e in events(text)] == ["threatened", "occurred"]


def test_a_visit_that_is_expected_is_planned() -> None:
    assert [e.status for e in events("The minister is expected in the town on Wednesday.")] == ["planned"]


ONE_OF_MANY = "The army said one of its drones had struck a lorry on Monday."


def test_one_of_many_instruments_tells_the_mode() -> None:
    assert "drone" in {e.mode for e in events(ONE_OF_MANY)}
