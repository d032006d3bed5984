"""The command line as a person types it, run within this process."""

import io
import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import NamedTuple

import pytest

from app import cli


class CommandResult(NamedTuple):
    """How a command ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


class Terminal(io.TextIOWrapper):
    """An output that somebody watches."""

    def isatty(self) -> bool:
        return True


def takedown(
    *words: str, text: str = "", is_watched: bool = False, **environment: str
) -> CommandResult:
    """Run `takedown …` in a bare environment, within this process."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    err = (Terminal if is_watched else io.TextIOWrapper)(io.BytesIO(), "utf-8", newline="")
    given = io.TextIOWrapper(io.BytesIO(text.encode()))
    code = 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in [name for name in os.environ if name.startswith("TAKEDOWN_")]:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.setattr(sys, "argv", ["takedown", *words])
        patch.setattr(sys, "stdin", given)
        try:
            cli.run()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return CommandResult(code, *(_printed(stream) for stream in (out, err)))


def _printed(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
