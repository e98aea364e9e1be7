"""The truce's own text on the desk: checked while it is written, tried on the pages, kept in its file."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from trucewatch import truces
from trucewatch.errors import UsageError
from trucewatch.model import Truce
from trucewatch.truces import Problem
from trucewatch.workbench.desk import Desk


class Editor:
    """The text of the desk's truce; with a `file`, it can be saved there, and nowhere else."""

    def __init__(self, desk: Desk, file: Path | None = None) -> None:
        self._desk = desk
        self.file = file
        known = desk.truce.id in truces.registered()
        self.text = _read(file) if file else truces.text_of(desk.truce.id) if known else ""
        self.kept = _mark(self.text)  # of the text that the file is known to hold

    def problems(self, text: str) -> tuple[Problem, ...]:
        """What is wrong with a text; it may name files of the truce file's folder alone."""
        return truces.check(_lines(text), self._folder)

    def use(self, text: str) -> Truce:
        """Judge the pages under this text from now on; UsageError `truce_invalid` where it has faults."""
        problems = self.problems(text)
        if problems:
            raise UsageError("truce_invalid", str(problems[0]), mend="mend what the check names")
        truce = truces.load(_lines(text), self._folder)
        self._desk.judge_under(truce)
        self.text = _lines(text)
        return truce

    def save(self, text: str, seen: str) -> None:
        """Use a text and keep it in the file; UsageError `truce_changed` where the file is no longer the one that
        the person had before their eyes."""
        if self.file is None:
            raise UsageError("no_truce_file", "this truce is no file", mend="download it and serve that file")
        if _mark(_read(self.file)) != seen:
            raise UsageError("truce_changed", "the file was changed meanwhile", mend="load the page again")
        self.use(text)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=self.file.parent, delete=False) as beside:
            beside.write(self.text)
        os.replace(beside.name, self.file)
        self.kept = _mark(self.text)

    @property
    def _folder(self) -> Path | None:
        return self.file.parent if self.file else None


def _lines(text: str) -> str:
    """The text as files hold it: a form sends its line ends as CR LF."""
    return text.replace("\r\n", "\n").rstrip() + "\n"


def _read(file: Path) -> str:
    return file.read_text("utf-8-sig")


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
