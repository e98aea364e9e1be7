"""Reading pages that a person dropped or pasted, one job after another, with what became of each page."""

from __future__ import annotations

import itertools
import os
import queue
import tempfile
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trucewatch.errors import TrucewatchError
from trucewatch.model import Sourced
from trucewatch.store import Store
from trucewatch.workbench.texts import say

MOST_FILES = 500
MOST_ON_DISK = 100_000
_JOBS_KEPT = 20


@dataclass
class Outcome:
    """What became of one page; `document` is its id in the store, empty where it failed."""

    name: str
    how: str
    document: str = ""
    note: str = ""


@dataclass
class Job:
    number: int
    files: list[tuple[str, bytes]]
    pasted: Sourced | None = None
    paths: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    done: bool = False


class Adder:
    """One thread that works through the jobs in order; it ends with the program."""

    def __init__(self, store: Store, allowed: Sequence[Path] = ()) -> None:
        self._store = store
        self.allowed = tuple(folder.resolve() for folder in allowed)
        self._numbers = itertools.count(1)
        self._jobs: dict[int, Job] = {}
        self._waiting: queue.Queue[Job] = queue.Queue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(
        self, files: list[tuple[str, bytes]], pasted: Sourced | None = None, paths: Sequence[str] = ()
    ) -> Job:
        """Begin a job; files are (name, bytes), paths those of files and folders on this machine."""
        with self._lock:
            job = Job(next(self._numbers), files, pasted, list(paths))
            self._jobs[job.number] = job
            for old in [n for n, j in self._jobs.items() if j.done][:-_JOBS_KEPT]:
                del self._jobs[old]
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="adding", daemon=True)
                self._thread.start()
        self._waiting.put(job)
        return job

    def job(self, number: int) -> Job | None:
        return self._jobs.get(number)

    def _work(self) -> None:
        while True:
            job = self._waiting.get()
            try:
                self._run(job)
            except TrucewatchError as error:
                job.outcomes.append(Outcome("", "failed", note=str(error)))
            except Exception as error:  # one job must not end the thread that all later ones need
                job.outcomes.append(Outcome("", "failed", note=f"{type(error).__name__}: {error}"[:500]))
            finally:
                job.files.clear()
                job.done = True

    def _run(self, job: Job) -> None:
        from trucewatch.reading import read_many

        with tempfile.TemporaryDirectory(prefix="trucewatch-") as folder:
            for reading in read_many(self._fresh(self._sourced(job, Path(folder)), job)):
                name = reading.document.id
                if reading.error:
                    job.outcomes.append(Outcome(name, "failed", note=f"{reading.error.message} [{reading.error.code}]"))
                    continue
                kept = self._store.add(reading)
                found = f"{len(reading.statements)} statements, {len(reading.events)} events"
                job.outcomes.append(Outcome(name, "added", kept.id, found))

    def _fresh(self, sourced: Iterable[Sourced], job: Job) -> Iterator[Sourced]:
        for each in sourced:
            if each.error is None and self._store.has(each.document.sha256):
                kept = self._store.keep_alias(each.document)
                job.outcomes.append(Outcome(each.document.id, "skipped", kept.id))
            else:
                yield each

    def _sourced(self, job: Job, folder: Path) -> Iterator[Sourced]:
        from trucewatch.sources import load

        if job.pasted is not None:
            yield job.pasted
        for number, (name, content) in enumerate(job.files):
            # A folder each, so that equal names do not meet; the last part of the name only, so that none leads away.
            place = folder / str(number) / file_name(name)
            place.parent.mkdir()
            place.write_bytes(content)
            yield from load([place])
        for given in job.paths:
            yield from self._on_disk(given, job)

    def _on_disk(self, given: str, job: Job) -> Iterator[Sourced]:
        """The documents of a path; what lies outside the allowed folders is told, and not looked at."""
        from trucewatch.sources import load

        found = list(itertools.islice(files_below(given, self.allowed), MOST_ON_DISK + 1))
        if not found:
            job.outcomes.append(Outcome(given, "failed", note=say("error.no_path")))
        if len(found) > MOST_ON_DISK:
            job.outcomes.append(Outcome(given, "failed", note=say("error.many_files", n=MOST_ON_DISK)))
        for file in found[:MOST_ON_DISK]:
            yield from load([file])


def files_below(given: str, allowed: Iterable[Path]) -> Iterator[Path]:
    """The file, or the files of the folder, that a path leads to, as far as they lie below an allowed folder once
    every link is followed; hidden ones are passed over."""
    roots = tuple(allowed)

    def inside(path: Path) -> Path | None:
        try:
            real = path.resolve(strict=True)
        except (OSError, RuntimeError, ValueError):
            return None
        return real if any(real.is_relative_to(root) for root in roots) else None

    top = inside(Path(given))
    if top is None or not Path(given).is_absolute():
        return
    if top.is_file():
        yield top
    for root, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = None if name.startswith(".") else inside(Path(root, name))
            if file is not None and file.is_file():
                yield file


def file_name(given: str) -> str:
    """The last part of a name that a browser sent, short and without what file systems dislike."""
    last = given.replace("\\", "/").rpartition("/")[2].replace("\0", "").strip()
    stem = "".join(c if c.isprintable() else "_" for c in last)
    return stem[-120:].lstrip(".") or "page.txt"
