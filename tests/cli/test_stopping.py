"""Ctrl-C, a full disk, a reader that goes away: what is done stays, nothing is half-written."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
from pathlib import Path

import pytest
from cli_running import PAGE, Run, spawn

from trucewatch.cli import output
from trucewatch.errors import TrucewatchError
from trucewatch.store import Store


@pytest.fixture
def many(tmp_path: Path) -> Path:
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps({"id": f"d{n}", "text": f"{PAGE} Number {n}."}) + "\n" for n in range(2000)))
    return path


def test_ctrl_c_keeps_what_is_done_and_the_next_run_goes_on(many: Path, tmp_path: Path) -> None:
    running = spawn(["add", "-v", "many.jsonl"], tmp_path, stderr=subprocess.PIPE)
    assert running.stderr is not None
    assert running.stderr.readline().startswith(b"added")
    running.send_signal(signal.SIGINT)
    said = running.stderr.read().decode()
    running.stderr.close()
    assert running.wait(60) == 130
    assert said.endswith("interrupted: what was done is kept\n")
    with Store.open(tmp_path / "trucewatch.db") as store:
        done = store.count()
    assert 0 < done < 2000
    assert f"trucewatch.db holds {done}" in said
    (tmp_path / "few.jsonl").write_text("".join(many.read_text().splitlines(keepends=True)[: done + 2]))
    again = spawn(["add", "few.jsonl"], tmp_path, stderr=subprocess.PIPE)
    assert f"2 added, {done} skipped" in again.communicate(timeout=60)[1].decode()


def test_ctrl_c_leaves_whole_lines_only(many: Path, tmp_path: Path) -> None:
    with (tmp_path / "said").open("wb") as said:
        running = spawn(["read", many], tmp_path, stdout=subprocess.PIPE, stderr=said)
    assert running.stdout is not None
    with running.stdout as out:
        first = out.readline()
        running.send_signal(signal.SIGINT)
        lines = [first, *out]
    assert running.wait(60) == 130
    assert (tmp_path / "said").read_text().startswith("interrupted")
    assert [json.loads(line)["document"]["id"] for line in lines] == [f"d{n}" for n in range(len(lines))]


def test_a_reader_that_goes_away_is_no_error_to_be_told(many: Path, tmp_path: Path) -> None:
    running = spawn(["read", many], tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.readline()
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    assert running.wait(60) == 141
    assert said == b""


def test_standard_output_on_a_full_disk(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE)
    with open("/dev/full", "wb") as full:
        running = spawn(["read", "a.txt"], tmp_path, stdout=full, stderr=subprocess.PIPE)
        said = running.communicate(timeout=60)[1].decode()
    assert running.returncode == 1
    assert said == "error: standard output: the disk is full (free some space) [disk_full]\n"


def test_a_disk_that_fills_while_adding_keeps_what_it_had(many: Path, tmp_path: Path) -> None:
    lines = many.read_text().splitlines(keepends=True)
    (tmp_path / "few.jsonl").write_text("".join(lines[:60]))
    with Store.open(tmp_path / "trucewatch.db"):
        size = (tmp_path / "trucewatch.db").stat().st_size

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 40_000, size + 40_000))

    running = spawn(["add", "few.jsonl"], tmp_path, stderr=subprocess.PIPE, limit=limit)
    said = running.communicate(timeout=60)[1].decode()
    assert running.returncode == 1
    assert "[disk_full]" in said or "[store_io]" in said
    assert "Traceback" not in said
    with Store.open(tmp_path / "trucewatch.db") as store:
        kept = [reading.document.id for reading in store.readings()]
    assert kept == [f"d{n}" for n in range(len(kept))]
    assert 0 < len(kept) < 60


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "brief.md"
    output.write_whole(path, "old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(output.os, "fsync", full)
    with pytest.raises(TrucewatchError, match="disk_full"):
        output.write_whole(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["brief.md"]


def test_a_device_is_written_to_and_not_replaced() -> None:
    with pytest.raises(TrucewatchError, match="disk_full"):
        output.write_whole(Path("/dev/full"), "words " * 10_000)
    assert Path("/dev/full").is_char_device()


def test_help_needs_no_parser_of_language(run: Run) -> None:
    assert run("--help")[0] == 0
    assert run()[0] == 2
