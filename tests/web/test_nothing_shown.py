"""No page shows what is toxic before somebody asks for it, wherever its links lead."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx2
import pytest
from sqlalchemy import select

from app import main
from app.accounts import people, sessions
from app.accounts.models import users
from app.accounts.permissions import ROLES
from app.kit import settings as settings_of
from app.web.shell import csrf
from tests.server_process import VERBOSE, Server, made_ready, serving
from tests.system.test_nothing_readable import (
    Canaries,
    ask_and_search,
    everything,
    hits,
    log_and_edit,
    tell_and_send,
)  # fmt: skip
from tests.web.crawler import crawl
from tests.web.reports.manager import hidden

# A ticket is at home on the takedown's page, on those of the platform that gave it, and in a
# spreadsheet for who may read content; that it was taken away stands in the audit log.
HOMES = re.compile(r"/takedowns/TD-\w+|/platforms/\w+|/[\w/-]+\.csv\b")

# Everybody here may read content, so pages tell which site a notice goes to; no address does.
SITES = {"other host", "recipient host", "recipient path"}


class Looker:
    """Somebody who is signed in, at a server far away."""

    def __init__(self, server: Server, token: str) -> None:
        self.client = httpx2.Client(
            base_url=f"http://127.0.0.1:{server.port}",
            headers={"Cookie": f"__Host-session={token}", "Sec-Fetch-Site": "same-origin"},
            timeout=30,
        )
        self.csrf = csrf.token(token)

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def post(self, path: str, **fields: str) -> Any:
        headers = {"HX-Request": "true"}
        return self.client.post(path, data={"csrf": self.csrf, **fields}, headers=headers)

    def __enter__(self) -> "Looker":
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()


def staffed(folder: Path) -> dict[str, str]:
    """Let somebody of each role be signed in; returns what their browsers hold."""
    parts = main.context(settings_of.read(folder))
    with parts.database.write() as unit:
        for role in ROLES:
            people.add(unit, f"{role}@hotline.example", role, by="test", may_view=True)
        found = unit.connection.execute(select(users.c.role, users.c.id)).all()
        tokens = {role: sessions.begin(unit, id_, is_complete=True) for role, id_ in found}
    parts.database.close()
    return tokens


def shown(looker: Looker, sent: Canaries) -> Iterator[str]:
    """Name what stands in any page, address or header, and where."""
    for path, answer in crawl(looker):
        assert answer.status_code < 400, (path, answer.status_code)
        address = unquote(" ".join([path, *answer.headers.values()]))
        for name, word in sent.words.items():
            told = address if name in SITES else f"{address} {unquote(answer.text)}"
            is_at_home = name.startswith("ticket") and HOMES.match(path)
            if word.lower() in told.lower() and not is_at_home:
                yield f"{name} on {path}"


def report(looker: Looker) -> None:
    """Count all of it into a report, and freeze that."""
    ever = {"from": "2000-01-01", "until": "2198-12-31"}
    looker.post("/reports", kind="activity", language="en", **ever)
    looker.post("/reports/1/cells", seen=hidden(looker, "/reports/1"))
    version = hidden(looker, "/reports/1", "version")
    frozen = looker.post("/reports/1/versions", version=version, confirm="on")
    assert frozen.headers["hx-redirect"] == "/reports/1/versions/1?said=report_frozen"


@pytest.mark.slow
def test_no_page_no_address_and_no_log_shows_what_was_told(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder)
    tokens = staffed(folder)
    sent = Canaries()
    with serving(folder, token, VERBOSE) as server:
        log_and_edit(server, sent)
        tell_and_send(server, sent)
        ask_and_search(server, sent)
        with Looker(server, tokens["manager"]) as looker:
            report(looker)

        for role, held in tokens.items():
            with Looker(server, held) as looker:
                assert (role, sorted(set(shown(looker, sent)))) == (role, [])
        assert hits(everything(folder), sent.words) == []
        lying = b"".join(path.read_bytes() for path in everything(folder))
        assert [role for role, held in tokens.items() if held.encode() in lying] == []


@pytest.mark.slow
def test_what_is_typed_into_a_page_is_neither_logged_nor_shown_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    token = made_ready(folder)
    held = staffed(folder)["caseworker"]
    sent = Canaries()
    with serving(folder, token, VERBOSE) as server, Looker(server, held) as looker:
        text = f"{sent.text('pasted')} https://www.instagram.com/p/{sent('content id')}/"

        preview = looker.post("/takedowns/preview", text=text, category="csam_ai", case_ref="C-1")
        searched = looker.post("/search", text=f"https://x.com/{sent('asked')}/status/1")
        refused = looker.post("/login", email=sent("address"), password=sent("password"))

        assert (preview.status_code, searched.status_code, refused.status_code) == (200, 200, 422)
        assert [name for name, word in sent.words.items() if word in preview.text] == []
        assert list(shown(looker, sent)) == []
        assert hits(everything(folder), sent.words) == []
