from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from cli_running import PAGE, Run


def lines(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines()]


def test_one_line_a_document_in_order(run: Run, quick: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (quick / name).write_text(PAGE + name)
    status, out, err = run("read", "b.txt", "a.txt")
    assert status == 0
    assert [line["document"]["id"] for line in lines(out)] == ["b.txt", "a.txt"]  # type: ignore[index]
    assert err == ""


BAD = {
    "empty.txt": b"",
    "binary.txt": bytes(range(256)) * 20,
    "broken.txt": b"The truce h\xffeld in \xc3\x28 Homs, \xe9t\xe9 said.",
    "nested.html": b"<div>" * 20_000 + b"The truce held." + b"</div>" * 20_000,
    "array.jsonl": b"[1, 2]\n",
    "no_text.jsonl": b'{"id": "x"}\n',
    "no_json.jsonl": b"{truce\n",
    "date.jsonl": b'{"id": "d", "text": "The truce held.", "published": "2016-02-31"}\n',
    "nul.txt": "The truce\x00 held, \u202ethe army\u202c said.".encode(),
    "arabic.txt": "صمدت الهدنة في حمص يوم الاثنين وقال الجيش إن القتال توقف في المدينة كلها منذ الصباح.".encode(),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_line_of_its_own_and_stops_nothing(run: Run, quick: Path, name: str) -> None:
    (quick / name).write_bytes(BAD[name])
    (quick / "good.txt").write_text(PAGE)
    status, out, err = run("read", name, "good.txt")
    first, last = lines(out)
    assert last["document"]["id"] == "good.txt"  # type: ignore[index]
    assert first.get("error") or first["notices"] or "truce" in first["document"]["text"]  # type: ignore[index]
    assert status == (1 if "error" in first else 0)
    assert ("error: " in err) == ("error" in first)


@pytest.mark.parametrize("name", BAD)
def test_add_keeps_the_good_page_beside_a_bad_one(run: Run, quick: Path, name: str) -> None:
    (quick / name).write_bytes(BAD[name])
    (quick / "good.txt").write_text(PAGE)
    status, _, err = run("add", name, "good.txt")
    assert status in (0, 1)
    assert ("failed" in err) == (status == 1)
    assert run("show", "good.txt")[0] == 0


def test_a_missing_file_is_said_and_the_rest_is_read(run: Run, quick: Path) -> None:
    (quick / "good.txt").write_text(PAGE)
    status, out, err = run("read", "none.txt", "good.txt")
    assert status == 1
    assert len(lines(out)) == 2
    assert "none.txt" in err
    assert err.count("[missing_file]") == 1


def test_json_lines_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    given = io.TextIOWrapper(io.BytesIO(json.dumps({"id": "one", "text": PAGE}).encode() + b"\n"))
    monkeypatch.setattr(sys, "stdin", given)
    status, out, _ = run("read", "-")
    assert status == 0
    assert lines(out)[0]["document"]["id"] == "one"  # type: ignore[index]


def test_no_input_is_a_usage_error(run: Run) -> None:
    assert run("read")[0] == 2
