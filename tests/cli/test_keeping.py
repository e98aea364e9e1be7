from __future__ import annotations

import json
from pathlib import Path

from cli_running import PAGE, Run


def test_what_is_kept_is_skipped(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    assert "1 added, 0 skipped" in run("add", "a.txt")[2]
    assert "0 added, 1 skipped" in run("add", "a.txt")[2]


def test_the_same_page_twice_is_kept_once_under_both_ids(run: Run, quick: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (quick / name).write_text(PAGE)
    status, _, err = run("add", "a.txt", "b.txt")
    assert status == 0
    assert "1 added, 1 skipped (kept already); trucewatch.db holds 1" in err
    [row] = [json.loads(line) for line in run("list", "--json")[1].splitlines()]
    assert (row["id"], row["also"]) == ("a.txt", ["b.txt"])
    assert run("show", "b.txt")[0] == 0


def test_a_page_that_fails_is_said_and_not_kept(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text("unreadable")
    status, _, err = run("add", "--verbose", "a.txt")
    assert status == 1
    assert "a.txt: no reading [reader_failed]" in err
    assert "0 added, 0 skipped (kept already), 1 failed; trucewatch.db holds 0" in err


def test_reading_again_on_request_only(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    run("add", "a.txt")
    assert "1 skipped" in run("add", "--again", "a.txt")[2]


def test_list_is_a_table(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    run("add", "a.txt")
    heads, row = run("list")[1].splitlines()
    assert heads.split() == ["id", "published", "publisher", "title", "statements", "events"]
    assert row.split()[0] == "a.txt"


def test_show_marks_with_brackets_where_there_is_no_colour(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    run("add", "a.txt")
    out = run("show", "a.txt")[1]
    assert "[s1 asserts| Guns [v1 ASSAULT/heavy-weapons| shelled] the market on Monday]" in out
    assert "[s1 source| a medic] [s1 cue| said]" in out
    assert "\x1b" not in out


def test_nothing_of_a_page_drives_the_terminal(run: Run, quick: Path) -> None:
    record = {"id": "a", "text": "Guns \x1b[31mfell\u202e silent. " + PAGE}
    (quick / "a.jsonl").write_text(json.dumps(record) + "\n")
    run("add", "a.jsonl")
    for command in (("show", "a"), ("explain", "a"), ("list",)):
        out = run(*command)[1]
        assert "\x1b" not in out
        assert "\u202e" not in out


def test_explain_tells_the_characters_and_who_said_it(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    run("add", "a.txt")
    out = run("explain", "a.txt:v1")[1]
    assert "v1 ASSAULT/heavy-weapons, affirmed, occurred: “shelled” [12:19]" in out
    assert "stated by: s1" in out
    assert "source: “a medic”" in run("explain", "a.txt:s1")[1]
    assert "sha256" in run("explain", "a.txt")[1]


def test_explaining_what_is_not_there(run: Run, quick: Path) -> None:
    (quick / "a.txt").write_text(PAGE)
    run("add", "a.txt")
    status, _, err = run("explain", "a.txt:v9")
    assert (status, "[no_such_part]" in err) == (2, True)
    status, _, err = run("explain", "zzz")
    assert (status, "[no_document]" in err) == (1, True)


def test_commands_that_need_a_store_say_how_to_make_one(run: Run, quick: Path) -> None:
    for command in (("list",), ("show", "a"), ("explain", "a"), ("assess", "--truce", "syria-coh-2016")):
        status, _, err = run(*command)
        assert status == 1
        assert "trucewatch add" in err
        assert "[no_store]" in err
    assert list(quick.iterdir()) == []
