from __future__ import annotations

import io
import re
import time
import zipfile

import pytest
import yaml
from fastapi.testclient import TestClient
from workbench_asking import Browser
from workbench_pages import NEWS

from trucewatch import truces
from trucewatch.store import Store
from trucewatch.workbench import create_app

DOC = "/document/news/one.txt"
ITEM = "/review/item?document=news/one.txt&event=v1"


def incident(browser: Browser) -> str:
    return re.findall(r'href="(/incident/[^"]+)">Shelling', browser.get("/"))[0]


def decide(browser: Browser, action: str, event: str = "v1", **fields: object) -> int:
    return browser.post("/decide", document="news/one.txt", target=event, action=action, **fields)


def test_overview_counts_and_lists(browser: Browser) -> None:
    page = browser.get("/")
    assert "3 of 3 incidents" in page
    assert "Mill Times" in page
    assert "[34.727,36.723,1," in page


def test_filters_stand_in_the_address(browser: Browser) -> None:
    assert "1 of 3 incidents" in browser.get("/?since=2016-04-11&until=2016-04-11")
    assert "No incident fits" in browser.get("/?since=2017-01-01")
    assert "1 of 3 incidents" in browser.get("/?province=Homs&type=ASSAULT&words=mill+in")
    assert "1 of 3 incidents" in browser.get("/?area=34.727,36.723,3")
    assert "3 of 3 incidents" in browser.get("/?area=nonsense")
    assert "3 of 3 incidents" in browser.get("/?since=nonsense&page=99")


def test_incident_shows_reports_harm_and_the_ladder(browser: Browser) -> None:
    page = browser.get(incident(browser))
    assert "a medic" in page
    assert "Held against the truce" in page
    assert "Is the actor a party" in page


def test_document_shows_the_page_whole_and_in_order(browser: Browser) -> None:
    page = browser.get(DOC)
    shown = re.search(r'<div id="text"[^>]*>(.*?)</div>', page, re.S)
    assert shown
    assert re.sub(r"<[^>]+>", "", shown[1]) == NEWS
    assert 'class="furniture"' in page


def test_a_quote_leads_to_its_characters(browser: Browser) -> None:
    start = NEWS.index("a medic")
    page = browser.get(f"{DOC}?start={start}&end={start + 7}")
    assert re.search(r'<span class="[^"]*quoted"[^>]* id="quoted">a medic</span>', page)


def test_what_is_not_there_says_so(client: TestClient) -> None:
    nothing = "/review/item?document=news/one.txt&event=v9"
    for path in ("/document/none", "/incident/none", nothing, "/nowhere", "/add/9"):
        answer = client.get(path)
        assert answer.status_code == 404, path
        assert "That did not work" in answer.text


def test_an_empty_store_says_what_to_do_next() -> None:
    with Store.open(":memory:") as store, TestClient(
        create_app(store, truces.get("syria-coh-2016")), base_url="http://127.0.0.1:8000"
    ) as client:
        for path in ("/", "/review", "/documents"):
            assert 'href="/add"' in client.get(path).text


def test_accepting_takes_an_event_off_the_queue(browser: Browser, store: Store) -> None:
    assert "3 left" in browser.get("/review")
    assert decide(browser, "accept") == 303
    assert "2 left" in browser.get("/review")
    made = store.decisions.all()
    assert [(d.who, d.action, d.target) for d in made] == [("Ada", "accept", "v1")]


def test_rejecting_and_undoing(browser: Browser) -> None:
    decide(browser, "reject")
    assert "2 of 2 incidents" in browser.get("/")
    assert "rejected" in browser.get(DOC)
    assert browser.post("/undo", number=1) == 303
    assert "3 of 3 incidents" in browser.get("/")
    assert browser.post("/undo", number=1) == 409


def test_a_corrected_place_moves_the_incident_and_the_reading_stays(browser: Browser, store: Store) -> None:
    assert decide(browser, "edit", lat="36.20", lon="37.16", place="Aleppo") == 303
    assert "36.2,37.16" in browser.get("/")
    assert 'value="36.20000"' in browser.get(ITEM)
    place = store.reading("news/one.txt").events[0].place
    assert place
    assert place.name == "Homs"
    after = store.decisions.all()[0].after or {}
    assert set(after) == {"place"}


def test_edits_add_up_and_accepting_keeps_them(browser: Browser, store: Store) -> None:
    decide(browser, "edit", status="possible")
    decide(browser, "edit", mode="aerial", seen="1")
    decide(browser, "accept", seen="2")
    assert [d.after for d in store.decisions.all()][1:] == [{"status": "possible", "mode": "aerial"}] * 2
    assert "Air attack" in browser.get(DOC)


def test_every_field_can_be_set(browser: Browser, store: Store) -> None:
    fields: dict[str, object] = {
        "actors_shown": "1", "type": "COERCE", "mode": "seize", "status": "ongoing", "polarity": "negated",
        "from": "2016-04-10",
        "to": "2016-04-11", "recipients_shown": "1", "reason": "as told",
    }
    start = NEWS.index("a mill")
    fields["actors"] = [f"e2:{start}:{start + 6}"]
    assert decide(browser, "edit", **fields) == 303
    made = store.decisions.all()[0]
    after = made.after or {}
    assert (after["type"], after["status"], after["polarity"]) == ("COERCE", "ongoing", "negated")
    assert after["recipients"] == []
    assert after["time"]["from"] == "2016-04-10"
    assert made.reason == "as told"


@pytest.mark.parametrize(("written", "killed"), [
    ("3", {"min": 3, "max": 3}), ("3-5", {"min": 3, "max": 5}), ("3 – 5", {"min": 3, "max": 5}),
    ("3-", {"min": 3, "max": None}), ("-5", {"min": None, "max": 5}), ("", None),
])
def test_a_count_can_be_corrected(browser: Browser, store: Store, written: str, killed: object) -> None:
    assert 'name="killed" value="2"' in browser.get(ITEM)
    assert decide(browser, "edit", killed=written, injured="") == 303
    after = store.decisions.all()[0].after or {}
    assert after["harm"]["killed"] == killed


def test_counts_that_are_left_alone_are_no_edit(browser: Browser, store: Store) -> None:
    decide(browser, "edit", killed="2", injured="", mode="aerial")
    assert store.decisions.all()[0].after == {"mode": "aerial"}


def test_what_cannot_be_is_refused(browser: Browser, store: Store) -> None:
    for fields in (
        {"type": "NONE"}, {"status": "maybe"}, {"from": "2016-02-31"},
        {"lat": "nan", "lon": "1"}, {"lat": "91", "lon": "1"},
        {"from": "2016-04-12", "to": "2016-04-10"}, {"actors_shown": "1", "actors": "e9:0:4"},
        {"actors_shown": "1", "actors": ":5:999"}, {"killed": "few"}, {"killed": "5-3"}, {"injured": "3-x"},
    ):
        assert decide(browser, "edit", **fields) == 400, fields
    assert decide(browser, "merge") == 400
    assert decide(browser, "accept", event="v9") == 404
    assert not store.decisions.count()


def test_two_people_at_once(browser: Browser, store: Store) -> None:
    assert decide(browser, "accept", seen="0") == 303
    assert decide(browser, "reject", seen="0") == 409
    assert store.decisions.count() == 1


def test_a_missed_event_is_added_by_its_characters(browser: Browser) -> None:
    start = NEWS.index("killing")
    assert decide(browser, "add", event="", type="ASSAULT", start=start, end=start + 7) == 303
    assert f"h{start}-{start + 7}" in browser.get(DOC)
    assert decide(browser, "add", event="", type="ASSAULT", start=5, end=5) == 400


def test_an_accepted_page_exports_as_gold(browser: Browser, client: TestClient) -> None:
    decide(browser, "reject", event="v2")
    assert decide(browser, "accept", event="news/one.txt") == 303
    gold = yaml.safe_load(client.get("/gold/news/one.txt").content)
    assert gold["page"] == NEWS
    assert gold["not_events"] == ["fired"]
    assert [e["trigger"] for e in gold["events"]] == ["shelled"]
    assert gold["events"][0]["harm"] == {"killed": {"min": 2, "max": 2}}
    assert gold["statements"][0]["source"] == "a medic"
    with zipfile.ZipFile(io.BytesIO(client.get("/gold.zip").content)) as archive:
        assert archive.namelist() == ["news_one.txt.yaml"]
    assert len(client.get("/decisions.jsonl").text.splitlines()) == 2


def test_decisions_are_there_after_a_restart(browser: Browser, store: Store) -> None:
    decide(browser, "reject")
    with TestClient(create_app(store, truces.get("syria-coh-2016")), base_url="http://127.0.0.1:8000") as again:
        assert "2 of 2 incidents" in again.get("/").text


def test_a_name_signs_decisions(browser: Browser, store: Store) -> None:
    assert browser.post("/who", who="Zoë ‹x›") == 303
    decide(browser, "accept")
    assert store.decisions.all()[0].who == "Zoë ‹x›"


def test_pages_are_added_and_errors_told_by_document(browser: Browser, client: TestClient) -> None:
    sent = [("files", ("../../a.txt", b"Troops shelled a bridge near Hama on Monday, a doctor said.")),
            ("files", ("b.exe", b"\x00\x01"))]
    data = {"secret": browser.secret, "text": "Kalm \U0001f54a. Guns fell silent in Idlib on Sunday."}
    answer = client.post("/add", files=sent, data=data, headers={"origin": "http://127.0.0.1:8000"})
    path = answer.url.path
    for _ in range(300):
        page = browser.get(path)
        if "Done" in page:
            break
        time.sleep(0.1)
    assert "Done: 3" in page
    assert 'href="/document/a.txt"' in page
    assert "how-failed" in page
    assert browser.post("/add") == 400


def test_land_and_places(client: TestClient) -> None:
    kinds = {f["properties"]["kind"] for f in client.get("/land.json").json()["features"]}
    assert kinds == {"land", "province"}
    assert client.get("/places?q=").json() == []
