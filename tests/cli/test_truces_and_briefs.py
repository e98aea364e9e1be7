from __future__ import annotations

import json
import re
from importlib import resources
from pathlib import Path

import pytest
from cli_running import PAGE, Run

TRUCE = "syria-coh-2016"


def test_the_register_is_listed_and_shown(run: Run) -> None:
    assert TRUCE in run("truce", "list")[1]
    assert "T2 prohibits" in run("truce", "show", TRUCE)[1]
    assert json.loads(run("truce", "show", TRUCE, "--json")[1])["id"] == TRUCE


def test_an_unknown_truce_is_a_usage_error(run: Run) -> None:
    status, _, err = run("truce", "show", "syria-coh-2061")
    assert status == 2
    assert "[unknown_truce]" in err


def test_a_truce_file_is_checked_line_by_line(run: Run, quick: Path) -> None:
    (quick / "mine.yaml").write_text("schema: trucewatch.truce/1\nid: mine\ntitel: wrong\n")
    status, _, err = run("truce", "check", "mine.yaml")
    assert status == 1
    assert "mine.yaml: line 3" in err


def test_findings_of_readings_need_no_store(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    (quick / "r.jsonl").write_text(run("read", "a.txt")[1])
    for more in ((), ("--joint",)):
        status, out, _ = run("assess", "--truce", TRUCE, "--readings", "r.jsonl", *more)
        assert status == 0
        [finding] = map(json.loads, out.splitlines())
        assert finding["schema"] == "trucewatch.finding/1"
        assert (finding["document"], finding["event"]) == ("a.txt", "v1")
    assert not (quick / "trucewatch.db").exists()


@pytest.mark.parametrize("line", [b"{nonsense\n", b"[]\n", b"\xff\xfe\n", b'{"document": {"id": 1}}\n'])
def test_readings_that_are_none_name_their_line(run: Run, quick: Path, line: bytes) -> None:
    (quick / "r.jsonl").write_bytes(b"\n" + line)
    status, _, err = run("assess", "--truce", TRUCE, "--readings", "r.jsonl")
    assert status == 1
    assert "r.jsonl:2" in err
    assert "[bad_reading]" in err


def test_findings_of_a_store_are_kept_and_explained(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    run("add", "a.txt")
    table = run("assess", "--truce", TRUCE)[1]
    assert "a.txt:v1" in table
    assert f"{TRUCE}: 1 documents, 1 incidents of which 1 touch the truce; findings: 1 " in table
    assert "a.txt:v1" not in run("assess", "--truce", TRUCE, "--summary")[1]
    assert json.loads(run("assess", "--truce", TRUCE, "--json")[1])["event"] == "v1"
    explained = run("explain", "a.txt:v1")[1]
    assert f"under {TRUCE}: " in explained
    assert "1. status? yes" in explained


def own_truce(start: str = "2016-02-27", protected: str = "parties, civilians") -> str:
    """The truce of the register as a file of one's own, started on another day."""
    register = resources.files("trucewatch.truces").joinpath("register", f"{TRUCE}.yaml").read_text("utf-8")
    return register.replace("effective: 2016-02-27", f"effective: {start}").replace("parties, civilians", protected)


def test_a_changed_truce_shows_what_differs(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    run("add", "a.txt")
    (quick / "mine.yaml").write_text(own_truce())
    assert "[diff_from]" in run("assess", "--truce", "mine.yaml", "--diff")[2]
    run("assess", "--truce", "mine.yaml")
    assert run("assess", "--truce", "mine.yaml", "--diff")[1] == "0 of 1 incidents judged again; 0 findings differ\n"
    (quick / "mine.yaml").write_text(own_truce(protected="parties"))
    assert "1 of 1 incidents judged again" in run("assess", "--truce", "mine.yaml", "--diff")[1]
    assert run("assess", "--truce", "mine.yaml", "--diff")[1].startswith("0 of 1 incidents")
    (quick / "old.yaml").write_text(own_truce("2036-02-27"))
    assert "1 of 1 incidents" in run("assess", "--truce", "mine.yaml", "--diff", "old.yaml")[1]


def test_two_truces_compared_on_readings_alone(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    (quick / "r.jsonl").write_text(run("read", "a.txt")[1])
    (quick / "old.yaml").write_text(re.sub("type: ASSAULT", "type: PROTEST", own_truce()))
    status, out, _ = run("assess", "--truce", TRUCE, "--diff", "old.yaml", "--readings", "r.jsonl", "--json")
    assert status == 0
    [differing] = map(json.loads, out.splitlines())
    assert (differing["before"]["term"], differing["after"]["term"]) == (None, "T2")
    assert "[diff_from]" in run("assess", "--truce", TRUCE, "--diff", "--readings", "r.jsonl")[2]


def test_a_brief_is_written_in_each_format(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    run("add", "a.txt")
    status, _, err = run("brief", "--truce", TRUCE, "-o", "b.html", "-o", "b.md")
    assert (status, err) == (0, "wrote b.html\nwrote b.md\n")
    assert "<html" in (quick / "b.html").read_text()
    assert (quick / "b.md").read_text().startswith("#")


@pytest.mark.parametrize(
    ("more", "code"),
    [(["-o", "b.pdf"], "brief_format"), (["-o", "b.md", "--from", "2016-03-02", "--to", "2016-03-01"], "brief_period")],
)
def test_a_brief_that_cannot_be(run: Run, more: list[str], code: str) -> None:
    status, _, err = run("brief", "--truce", TRUCE, *more)
    assert status == 2
    assert code in err


def test_a_day_that_is_none(run: Run) -> None:
    status, _, err = run("brief", "--truce", TRUCE, "-o", "b.md", "--from", "2016-02-31")
    assert status == 2
    assert "no such day" in err


def test_a_brief_into_a_missing_folder_leaves_nothing(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    run("add", "a.txt")
    status, _, err = run("brief", "--truce", TRUCE, "-o", "no/b.md")
    assert status == 1
    assert "[cannot_write]" in err
