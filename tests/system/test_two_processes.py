"""What an administrator changes in one process holds in the other at once."""

import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from starlette.testclient import TestClient

from app import main
from app.context import Context
from app.kit import preferences
from app.kit import settings as settings_of
from app.kit.database import Database
from app.kit.settings import ROOT
from tests import long_polls
from tests.api.factories import TAKEDOWN, logged
from tests.api_client import ApiClient
from tests.examples import first_quickly
from tests.factories import ManualClock
from tests.server_process import Server, admin_session, made_ready, serving
from tests.web.web_client import WebClient

ORGANISATION = {"name": "Another Hotline", "email": "notices@another.example"}
SECRET_DOOR = "https://partner.tiktok.example/secret-door"


@pytest.fixture
def other(parts: Context, address: str) -> Iterator[Context]:
    """Another process on the same database, with a clock of its own."""
    database = Database(address, parts.database.vault, ManualClock())
    yield replace(parts, database=database, clock=database.clock)
    database.close()


@pytest.fixture
def there(other: Context, api: ApiClient) -> Iterator[ApiClient]:
    """A caller of the other process."""
    with TestClient(main.create_app(other)) as client:
        found = ApiClient(client, "")
        found.headers = api.headers
        yield found


@pytest.fixture
def admin(parts: Context) -> WebClient:
    return WebClient.signed_in(parts, "admin")


def notice(api: ApiClient, reference: str) -> str:
    """A notice that names the organisation, as it would go out now."""
    address = f"/takedowns/{reference}/notice"
    fields = api.get(address)["fields"]
    return " ".join(str(field["value"]) for field in fields)


def test_the_organisation_stands_in_the_next_notice_of_the_other_process(
    api: ApiClient, there: ApiClient, admin: WebClient
) -> None:
    reference = logged(api, include_identity=True)["reference"]
    before = notice(there, reference)

    admin.post("/admin/organisation", **ORGANISATION)

    assert "Fictional Hotline" in before
    assert notice(api, reference) == notice(there, reference)
    assert "Another Hotline" in notice(there, reference)
    assert "Fictional Hotline" not in notice(there, reference)


def test_a_submission_in_the_other_process_freezes_the_new_organisation(
    api: ApiClient, there: ApiClient, admin: WebClient
) -> None:
    reference = logged(there, include_identity=True)["reference"]

    admin.post("/admin/organisation", **ORGANISATION)
    there.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})

    frozen = api.get(f"/takedowns/{reference}/notices/1")
    assert "Another Hotline" in str(frozen["fields"])
    assert "Fictional Hotline" not in str(frozen["fields"])


def test_targets_and_addresses_hold_there_too_and_are_given_back(
    parts: Context, other: Context, there: ApiClient, admin: WebClient
) -> None:
    shown = WebClient.signed_in(other, "admin")
    channels = parts.workspace.catalogue.platforms["tiktok"].channels
    door = next(one.id for one in channels if one.confidential)
    told = []
    for hours, change in (
        ("12", {f"address-{door}": SECRET_DOOR}),
        ("", {f"forget-{door}": "1"}),
    ):
        admin.post("/admin/platforms/tiktok/targets", gone_hours=hours)
        admin.post("/admin/platforms/tiktok/addresses", **change)
        platform = there.get("/platforms/tiktok")
        page = shown.get("/admin/platforms/tiktok").text
        told.append((platform["targets"]["gone_hours"], "An address is set." in page))

    assert told == [(12, True), (24, False)]


def test_a_clock_put_back_between_two_changes_hides_none(
    parts: Context, other: Context, clock: ManualClock
) -> None:
    names = []
    for number, hours in enumerate((0, -100, 100, 0)):
        clock.advance(hours)
        admin = WebClient.signed_in(parts, "admin")
        admin.post("/admin/organisation", name=f"Hotline {number}", email="a@hotline.example")
        with other.database.read() as unit:
            names.append(other.workspace_in(unit).organisation.name)

    assert names == ["Hotline 0", "Hotline 1", "Hotline 2", "Hotline 3"]


def test_what_was_taken_back_holds_nowhere(parts: Context, other: Context) -> None:
    with parts.database.rehearse() as unit:
        preferences.write(unit, {"organisation": ORGANISATION})
        rehearsed = parts.workspace_in(unit).organisation.name

    with parts.database.read() as unit, other.database.read() as elsewhere:
        found = [parts.workspace_in(unit), other.workspace_in(elsewhere)]

    assert rehearsed == "Another Hotline"
    assert "Another Hotline" not in [workspace.organisation.name for workspace in found]


def test_the_workspace_is_read_anew_only_when_it_was_changed(
    parts: Context, other: Context, admin: WebClient
) -> None:
    """One small statement tells; the null control is the workspace that nobody asked it for."""
    admin.post("/admin/organisation", **ORGANISATION)
    assert other.workspace.organisation.name == "Fictional Hotline"
    statements: list[str] = []
    event.listen(
        other.database.engine,
        "before_cursor_execute",
        lambda *told: statements.append(told[2]),
    )
    with other.database.read() as unit:
        first = other.workspace_in(unit)
        statements.clear()
        again = [other.workspace_in(unit) for _ in range(3)]

    assert [workspace is first for workspace in again] == [True] * 3
    assert len(statements) == 3


def test_a_start_reads_the_workspace_once_also_where_it_was_changed(tmp_path: Path) -> None:
    made_ready(tmp_path / "data")
    settings = settings_of.read(tmp_path / "data")
    with closing(main.context(settings).database) as database, database.write() as unit:
        preferences.write(unit, {"organisation": ORGANISATION})

    started = main.context(settings)
    at_the_start = started.workspace
    with closing(started.database), started.database.read() as unit:
        asked_for = started.workspace_in(unit)

    assert asked_for is at_the_start
    assert asked_for.organisation.name == "Another Hotline"


def test_the_faces_never_take_the_workspace_from_memory() -> None:
    """It would be this process's own: they ask for `visit.workspace` and `call.workspace`."""
    found = [
        path.name
        for face in ("api", "web")
        for kind in ("*.py", "*.html")
        for path in (ROOT / "app" / face).rglob(kind)
        if re.search(r"context\.workspace\b|parts\.workspace\b", path.read_text("utf-8"))
    ]

    assert found == []


# As it is served.


@pytest.mark.parametrize("kind", first_quickly(["sqlite", "postgresql"]))
def test_two_servers_on_one_database_have_one_truth(
    tmp_path: Path, empty: Callable[[str], str], kind: str
) -> None:
    address = empty(kind)
    folder = tmp_path / "data"
    where = {"TAKEDOWN_DATABASE_URL": address}
    fixed: dict[str, Any] = {"database_url": address}
    token = made_ready(folder, **fixed)
    session = admin_session(folder, **fixed)
    with serving(folder, token, **where) as one, serving(folder, token, **where) as other:
        body = TAKEDOWN | {"include_identity": True}
        reference = other.client.post("/takedowns", json=body).json()["reference"]
        lacking = told(other, reference)["missing"]

        changed = one.page("/admin/organisation", session, **ORGANISATION)
        after = told(other, reference)
        other.client.post(
            f"/takedowns/{reference}/submission", json={"how": "form", "no_ticket": True}
        )
        frozen = one.client.get(f"/takedowns/{reference}/notices/1").json()

    assert changed.status_code == 303
    assert lacking != []
    assert (after["missing"], "Another Hotline" in str(after["fields"])) == ([], True)
    assert "Another Hotline" in str(frozen["fields"])


@pytest.mark.parametrize("kind", first_quickly(["postgresql", "sqlite"]))
def test_what_one_server_records_wakes_who_waits_at_the_other(
    tmp_path: Path, empty: Callable[[str], str], kind: str
) -> None:
    folder, where = tmp_path / "data", {"TAKEDOWN_DATABASE_URL": empty(kind)}
    token = made_ready(folder, database_url=where["TAKEDOWN_DATABASE_URL"])
    with serving(folder, token, **where) as one, serving(folder, token, **where) as other:
        assert other.client.get("/events").json()["data"] == []
        with long_polls.waiting(other.port, token, 3) as lines:
            reference = one.client.post("/takedowns", json=TAKEDOWN).json()["reference"]
            woken = [read_until(line, reference.encode()) for line in lines]

    assert woken == [True] * 3


def read_until(line: socket.socket, word: bytes) -> bool:
    """Tell whether a word comes over a connection before it is closed or quiet for long."""
    line.settimeout(long_polls.SECONDS / 2)
    found = b""
    while word not in found:
        piece = line.recv(65536)
        if not piece:
            return False
        found += piece
    return True


def told(server: Server, reference: str) -> Any:
    return server.client.get(f"/takedowns/{reference}/notice").json()
