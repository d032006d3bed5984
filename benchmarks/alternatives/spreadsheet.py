"""A spreadsheet: pandas on XLSX, in an environment made for as long as it is needed.

Each job opens the file, and saves it where it wrote, as somebody does who comes back to it.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import stock
from benchmarks.alternatives.rows import AS_OF, FIRST, LAST, SOUGHT, Job, Row, notice_of, url_of
from benchmarks.alternatives.way import Way
from benchmarks.serving import spent

NEEDED = ("pandas", "openpyxl")
NEW = "https://www.instagram.com/p/Cnew/"
DAYS = {"first": str(FIRST), "last": str(LAST)}
# What a job is told besides its name.
TOLD: dict[Job, dict[str, object]] = {
    Job.LOG: {"url": NEW, "notice": notice_of(NEW)},
    Job.ANSWER: {"row": 7},
    Job.FIGURES: dict(DAYS),
    Job.FIND: {"url": url_of(stock.PLATFORMS[0], SOUGHT)},
    Job.PAST: DAYS | {"as_of": AS_OF.isoformat()},
}


class Spreadsheet:
    """A workbook, and the process that does a job on it at a word."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def do(self, job: Job) -> Any:  # JSON, as the job answers
        """Do a job; returns what it found."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps({"job": job, **TOLD[job]}), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


@contextmanager
def opened(rows: Sequence[Row]) -> Iterator[Way]:
    """Make an environment with pandas, write the workbook, and wait for jobs."""
    with tempfile.TemporaryDirectory(prefix="takedown-sheet-") as folder:
        place = Path(folder)
        subprocess.run([sys.executable, "-m", "venv", place / "venv"], check=True)
        python = place / "venv" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-q", *NEEDED], check=True)
        told = [row._asdict() | {"notice": notice_of(row.url)} for row in rows]
        (place / "rows.json").write_text(json.dumps(told), "utf-8")
        script = Path(__file__).with_name("workbook.py")
        with subprocess.Popen(
            [python, script, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()  # it is there
            sheet = Spreadsheet(process)
            yield Way(
                "spreadsheet",
                {job: partial(sheet.do, job) for job in Job},
                partial(spent, process.pid),
                partial(sheet.do, Job.FIGURES),
            )
            process.terminate()
