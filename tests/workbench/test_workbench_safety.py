from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from workbench_asking import Browser

from trucewatch import truces
from trucewatch.store import Store
from trucewatch.workbench import create_app, guard
from trucewatch.workbench.adding import file_name
from trucewatch.workbench.texts import catalogue

ORIGIN = {"origin": "http://127.0.0.1:8000"}
TOKEN = "a-long-enough-token"
ROOM = Path(guard.__file__).parent


def test_page_text_is_never_markup(browser: Browser) -> None:
    document = "/document/%3Ci%3E../../etc%3C/i%3E"
    item = "/review/item?document=%3Ci%3E../../etc%3C/i%3E&event=v1"
    pages = [browser.get(p) for p in ("/", "/review", "/documents", item)]
    pages += [browser.get(p) for p in re.findall(r'href="(/incident/[^"]+)"', pages[0])]
    pages.append(browser.client.get(document.replace("../", "%2E%2E/")).text)
    for page in pages:
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>x</b>" not in page
        assert "<i>" not in page
        assert 'href="javascript' not in page
        assert "49 the mill" not in page
    assert any("&lt;script&gt;" in page for page in pages)


@pytest.mark.parametrize("path", ["/", "/review", "/documents", "/add", "/nowhere", "/static/workbench.js"])
def test_every_answer_forbids_scripts_of_others(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "script-src 'self';" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_no_template_has_scripts_or_styles_in_line() -> None:
    for path in (ROOM / "templates").glob("*.html"):
        text = path.read_text("utf-8")
        alien = r"<style|\sstyle=|\son\w+=|<script(?! src=\"/static/)|\|\s*safe|https?://"
        assert not re.search(alien, text), path.name


@pytest.mark.parametrize("origin", [{}, {"origin": "null"}, {"origin": "http://evil.example"},
                                    {"origin": "http://127.0.0.1:9"}, {"origin": "file://127.0.0.1:8000"}])
@pytest.mark.parametrize("path", ["/decide", "/undo", "/add", "/who", "/login"])
def test_writes_from_elsewhere_are_refused(browser: Browser, store: Store, path: str, origin: dict[str, str]) -> None:
    answer = browser.client.post(path, data={"secret": browser.secret, "number": "1"}, headers=origin)
    assert answer.status_code == 403
    assert not store.decisions.count()


@pytest.mark.parametrize("path", ["/decide", "/undo", "/add", "/who", "/login"])
@pytest.mark.parametrize("secret", ["", "guess", "ключ"])
def test_writes_without_the_secret_are_refused(client: TestClient, path: str, secret: str) -> None:
    assert client.post(path, data={"secret": secret, "number": "1"}, headers=ORIGIN).status_code == 403


def test_a_foreign_name_for_our_address_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example:8000"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8000"}).status_code == 200


def test_with_a_token_nothing_is_shown_without_it(store: Store) -> None:
    app = create_app(store, truces.get("syria-coh-2016"), token=TOKEN)
    with TestClient(app, base_url="http://192.0.2.1:8000") as client:
        for path in ("/", "/documents", "/decisions.jsonl", "/document/news/one.txt", "/add/1"):
            assert client.get(path).status_code == 401, path
        assert client.get("/", headers={"accept": "text/html"}, follow_redirects=False).headers["location"] == "/login"
        secret = re.findall(r'name="secret" value="([^"]+)"', client.get("/login").text)[0]
        origin = {"origin": "http://192.0.2.1:8000"}
        wrong = client.post("/login", data={"token": "guess", "secret": secret}, headers=origin)
        assert wrong.status_code == 403
        assert client.get("/", headers={"cookie": f"{guard.SESSION}=guess"}).status_code == 401
        right = client.post("/login", data={"token": TOKEN, "secret": secret}, headers=origin)
        assert right.status_code == 200
        assert client.get("/").status_code == 200
        client.cookies.clear()
        assert client.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_too_much_at_once_is_refused(client: TestClient, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LARGEST_BODY", 1000)
    answer = client.post("/add", data={"secret": browser.secret, "text": "a" * 2000}, headers=ORIGIN)
    assert answer.status_code == 413
    pieces = (b"secret=x&text=" + b"a" * 600 for _ in range(5))
    headers = {**ORIGIN, "content-type": "application/x-www-form-urlencoded"}
    assert client.post("/add", content=pieces, headers=headers).status_code == 413


@pytest.mark.parametrize("path", [
    "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/document/../../etc/passwd",
    "/document/%2e%2e/%2e%2e/etc/passwd", "/gold/..%2f..%2fetc%2fpasswd",
])
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(("given", "kept"), [
    ("../../etc/passwd", "passwd"), ("C:\\x\\page.html", "page.html"), (".hidden", "hidden"), ("..", "page.txt"),
    ("", "page.txt"), ("a\0b\n.txt", "ab_.txt"), ("x" * 300 + ".txt", "x" * 116 + ".txt"),
])
def test_file_names_keep_their_last_part(given: str, kept: str) -> None:
    assert file_name(given) == kept


@pytest.mark.parametrize("next_", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)"])
def test_no_answer_leads_elsewhere(browser: Browser, next_: str) -> None:
    data = {"secret": browser.secret, "document": "news/one.txt", "target": "v1", "action": "accept", "next": next_}
    answer = browser.client.post("/decide", data=data, headers=ORIGIN, follow_redirects=False)
    assert answer.headers["location"] == "/review?done=1"


def test_every_text_is_in_the_catalogue_and_used() -> None:
    sources = "".join(p.read_text("utf-8") for p in (*ROOM.glob("templates/*.html"), *ROOM.glob("*.py")))
    used = set(re.findall(r"""(?:\bt|\bsay)\(["']([a-z_]+\.[a-z_]+)["']""", sources))
    used |= set(re.findall(r'"(app\.[a-z]+)"', sources))
    told = re.findall(r"""\bt\("([a-z]+)\." ~|\bcalled(?:_all)?\(["']([a-z]+)["']|f"([a-z]+)\.m?\{""", sources)
    groups = tuple(f"{name}." for names in told for name in names if name)
    assert used <= set(catalogue())
    assert {k for k in catalogue() if not k.startswith(groups)} <= used
