"""A walk through the workbench in a real browser; skipped where there is none, or where nothing drives it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
import yaml
from workbench_pages import long_line, other_shelling

from trucewatch import truces
from trucewatch.store import Store
from trucewatch.workbench import create_app

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]


class Served:
    """The workbench on a free port of this machine, in a thread."""

    def __init__(self, store: Store) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        app = create_app(store, truces.get("syria-coh-2016"), who="Ada")
        self._server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="warning", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.02)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture
def served(store: Store) -> Iterator[Served]:
    running = Served(store)
    yield running
    running.stop()


@pytest.fixture(params=[(1280, 900), (380, 800)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, served: Served, tmp_path: Path) -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        width, height = request.param
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / "profile"), executable_path=CHROMIUM, headless=True, args=FLAGS,
            viewport={"width": width, "height": height}, base_url=f"http://127.0.0.1:{served.port}",
        )
        opened = context.new_page()
        opened.set_default_timeout(60_000)
        faults: list[str] = []
        opened.on("pageerror", lambda error: faults.append(str(error)))
        opened.on("console", lambda m: faults.append(m.text) if m.type == "error" else None)
        opened.on("dialog", lambda d: faults.append(f"dialog: {d.message}"))
        home = "http://127.0.0.1:"
        opened.on("request", lambda r: None if r.url.startswith(home) else faults.append(r.url))
        yield opened
        context.close()
        assert faults == []


def test_from_an_added_page_to_a_gold_file(page: Any, store: Store) -> None:
    page.goto("/add")
    page.fill("textarea", "Troops shelled a bridge in Hama on Monday, killing two men, a doctor said.")
    page.fill("[name=published]", "2016-04-12")
    page.click("text=Read and keep")
    page.wait_for_selector("text=Done: 1")

    page.goto("/")
    if page.locator(".filterbox > summary").is_visible():  # on a phone
        page.click(".filterbox > summary")
    page.select_option("[name=province]", "Homs")
    page.wait_for_url("**province=Homs**")
    page.wait_for_selector("text=1 of 4 incidents")
    page.reload()
    assert page.input_value("[name=province]") == "Homs"

    page.click("tbody a")
    page.click("blockquote a >> nth=0")
    assert page.inner_text(".quoted >> nth=0").startswith("Rebels")
    assert "quoted" in page.url

    page.goto("/review/item?document=news/one.txt&event=v1")
    page.wait_for_selector(".map .leaflet-overlay-pane canvas")
    box = page.locator(".map").bounding_box()
    page.locator(".map").click(position={"x": box["width"] / 2 + 30, "y": box["height"] / 2})
    assert page.input_value("[name=lon]") != "36.72300"
    with page.expect_navigation():
        page.click("text=Save changes")
    assert [d.action for d in store.decisions.all()] == ["edit"]
    assert set(store.decisions.all()[0].after or {}) == {"place"}

    page.goto("/review/item?document=news/one.txt&event=v1")
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.input_value("[name=lon]") == "36.72300"
    assert [d.action for d in store.decisions.all()] == ["edit", "undo"]

    page.goto("/document/news/one.txt")
    page.click("text=Accept this page as it stands")
    with page.expect_download() as download:
        page.click("text=Export as gold")
    gold = yaml.safe_load(Path(download.value.path()).read_text("utf-8"))
    assert [e["trigger"] for e in gold["events"]] == ["shelled", "fired"]


def test_hostile_pages_lie_still_and_nothing_is_wider_than_the_screen(page: Any) -> None:
    hostile = "/document/%3Ci%3E..%2F..%2Fetc%3C%2Fi%3E"
    for path in ("/", "/review", "/documents", "/add", hostile, "/document/news/one.txt"):
        page.goto(path)
        page.wait_for_timeout(200)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.locator("img, main script").count() == 0


def test_a_key_accepts_and_goes_on(page: Any, store: Store) -> None:
    page.goto("/review")
    page.click("text=Begin with the first")
    page.wait_for_url("**/review/item?**")
    page.keyboard.press("a")
    page.wait_for_selector("text=2 left")
    assert [d.action for d in store.decisions.all()] == ["accept"]


def test_what_was_just_decided_is_said_and_a_key_takes_it_back(page: Any, store: Store) -> None:
    page.goto("/review/item?document=news/one.txt&event=v1")
    page.keyboard.press("a")
    page.wait_for_selector("text=Kept, accepted: news/one.txt v1")
    page.keyboard.press("u")
    page.wait_for_url("**/review/item?document=news**event=v1")
    assert [d.action for d in store.decisions.all()] == ["accept", "undo"]


def test_the_map_names_the_place_of_an_incident_in_the_pages_words(page: Any) -> None:
    page.goto("/?province=Homs")
    page.click("tbody a >> nth=0")
    assert page.inner_text(".map .leaflet-tooltip:not(.province)") == "Homs"


def test_two_incidents_are_merged_split_and_parted_again(page: Any, store: Store) -> None:
    store.add(other_shelling())
    page.goto("/?province=Homs")
    page.wait_for_selector("text=2 of 4 incidents")
    page.click("tbody a >> nth=0")
    page.wait_for_url("**/incident/**")
    assert page.locator(".cards article").count() == 1
    page.keyboard.press("m")
    page.check(".merge [name=incident]:not([type=hidden]) >> nth=0")
    page.click("text=Merge with what is ticked")
    page.wait_for_selector("text=Ada: merged")
    assert page.locator(".cards article").count() == 2

    page.check(".cards [name=report] >> nth=0")
    page.keyboard.press("s")
    page.wait_for_selector("text=Ada: split")
    assert page.locator(".cards article").count() == 1

    for left in (2, 1):
        page.locator("main [data-key=u]").last.click()
        page.wait_for_function(f"document.querySelectorAll('.cards article').length === {left}")
    assert [d.action for d in store.decisions.all()] == ["merge", "split", "undo", "undo"]


def test_after_a_restart_the_work_goes_on_where_it_stood(page: Any, store: Store) -> None:
    page.goto("/review/item?document=news/one.txt&event=v1")
    page.keyboard.press("r")
    page.wait_for_selector("text=2 left")
    later = Served(store)
    try:
        page.goto(f"http://127.0.0.1:{later.port}/review")
        assert "2 left" in page.inner_text("main")
        assert "Ada: rejected" in page.inner_text("main")
    finally:
        later.stop()


def test_a_line_of_five_megabytes_is_shown_in_parts_and_a_quote_found_in_it(page: Any, store: Store) -> None:
    reading = long_line()
    store.add(reading)
    at = reading.events[0].trigger
    page.goto(f"/document/{reading.document.id}?start={at.start}&end={at.end}#quoted", timeout=300_000)
    assert page.inner_text(".quoted") == "shelled"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert len(page.content()) < 1_000_000
    page.click("[rel=next] >> nth=0")
    page.wait_for_url("**part=*")
    page.goto("/review?page=1")
    assert len(page.content()) < 1_000_000


def test_a_truce_is_checked_while_it_is_written(page: Any) -> None:
    page.goto("/truce")
    assert "No problem is found" in page.inner_text("#problems")
    text = page.input_value("#truce-text")
    page.fill("#truce-text", text.replace("kind: prohibits", "kind: forbids", 1))
    page.wait_for_selector("text=To be mended: 1")
    page.click("[data-line]")
    marked = page.eval_on_selector("#truce-text", "t => t.value.slice(t.selectionStart, t.selectionEnd)")
    assert "kind: forbids" in marked
    page.fill("#truce-text", text.replace("title: ", "title: Our ", 1))
    page.wait_for_selector("text=No problem is found")
    page.click("text=Judge under it")
    page.wait_for_selector("text=The pages are judged under this text now")
    page.goto("/")
    assert page.inner_text("h1").startswith("Our ")


SEVERE = ("serious", "critical")
ADDRESSES = (
    "/", "/review", "/review?second=1", "/review/item?document=news/one.txt&event=v1", "/document/news/one.txt",
    "/documents", "/add", "/agreement", "/truce",
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_checker_finds_nothing_serious(page: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto("/review/item?document=news/one.txt&event=v1")
    page.keyboard.press("a")
    page.wait_for_url(lambda url: "event=v1&" not in url and not url.endswith("event=v1"))
    page.goto("/")
    incident = page.get_attribute("tbody a >> nth=0", "href")
    found = {}
    for path in (*ADDRESSES, incident):
        page.goto(path)
        page.wait_for_timeout(100)
        result = axe.Axe().run(page, options={"resultTypes": ["violations"]})
        severe = [v for v in result.response["violations"] if v["impact"] in SEVERE]
        found |= {f"{path} {v['id']}": [n["target"] for n in v["nodes"]][:3] for v in severe}
    assert found == {}
