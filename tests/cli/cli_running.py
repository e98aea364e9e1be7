"""What the tests of the command line share."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

PAGE = "HOMS - Guns shelled the market on Monday, a medic said.\n"

Run = Callable[..., tuple[int, str, str]]


def spawn(
    argv: Sequence[str | Path], folder: Path, limit: Callable[[], None] | None = None, **more: Any
) -> subprocess.Popen[bytes]:
    """The real command in a process of its own, which Ctrl-C interrupts as in a terminal."""

    def prepare() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if limit:
            limit()

    command = [sys.executable, "-c", "import sys; from trucewatch.cli import main; sys.exit(main())", *map(str, argv)]
    return subprocess.Popen(
        command, cwd=folder, env={**os.environ, "NO_COLOR": "1"}, preexec_fn=prepare, **more
    )
