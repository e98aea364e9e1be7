"""Merging, splitting, second readings, the truce's text and paths on this machine."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from workbench_asking import BASE, Browser
from workbench_pages import other_shelling

from trucewatch import truces
from trucewatch.errors import UsageError
from trucewatch.store import Store
from trucewatch.workbench import create_app, texts
from trucewatch.workbench.adding import files_below

ITEM = "/review/item?document=news/one.txt&event=v1"


def named(browser: Browser) -> list[str]:
    return re.findall(r'href="/incident/([^"]+)"', browser.get("/?province=Homs"))


def undo(browser: Browser, number: int) -> None:
    assert browser.post("/undo", number=number) == 303


def test_incidents_are_merged_and_parted_by_undoing(browser: Browser, store: Store) -> None:
    store.add(other_shelling())
    two = named(browser)
    assert len(two) == 2
    assert f'value="{two[1]}"' in browser.get(f"/incident/{two[0]}"), "it is offered for merging"
    assert browser.post("/group", action="merge", incident=two, reason="one raid") == 303
    merged = named(browser)
    assert len(merged) == 1
    page = browser.get(f"/incident/{merged[0]}")
    assert "Gate Post" in page
    assert "Mill Times" in page
    assert "one raid" in page
    gone = next(name for name in two if name not in merged)
    answer = browser.client.get(f"/incident/{gone}", follow_redirects=False)
    assert answer.headers["location"] == f"/incident/{merged[0]}"
    assert "an incident" in browser.get("/review")
    undo(browser, 1)
    assert named(browser) == two


def test_reports_are_split_off(browser: Browser, store: Store) -> None:
    store.add(other_shelling())
    browser.post("/group", action="merge", incident=named(browser))
    whole = named(browser)
    assert browser.post("/group", action="split", incident=whole, report=["v1|news/two.txt"]) == 303
    assert len(named(browser)) == 2
    assert [d.action for d in store.decisions.all()] == ["merge", "split"]


@pytest.mark.parametrize(("fields", "status"), [
    ({"action": "merge", "incident": []}, 400), ({"action": "merge", "incident": ["none", "naught"]}, 404),
    ({"action": "split", "report": []}, 400), ({"action": "split", "report": ["v9|nowhere"]}, 400),
    ({"action": "split", "report": ["v1|news/one.txt"]}, 400), ({"action": "tear"}, 400),
])
def test_what_cannot_be_grouped_is_refused(
    browser: Browser, store: Store, fields: dict[str, object], status: int
) -> None:
    assert browser.post("/group", **{"incident": named(browser), **fields}) == status
    assert not store.decisions.count()


def decide(browser: Browser, who: str, action: str, **fields: object) -> int:
    browser.post("/who", who=who)
    return browser.post("/decide", document="news/one.txt", target="v1", action=action, **fields)


def test_a_second_reading_does_not_see_the_first(browser: Browser, store: Store) -> None:
    decide(browser, "Ada", "edit", mode="aerial", reason="the medic heard planes")
    again = "second=1&amp;document=news%2Fone.txt&amp;event=v1"
    assert again not in browser.get("/review?second=1")
    browser.post("/who", who="Ben")
    assert again in browser.get("/review?second=1")
    blind = browser.get(f"{ITEM}&second=1")
    assert 'name="mode" value="heavy-weapons"' in blind
    assert "planes" not in blind
    assert "Ada" not in blind
    assert decide(browser, "Ben", "accept", second="1", seen="1") == 303
    assert (store.decisions.all()[1].action, store.decisions.all()[1].after) == ("accept", None)
    page = browser.get("/agreement")
    assert "Krippendorff" in page
    assert "By what means?" in page
    assert again not in browser.get("/review?second=1")


def test_nobody_was_asked_twice(browser: Browser) -> None:
    assert 'href="/review?second=1"' in browser.get("/agreement")


# ------------------------------------------------------------------------------------------------ the truce


def test_a_truce_is_checked_and_used(browser: Browser) -> None:
    text = truces.text_of("syria-coh-2016")
    wrong = browser.client.post(
        "/truce/check", data={"secret": browser.secret, "text": text + "colour: red\n"}, headers={"origin": BASE})
    assert "colour" in wrong.text
    assert browser.post("/truce", action="use", text=text + "colour: red\n") == 200
    changed = text.replace("effective: 2016-02-27", "effective: 2016-06-27", 1)
    assert changed != text
    assert browser.post("/truce", action="use", text=changed.replace("\n", "\r\n")) == 303
    assert "Not covered" in browser.get("/")
    assert browser.post("/truce", action="save", text=text) == 400, "a truce of the register is no file to be saved"


@pytest.mark.parametrize("shape", ["/etc/passwd", "../secret.geojson", "secret.geojson"])
def test_a_truce_that_is_written_here_reads_no_files(browser: Browser, shape: str) -> None:
    text = re.sub(r"^area:.*$", f"area: {{geojson: {shape}}}", truces.text_of("syria-coh-2016"), flags=re.M)
    answer = browser.client.post(
        "/truce/check", data={"secret": browser.secret, "text": text}, headers={"origin": BASE})
    assert "does not lie beside the truce file" in answer.text


def test_a_truce_file_is_saved_unless_it_changed_meanwhile(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    text = truces.text_of("syria-coh-2016")
    file.write_text(text, "utf-8")
    with TestClient(create_app(store, truces.load(file), truce_file=file), base_url=BASE) as client:
        browser = Browser(client)
        seen = re.findall(r'name="seen" value="(\w+)"', browser.get("/truce"))[0]
        assert browser.post("/truce", action="save", seen=seen, text=text.replace("title: ", "title: Our ", 1)) == 303
        assert "title: Our " in file.read_text("utf-8")
        assert browser.post("/truce", action="save", seen=seen, text=text) == 409
        assert "title: Our " in file.read_text("utf-8")
        assert [p.name for p in tmp_path.iterdir() if p.suffix not in (".db",)] == ["own.yaml"]


# ------------------------------------------------------------------------------------------------ paths


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    for name in ("open/in", "shut"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("open/a.txt", "open/in/b.txt", "open/.hidden.txt", "shut/c.txt"):
        (tmp_path / name).write_text(f"Guns fell silent near {name} on Monday.")
    (tmp_path / "open/link.txt").symlink_to(tmp_path / "shut/c.txt")
    (tmp_path / "open/way").symlink_to(tmp_path / "shut")
    return tmp_path


@pytest.mark.parametrize(("given", "found"), [
    ("open", ["a.txt", "b.txt"]), ("open/a.txt", ["a.txt"]), ("open/../open/a.txt", ["a.txt"]), ("shut", []),
    ("open/../shut/c.txt", []), ("open/link.txt", []), ("open/way/c.txt", []), ("open/none.txt", []), ("", []),
    ("open/a.txt\0", []),
])
def test_only_what_lies_below_an_allowed_folder_is_read(folders: Path, given: str, found: list[str]) -> None:
    assert [p.name for p in files_below(f"{folders}/{given}", [(folders / "open").resolve()])] == found


def test_a_relative_path_and_no_folder_at_all(folders: Path) -> None:
    assert not list(files_below("open/a.txt", [folders.resolve()]))
    assert not list(files_below(f"{folders}/open/a.txt", []))


def test_paths_are_added_and_the_others_told(store: Store, folders: Path) -> None:
    app = create_app(store, truces.get("syria-coh-2016"), allowed=[folders / "open"])
    with TestClient(app, base_url=BASE) as client:
        browser = Browser(client)
        assert str(folders / "open") in browser.get("/add")
        lines = f"{folders}/open/in\r\n{folders}/shut/c.txt"
        data = {"secret": browser.secret, "paths": lines}
        path = client.post("/add", data=data, headers={"origin": BASE}).url.path
        for _ in range(600):
            if "Done" in (page := browser.get(path)):
                break
            time.sleep(0.1)
        assert 'href="/document/b.txt"' in page
        assert "none of the folders" in page
        assert "c.txt" not in [row.id for row in store.documents()]


# ------------------------------------------------------------------------------------------------ texts


def test_a_translation_takes_the_place_of_what_it_names(tmp_path: Path) -> None:
    file = tmp_path / "fr.yaml"
    file.write_text("app: {review: Relire}\noverview: {count: '{n} sur {of}'}\nmonth: {m04: avril}\n", "utf-8")
    texts.translate(file)
    try:
        assert texts.say("app.review") == "Relire"
        assert texts.say("overview.count", n=1, of=2) == "1 sur 2"
        assert texts.day("2016-04-12") == "12 avril 2016"
        assert texts.say("app.add") == "Add pages"
    finally:
        texts._translated.clear()


@pytest.mark.parametrize("wrong", [
    "app: {nothing: x}", "overview: {count: '{n}'}", "overview: {count: '{'}", "- a list", "app: words", "a: [",
])
def test_what_is_wrong_with_a_translation_is_said(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "fr.yaml"
    file.write_text(wrong, "utf-8")
    with pytest.raises(UsageError, match="bad_texts"):
        texts.translate(file)
    assert texts.say("app.review") == "Review"
