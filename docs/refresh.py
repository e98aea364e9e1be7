"""Run the commands that the README shows and put their real output beneath them: `python docs/refresh.py`.

A block is fenced as `console`; its lines that begin with `$ ` are run in turn by a shell, all in one fresh folder
that has the `examples/`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
_BLOCK = re.compile(r"```console\n(.*?)```", re.S)


def refreshed(text: str, folder: Path) -> str:
    """The text with the output of every command in its console blocks made anew."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    surroundings = {**os.environ, "PATH": path, "NO_COLOR": "1"}

    def shown(block: re.Match[str]) -> str:
        lines = []
        for command in re.findall(r"^\$ (.*)$", block[1], re.M):
            done = subprocess.run(
                command, shell=True, cwd=folder, env=surroundings, text=True, check=False,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )
            lines += [f"$ {command}", *(line.rstrip() for line in done.stdout.splitlines())]
        return "```console\n" + "\n".join(lines) + "\n```"

    return _BLOCK.sub(shown, text)


if __name__ == "__main__":
    readme = ROOT / "README.md"
    with tempfile.TemporaryDirectory() as name:
        (Path(name) / "examples").symlink_to(ROOT / "examples")
        readme.write_text(refreshed(readme.read_text("utf-8"), Path(name)), "utf-8")
