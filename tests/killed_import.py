"""A spreadsheet imported through the pages of a server that is killed again and again."""

import html
import re
import signal
import time
from pathlib import Path
from typing import Any, NamedTuple

from app.web.shell import csrf
from tests.killed_server import listed
from tests.server_process import Server, admin_session, made_ready, serving

SELECTED = re.compile(r'<select id="([\w-]+)".*?</select>', re.S)
CHOSEN = re.compile(r'<option value="([^"]*)" selected>')
FAR = re.compile(r'<progress [^>]*value="(\d+)"')
COUNT = re.compile(r"<dd>([\d.,\s]+) ")
PATIENCE = 900  # seconds, for as long as it comes on
ADDRESS = "/imports/1"


class Outcome(NamedTuple):
    """How many rows were logged, known and refused, at which rows it was killed, what is there."""

    told: list[int]
    killed_at: list[int]
    found: dict[str, str]


class Importer:
    """Somebody at the pages of an import, who goes on with every guess."""

    def __init__(self, server: Server, session: str) -> None:
        self.server, self.session = server, session

    def send(self, name: str, content: bytes) -> None:
        """Send a file, and go on until its rows are being imported."""
        headers = {"Cookie": f"__Host-session={self.session}", "Sec-Fetch-Site": "same-origin"}
        answer = self.server.client.post(
            f"http://127.0.0.1:{self.server.port}/imports",
            data={"csrf": csrf.token(self.session)},
            files={"file": (name, content)},
            headers=headers,
        )
        assert (answer.status_code, answer.headers.get("location")) == (303, ADDRESS), answer.text
        self.press("sheet", heading="0:1")
        self.press("columns", **chosen(self.until("/columns")))
        self.press("words", **chosen(self.until("/words")))
        self.until("/start")
        self.press("start", go="on")

    def press(self, what: str, **fields: str) -> None:
        answer = self.server.page(f"{ADDRESS}/{what}", self.session, **fields)
        assert answer.status_code == 303, answer.text

    def page(self) -> str:
        answer = self.server.page(ADDRESS, self.session)
        assert answer.status_code == 200, answer.text
        text: str = html.unescape(answer.text)
        return text

    def until(self, action: str, rows: int = 0) -> str:
        """Look on until a form stands there, or so many rows are dealt with."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            text = self.page()
            if f'action="{ADDRESS}{action}"' in text or (rows and at_row(text) >= rows):
                return text
            time.sleep(0.2)
        raise AssertionError(text)


def chosen(text: str) -> dict[str, str]:
    found = {one[1]: CHOSEN.search(one[0]) for one in SELECTED.finditer(text)}
    return {name: code[1] if code else "" for name, code in found.items()}


def at_row(text: str) -> int:
    far = FAR.search(text)
    return int(far[1]) if far else 0


def told(text: str) -> list[int]:
    return [int(re.sub(r"\D", "", count)) for count in COUNT.findall(text)]


def after_kills(folder: Path, address: str, content: bytes, *, at: list[int]) -> Outcome:
    """Import a file while the server is killed as soon as so many rows are dealt with."""
    fixed: dict[str, Any] = {"database_url": address}
    token = made_ready(folder, **fixed)
    session = admin_session(folder, **fixed)
    killed_at = []
    for number, rows in enumerate(at):
        with serving(folder, token, TAKEDOWN_DATABASE_URL=address) as server:
            importer = Importer(server, session)
            if number == 0:
                importer.send("2025.xlsx", content)
            killed_at.append(at_row(importer.until("/nowhere", rows)))
            server.signal(signal.SIGKILL)
    with serving(folder, token, TAKEDOWN_DATABASE_URL=address) as server:
        importer = Importer(server, session)
        until = time.monotonic() + PATIENCE
        while "<progress" in (text := importer.page()):
            assert time.monotonic() < until, text
            time.sleep(0.2)
        return Outcome(told(text), killed_at, listed(server))
