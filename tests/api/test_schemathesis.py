"""The contract tried from outside: requests drawn from it, answers held against it."""

import tomllib
from pathlib import Path

import pytest

from app import main
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.context import Context
from tests.api.factories import FACTS, POST_URL
from tests.api_client import ApiClient

SETTINGS = Path(__file__).resolve().parents[2] / "schemathesis.toml"


def failures(parts: Context, seed: int, examples: int) -> list[str]:
    """Run with all checks in every phase; returns all that failed."""
    # Here, for it takes a second to import: as long as all of ours, in each process of tests.
    import schemathesis
    from schemathesis.config import SchemathesisConfig
    from schemathesis.engine import Status, events, from_schema

    with parts.database.write() as unit:
        token = access.add_token(unit, "schemathesis", SCOPES)
    settings = tomllib.loads(SETTINGS.read_text(encoding="utf-8")) | {
        "seed": seed,
        "headers": {"Authorization": f"Bearer {token}"},
        "generation": {"mode": "all", "max-examples": examples, "database": "none"},
        "phases": {"coverage": {"enabled": True}, "stateful": {"max-steps": 10}},
        "cache": {"enabled": False},
    }
    config = SchemathesisConfig.from_dict(settings)
    contract = schemathesis.openapi.from_asgi(
        "/openapi.json", main.create_app(parts), config=config
    )
    found = []
    for event in from_schema(contract).execute():
        if isinstance(event, events.ScenarioFinished):
            for checks in event.recorder.checks.values():
                for check in checks:
                    if check.status is Status.FAILURE:
                        found.append(f"{event.label}: {check.name}: {check.failure_info}"[:900])
        elif isinstance(event, events.NonFatalError | events.FatalError):
            found.append(str(event))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3])
def test_the_contract_holds_in_every_phase(api: ApiClient, parts: Context, seed: int) -> None:
    api.post("/takedowns", FACTS | {"urls": [POST_URL]})

    assert failures(parts, seed, examples=20) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 16))
def test_the_contract_holds_for_many_drawn_requests(
    api: ApiClient, parts: Context, seed: int
) -> None:
    api.post("/takedowns", FACTS | {"urls": [POST_URL]})

    assert failures(parts, seed, examples=200) == []
