"""PLV, PLOVER's records, coder's notes, FA-KES."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hand_made import at, happened, misses, reader, reading

from benchmarks import acled_notes, fa_kes, plover_gsr, plv
from benchmarks.numbers import iso_date, states
from trucewatch.model import Entity, Event, Figure, Harm, Reading, Reference, Span
from trucewatch.model.reading import Harmed

HEAD = "sentence_id\tsentence\tmarked_sentence\tsource\ttarget\tgold_root\tgold_penta\n"
SENTENCE = "Norland accused Sudria of shelling a village before talks with Ostia."


@pytest.fixture
def plv_file(tmp_path: Path) -> Path:
    marked = SENTENCE.replace("Norland", "<s>Norland</s>").replace("Sudria", "<t>Sudria</t>")
    file = tmp_path / "plv.tsv"
    file.write_text(f"{HEAD}7\t{SENTENCE}\t{marked}\tNorland\tSudria\tACCUSE\t3\n", encoding="utf-8")
    return file


def test_plv_marks_become_spans_of_the_plain_sentence(plv_file: Path) -> None:
    (sentence,) = plv.read_sentences(plv_file)
    assert sentence.text == SENTENCE
    assert [SENTENCE[s:e] for s, e in sentence.source + sentence.target] == ["Norland", "Sudria"]


def test_plv_asks_the_encoder(plv_file: Path) -> None:
    scores = plv.run(plv_file, limit=None, errors=misses()[1])
    assert {name: m.value for name, m in scores.items()} == {
        "root_macro_f": 1.0, "root_accuracy": 1.0, "quad_macro_f": 1.0,
    }  # fmt: skip


def test_plv_rules_take_the_event_between_the_two(plv_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = reading(SENTENCE, events=[
        happened(SENTENCE, "talks", "CONSULT", ["Ostia"]),
        happened(SENTENCE, "accused", "ACCUSE", ["Norland"], ["Sudria"]),
        happened(SENTENCE, "shelling", "ASSAULT", ["Sudria"], ["a village"], stated_by=("s1",)),
    ])  # fmt: skip
    monkeypatch.setattr(plv, "readings", reader(made))
    scores = plv.run_rules(plv_file, limit=None, errors=misses()[1])
    assert {name: m.value for name, m in scores.items()} == {
        "root_macro_f": 1.0, "root_accuracy": 1.0, "quad_macro_f": 1.0,
    }  # fmt: skip


def test_plv_rules_without_any_event_is_wrong(plv_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plv, "readings", reader(reading(SENTENCE)))
    found, errors = misses()
    assert plv.run_rules(plv_file, limit=None, errors=errors)["root_macro_f"].value == 0.0
    assert found[0].kind == "ACCUSE as None"


def test_concession_and_retreat_are_yield_and_planned_aid_is_a_promise() -> None:
    assert plv.root_of(happened(SENTENCE, "talks", "RETREAT")) == "YIELD"
    assert plv.root_of(happened(SENTENCE, "talks", "AID", status="planned")) == "AGREE"


def record(text: str, event: str, source: list[str], target: list[str] | str) -> dict[str, object]:
    def slot(names: list[str] | str) -> object:
        return [{"actorText": n} for n in names] if isinstance(names, list) else names

    return {"id": "x", "event": event, "source": slot(source), "target": slot(target), "text": text}


@pytest.fixture
def records(tmp_path: Path) -> Path:
    file = tmp_path / "records.json"
    file.write_text(json.dumps([record(SENTENCE, "DISAPPROVE", ["Norland"], ["Sudria"])]), encoding="utf-8")
    return file


def test_old_names_are_made_new_and_bare_slots_are_empty(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    file.write_text(json.dumps([record(SENTENCE, "DEMAND", ["Norland"], "")]), encoding="utf-8")
    (item,) = plover_gsr.read_items(file)
    assert item.records == [plover_gsr.Record("REQUEST", ("Norland",), ())]


@pytest.mark.parametrize(("recipients", "right"), [(["Sudria"], 1.0), (["Ostia"], 0.0), ([], 0.0)])
def test_a_record_needs_its_actors(
    records: Path, monkeypatch: pytest.MonkeyPatch, recipients: list[str], right: float
) -> None:
    made = reading(SENTENCE, events=[happened(SENTENCE, "accused", "ACCUSE", ["Norland"], recipients)])
    monkeypatch.setattr(plover_gsr, "readings", reader(made))
    scores = plover_gsr.run(records, limit=None, errors=misses()[1])
    assert scores["type_f"].value == 1.0
    assert scores["record_f"].value == right


def test_both_sides_of_a_clash_may_be_actors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Guards and smugglers fought at the ford."
    file = tmp_path / "r.json"
    file.write_text(json.dumps([record(text, "FIGHT", ["Guards"], ["smugglers"])]), encoding="utf-8")
    made = reading(text, events=[happened(text, "fought", "ASSAULT", ["Guards", "smugglers"])])
    monkeypatch.setattr(plover_gsr, "readings", reader(made))
    assert plover_gsr.run(file, limit=None, errors=misses()[1])["record_f"].value == 1.0


def entity(name: str, kind: str) -> Entity:
    return Entity(id=name, name=name, kind=kind)  # type: ignore[arg-type]


def note(kind: str, mode: str | None, actor: str, victim: str) -> tuple[str, str]:
    event = Event(
        id="v", type=kind, trigger=Span(0, 4), mode=mode,
        actors=(Reference("a", 0, 1),), recipients=(Reference("b", 1, 2),),
    )  # fmt: skip
    made = reading("They acted.", events=[event], entities=[entity("a", actor), entity("b", victim)])
    return acled_notes.acled_type(made, event)


@pytest.mark.parametrize(
    ("kind", "mode", "actor", "victim", "wanted"),
    [
        ("ASSAULT", "aerial", "military", "population", "Air/drone strike"),
        ("ASSAULT", "explosives", "other", "military", "Remote explosive/landmine/IED"),
        ("ASSAULT", None, "military", "armed_group", "Armed clash"),
        ("ASSAULT", "firearms", "armed_group", "population", "Attack"),
        ("ASSAULT", "beat", "population", "person", "Mob violence"),
        ("ASSAULT", "abduct", "armed_group", "person", "Abduction/forced disappearance"),
        ("PROTEST", "demo", "population", "government", "Peaceful protest"),
        ("PROTEST", "riot", "population", "government", "Violent demonstration"),
        ("COERCE", "arrest", "government", "person", "Arrests"),
        ("MOBILIZE", "troops", "military", "other", "Change to group/activity"),
        ("AID", None, "organization", "population", "Other"),
    ],
)
def test_notes_are_mapped(kind: str, mode: str | None, actor: str, victim: str, wanted: str) -> None:
    assert note(kind, mode, actor, victim)[1] == wanted


NOTE = "On 4 May 2021, marchers met at Oldham Cross; police shot two of them. 3 fatalities in all."
NOTES_HEAD = "event_id_cnty,event_date,event_type,sub_event_type,latitude,longitude,notes,fatalities\n"


@pytest.fixture
def notes_file(tmp_path: Path) -> Path:
    file = tmp_path / "notes.csv"
    file.write_text(
        f'{NOTES_HEAD}X1,18751.0,Violence against civilians,Attack,53.5,-2.1,"{NOTE}",3.0\n', encoding="utf-8"
    )
    return file


def noted() -> Reading:
    place = at(NOTE, "Oldham Cross", 53.6, -2.2)
    return reading(NOTE, events=[
        happened(NOTE, "marchers", "PROTEST"),
        happened(NOTE, "shot", "ASSAULT", mode="firearms", harm=Harm(killed=Figure(2, 2)), place=place),
        happened(NOTE, "fatalities", "ASSAULT", harm=Harm(killed=Figure(3, None))),
    ])  # fmt: skip


def test_the_most_violent_act_of_the_first_sentence_counts(
    notes_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acled_notes, "readings", reader(noted()))
    scores = acled_notes.run_events(notes_file, limit=None, errors=misses()[1])
    assert {m.value for m in scores.values()} == {1.0}
    assert scores["fatalities_exact"].n == 1


def test_notes_are_placed_within_thirty_kilometres(notes_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acled_notes, "readings", reader(noted()))
    scores = acled_notes.run_places(notes_file, limit=None, errors=misses()[1])
    assert [m.value for m in scores.values()] == [1.0, 0.0, 0.0]


def test_days_since_1970_are_dates(notes_file: Path) -> None:
    assert acled_notes.read_notes(notes_file)[0].date == "2021-05-04"
    assert iso_date("5/4/21") == "2021-05-04"
    assert iso_date("2021-05-04T10:00") == "2021-05-04"


@pytest.mark.parametrize(
    ("text", "deaths", "stated"),
    [
        ("On 3 May, shells fell. Nine people were killed.", 9, True),
        ("On 3 May, a shell killed some people.", 3, False),
        ("A shell killed a farmer.", 1, True),
        ("Twenty-two died.", 22, True),
        ("They killed 1,200 sheep.", 200, False),
        ("Two farmers left.", 2, False),
        ("Nobody was killed.", 0, False),
    ],
)
def test_whether_a_number_of_deaths_is_stated(text: str, deaths: int, stated: bool) -> None:
    assert states(text, deaths) is stated


NEWS = "Rockets kill 14\n\nRockets killed 14 villagers in Idlib province. Last year 30 soldiers died there."
FA_HEAD = "unit_id,article_title,article_content,date,location,nb_civilians\n"


@pytest.mark.parametrize(("admin1", "province"), [("Idlib", 1.0), ("Idlib Governorate", 1.0), ("Hama", 0.0)])
def test_civilians_and_province(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, admin1: str, province: float
) -> None:
    title, body = NEWS.split("\n\n")
    file = tmp_path / "fa.csv"
    file.write_text(f'{FA_HEAD}1,{title},"{body}",5/4/17,idlib,14\n', encoding="utf-8")
    killed = Harm(killed=Figure(14, 14), who=(Harmed(None, 0, 1, "civilian"),))
    made = reading(NEWS, events=[
        happened(NEWS, "killed", "ASSAULT", harm=killed, place=at(NEWS, "Idlib province", admin1=admin1)),
        happened(NEWS, "died", "ASSAULT", harm=Harm(killed=Figure(30, 30)), background=True),
    ])  # fmt: skip
    monkeypatch.setattr(fa_kes, "readings", reader(made))
    scores = fa_kes.run(file, limit=None, errors=misses()[1])
    assert {n: m.value for n, m in scores.items()} == {
        "civilians_exact": 1.0, "civilians_ceiling": 1.0, "province_accuracy": province,
    }  # fmt: skip
