from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_running import PAGE, Run

TRUCE = "syria-coh-2016"


@pytest.fixture
def kept(run: Run, quick: Path) -> list[str]:
    """Two pages in the store, and the ids of their incidents."""
    (quick / "a.txt").write_text(PAGE)
    (quick / "b.txt").write_text(f"{PAGE}\nMore of it followed.\n")
    run("add", "a.txt", "b.txt")
    return incidents(run)


def incidents(run: Run) -> list[str]:
    lines = run("assess", "--truce", TRUCE, "--json")[1].splitlines()
    return [json.loads(line)["incident"] for line in lines]


def test_a_merge_and_what_takes_it_back(run: Run, kept: list[str]) -> None:
    apart = incidents(run)
    status, _, err = run("review", "merge", "--truce", TRUCE, *apart, "--who", "Ada", "--reason", "one raid")
    assert (status, err) == (0, f"decision 1: merge of {', '.join(apart)}\n")
    assert len(set(incidents(run))) == 1
    listed = run("review", "list")[1]
    assert "Ada" in listed
    assert "one raid" in listed
    assert run("review", "undo", "1")[0] == 0
    assert incidents(run) == apart == kept


def test_a_split_of_what_was_merged(run: Run, kept: list[str]) -> None:
    run("review", "merge", "--truce", TRUCE, *kept)
    one = incidents(run)[0]
    status, _, err = run("review", "split", "--truce", TRUCE, one, "b.txt:v1")
    assert (status, err) == (0, f"decision 2: split of {one}\n")
    assert len(set(incidents(run))) == 2


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["merge", "i0"], "no_such_incident"),
        (["merge", "FIRST"], "one_incident"),
        (["split", "FIRST", "z.txt:v1"], "no_such_report"),
        (["split", "FIRST", "a.txt:v1"], "nothing_left"),
    ],
)
def test_what_cannot_be_decided(run: Run, kept: list[str], argv: list[str], code: str) -> None:
    first = incidents(run)[0]
    action, *rest = argv
    status, _, err = run("review", action, "--truce", TRUCE, *[first if a == "FIRST" else a for a in rest])
    assert status == 2
    assert code in err
    assert run("review", "list")[1].count("\n") == 1
    assert kept
