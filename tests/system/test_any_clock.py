"""Where the server stands and what its clock does changes no answer."""

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app import main, proof
from app.accounts import access
from app.accounts.permissions import SCOPES
from app.context import Context
from app.kit.clock import moment
from app.kit.database import Database
from app.kit.settings import Settings
from app.kit.vault import Vault
from app.notices.filling import Workspace
from app.sheets import exporting
from tests import databases
from tests.api_client import ApiClient
from tests.factories import START, ManualClock
from tests.sample_record import facts, populate

ZONES = ("UTC", "America/New_York", "Pacific/Apia")
CLOCKS = (
    datetime(2026, 3, 29, 0, 59, 50, tzinfo=UTC),
    *(
        pytest.param(clock, marks=pytest.mark.slow)
        for clock in (
            datetime(2024, 2, 29, 12, 0, tzinfo=UTC),
            datetime(2026, 10, 25, 0, 59, 50, tzinfo=UTC),
            datetime(2038, 1, 19, 3, 14, 0, tzinfo=UTC),
        )
    ),
)
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d[^\s\",]*")
LONGEST_HOURS = 100 * 24
POST = "https://www.instagram.com/p/C7aB2cD3eH9/"
# Drawn anew each time: references, and digests of what was sealed.
DRAWN = re.compile(r"TD-[0-9A-Z]{6}|\b[0-9a-f]{64}\b")


@contextmanager
def standing_in(zone: str) -> Iterator[None]:
    """Let the machine stand in a time zone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        yield
    time.tzset()


class World:
    """A tracker of its own, its clock started at a moment."""

    def __init__(
        self, folder: Path, empty: str, vault: Vault, workspace: Workspace, start: datetime
    ) -> None:
        folder.mkdir()
        self.clock = ManualClock(start)
        self.database = Database(databases.copied(empty, folder), vault, self.clock)
        self.parts = Context(Settings(rate_limit=0), self.database, self.clock, workspace)

    def told(self) -> list[str]:
        """Tell it of takedowns; returns everything it says of them, the export last."""
        with self.database.write() as unit:
            token = access.add_token(unit, "case system", SCOPES)
        with TestClient(main.create_app(self.parts)) as client:
            api = ApiClient(client, token)
            made = populate(api, self.clock)
            addresses = ["/takedowns", "/events", "/metrics/response-times?by=month"]
            addresses += ["/metrics/curve?clock=gone", "/cases/C-1", "/health/ready"]
            for reference in made:
                here = f"/takedowns/{reference}"
                addresses += [here, f"{here}/events", f"{here}/notice", f"{here}/notices"]
            answers = [api.request("GET", address) for address in addresses]
        said = [f"{answer.status_code} {answer.text}" for answer in answers]
        said.append("".join(exporting.everything(self.database, "csv", content=True)))
        said.append("".join(exporting.everything(self.database, "json", content=True)))
        self.database.close()
        return _drawn_alike(said)


def _drawn_alike(said: list[str]) -> list[str]:
    names: dict[str, str] = {}
    return [
        DRAWN.sub(lambda found: names.setdefault(found[0], f"<{len(names)}>"), text)
        for text in said
    ]


@pytest.fixture
def told(
    tmp_path: Path, migrated_sqlite: str, workspace: Workspace, vault: Vault
) -> Callable[..., list[str]]:
    """What a tracker says that was started at a moment, in a zone."""

    def told(start: datetime, zone: str = "UTC") -> list[str]:
        folder = tmp_path / f"{zone.replace('/', '-')} {start:%Y-%m-%d}"
        with standing_in(zone):
            return World(folder, migrated_sqlite, vault, workspace, start).told()

    return told


@pytest.mark.parametrize("start", CLOCKS)
def test_the_same_is_said_in_every_time_zone(
    told: Callable[..., list[str]], start: datetime
) -> None:
    at_home, *abroad = (told(start, zone) for zone in ZONES)

    assert abroad == [at_home, at_home]
    instants = [instant for text in at_home for instant in INSTANT.findall(text)]
    assert len(instants) > 300
    assert {instant[-1] for instant in instants} == {"Z"}


def test_the_zones_are_really_others() -> None:
    def hour(zone: str) -> int:
        with standing_in(zone):
            return time.localtime(START.timestamp()).tm_hour

    assert [hour(zone) for zone in ZONES] == [9, 4, 22]


@pytest.mark.parametrize("start", CLOCKS)
def test_deadlines_and_clocks_count_true_hours(
    told: Callable[..., list[str]], start: datetime
) -> None:
    """A day on which clocks are changed, or that a calendar rarely has, is as long as any other."""
    assert lasting(told(start)) == lasting(told(START))


def lasting(said: list[str]) -> list[dict[str, float | None]]:
    """The clocks of each takedown, and how many hours after its logging each moment is.

    Without the end of the time for complaints, which the law counts in months.
    """
    return [
        {name: hours for name, hours in found.items() if hours is None or hours < LONGEST_HOURS}
        for found in map(hours_of, json.loads(said[-1]))
    ]


def hours_of(takedown: dict[str, Any]) -> dict[str, float | None]:
    logged_at = moment(takedown["logged_at"])
    moments = {n: moment(v) for n, v in takedown.items() if n.endswith("_at") and v}
    since = {name: (at - logged_at) / timedelta(hours=1) for name, at in moments.items()}
    return since | takedown["clocks"]


def test_a_clock_put_back_changes_no_order(
    api: ApiClient, clock: ManualClock, parts: Context
) -> None:
    references = populate(api, clock)
    before = api.get("/integrity/head")["number"]
    clock.advance(-1)

    for reference in references:
        api.post(f"/takedowns/{reference}/events", {"kind": "noted", "text": "Looked again."})
    first, again = (
        api.request("POST", "/takedowns", facts("C-9", POST), **{"Idempotency-Key": "once"})
        for _ in "ab"
    )

    told = api.get("/events?limit=100")["data"]
    assert [event["id"] for event in told] == list(range(1, before + len(references) + 2))
    recorded = [moment(event["recorded_at"]) for event in told]
    assert recorded == sorted(recorded)
    assert (first.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.content == first.content
    with parts.database.read() as unit:
        assert list(proof.faults(unit)) == []
