"""Processes of their own that begin where a fork server stands, with everything imported.

To import everything and to read all templates takes a process three seconds. That commands work
from a cold start is shown where they are told of: in `tests/docs`.
"""

import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

from app.kit.settings import ROOT

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.preloaded"])


class Forked:
    """A process that runs what `python` does with these words; it is spoken to like a Popen."""

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], output: Path) -> None:
        self._process = FORKS.Process(target=_run, args=(words, dict(environment), output))
        self._process.start()
        assert self._process.pid is not None
        self.pid: int = self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float) -> None:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired(str(self.pid), timeout)

    def send_signal(self, sign: signal.Signals) -> None:
        if self._process.exitcode is None:
            with suppress(ProcessLookupError):  # it ended, and nobody was told yet
                os.kill(self.pid, sign)


def _run(words: Sequence[str], environment: Mapping[str, str], output: Path) -> None:
    os.setsid()
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    with output.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    option, what, *arguments = words
    sys.argv = [option, *arguments]
    if option == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(what, {"__name__": "__main__"})
