"""A caller of the whole application, on both databases."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app import main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.api.dependencies import Context
from app.kit import settings as settings_of
from app.kit.database import Database
from app.notices.filling import Desk
from tests.factories import Hands


@pytest.fixture(scope="session")
def desk() -> Desk:
    return main.desk_of(
        settings_of.Settings(
            organisation_name="Fictional Hotline",
            organisation_email="notices@hotline.example",
            rate_limit=0,
        )
    )


@pytest.fixture
def parts(database: Database, desk: Desk, hands: Hands) -> Context:
    settings = settings_of.Settings(rate_limit=0)
    return Context(settings, database, hands, desk)


class Caller:
    """Calls the API with a token and gives back what was said."""

    def __init__(self, client: TestClient, token: str) -> None:
        self.client = client
        self.headers = {"Authorization": f"Bearer {token}"}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        return self.client.request(
            method, f"/api/v1{path}", json=body, headers=self.headers | headers
        )

    def get(self, path: str) -> Any:
        answer = self("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any, status: int = 201, **headers: str) -> Any:
        answer = self("POST", path, body, **headers)
        assert answer.status_code == status, answer.text
        return answer.json()


@pytest.fixture
def call(parts: Context) -> Iterator[Caller]:
    """A caller that may do everything."""
    with parts.database.write() as unit:
        token = access.add_token(unit, "case system", SCOPES)
    with TestClient(main.create_app(parts)) as client:
        yield Caller(client, token)


@pytest.fixture
def call_with(parts: Context, call: Caller) -> Any:
    """Make a caller with these scopes only."""

    def made(*scopes: str) -> Caller:
        with parts.database.write() as unit:
            token = access.add_token(unit, "limited: " + " ".join(scopes), scopes)
        return Caller(call.client, token)

    return made
