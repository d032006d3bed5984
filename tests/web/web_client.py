"""A client of the pages without a browser: keeps cookies, sends CSRF, follows no redirect."""

import html
import re
from typing import Any

from sqlalchemy import select
from starlette.testclient import TestClient

from app import main
from app.accounts import people, sessions
from app.accounts.models import users
from app.context import Context
from app.web.shell import cookies, csrf

TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')
OFFER = re.compile(r'name="offer" value="([^"]+)"')
SECRET = re.compile(r'data-testid="secret">([A-Z2-7]+)<')
CODES = re.compile(r"<li>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</li>")
LINK = re.compile(r'data-testid="link">https?://[^/]+(/join/[\w-]+)<')


class WebClient:
    """Somebody at a browser."""

    def __init__(self, parts: Context, address: str = "192.0.2.7") -> None:
        self.client = TestClient(
            main.create_app(parts),
            base_url="https://tracker.example",
            follow_redirects=False,
            client=(address, 40000),
            headers={"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"},
        )
        self.csrf = ""

    @classmethod
    def signed_in(
        cls, parts: Context, role: str = "caseworker", *, may_view: bool = True
    ) -> "WebClient":
        """Somebody of this role who is signed in already; the same person whenever asked for."""
        visitor = cls(parts)
        with parts.database.write() as unit:
            user_id = unit.connection.scalar(select(users.c.id).where(users.c.role == role))
            if user_id is None:
                email = f"{role}@hotline.example"
                user_id = people.add(unit, email, role, by="test", may_view=may_view).id
            token = sessions.begin(unit, user_id, is_complete=True)
        visitor.client.cookies.set(cookies.name(parts), token)
        visitor.csrf = csrf.token(token)
        return visitor

    def get(self, path: str) -> Any:
        return self._kept(self.client.get(path))

    def post(self, path: str, **fields: str) -> Any:
        data = {"csrf": self.csrf, **fields} if self.csrf else fields
        return self._kept(self.client.post(path, data=data))

    def at(self, answer: Any) -> str:
        """Where a redirect leads; the page's status when it is none."""
        return answer.headers["location"] if answer.status_code == 303 else str(answer.status_code)

    @property
    def token(self) -> str | None:
        return self.client.cookies.get("__Host-session")

    def _kept(self, answer: Any) -> Any:
        found = TOKEN.search(answer.text)
        if found:
            self.csrf = found[1]
        return answer


def error_summary(answer: Any) -> str:
    """What the summary of errors says."""
    found = re.search(r'data-testid="error-summary".*?<li>(.*?)</li>', answer.text, re.S)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""
