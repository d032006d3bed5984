"""A joint reminder as it is sent: recorded and undone, or refused with all that was typed."""

import re

import pytest

from app.context import Context
from app.notices import joint_reminder, prepared
from app.takedowns import queries
from app.web.inbox import reminders
from tests.api.factories import submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.web.web_client import WebClient, error_summary

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
LINKS = [
    f"https://www.{place}/{number}"
    for place in ("instagram.com/p/C7aB2cD3eF", "tiktok.com/@zz/video/731234567890123456")
    for number in (1, 2)
]
FIELD = re.compile(r'name="(events|back)" value="([^"]*)"')
TICKET = re.compile(r'<input id="([^"]+)-ticket_id"[^>]*value="([^"]*)"')


@pytest.fixture
def waiting(api: ApiClient, parts: Context, clock: ManualClock) -> list[str]:
    """Two late requests on each of two platforms, whose reminders are prepared."""
    made = [submitted(api, urls=[link], include_identity=True) for link in LINKS]
    clock.advance(30)
    with parts.database.write() as unit:
        for reference in made:
            prepared.mark(unit, queries.by_reference(unit, reference))
    return made


@pytest.fixture
def second_page(monkeypatch: pytest.MonkeyPatch, waiting: list[str]) -> str:
    """The address of the second page, which shows the second platform."""
    monkeypatch.setattr(reminders, "AT_ONCE", 1)
    return f"{reminders.PAGE}?from=2"


def typed(page: str, reference: str) -> dict[str, str | list[str]]:
    """What the form of the joint reminder that goes by a reference sends along."""
    [form] = [one for one in page.split("<form") if f'id="{reference}-ticket_id"' in one]
    fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    both = [value for name, value in fields if name == "reference"]
    return {**dict(fields), "reference": both}


def tickets(page: str) -> dict[str, str]:
    """What stands in the ticket field of each reminder, by the reference it goes by."""
    return dict(TICKET.findall(page))


def told(api: ApiClient, reference: str) -> list[str]:
    """What was recorded of a request since it was submitted, by kind."""
    events = api.get(f"/takedowns/{reference}/events")["data"]
    return [one["kind"] for one in events][2:]


def test_it_is_recorded_for_each_of_its_requests_and_undone_for_all(
    parts: Context, api: ApiClient, waiting: list[str]
) -> None:
    visitor = WebClient.signed_in(parts)
    shown = visitor.get(reminders.PAGE).text
    first, *_ = tickets(shown)
    sent = typed(shown, first)

    recorded = visitor.post("/inbox/reminders/joint", **sent | {"ticket_id": "FU-4"})
    after = [told(api, one) for one in waiting]
    page = visitor.get(visitor.at(recorded)).text
    undone = visitor.post("/undo", **dict(FIELD.findall(page.split('action="/undo"')[1])))

    concerned = [one in sent["reference"] for one in waiting]
    assert after == [["reminded"] * is_of_it for is_of_it in concerned]
    assert tickets(page).keys() == tickets(shown).keys() - {first}
    assert "said=undone" in visitor.at(undone)
    assert [told(api, one) for one in waiting] == [
        ["reminded", "corrected"] * is_of_it for is_of_it in concerned
    ]
    assert tickets(visitor.get(reminders.PAGE).text).keys() == tickets(shown).keys()


def test_on_a_later_page_it_is_shown_there_with_what_was_typed(
    parts: Context, second_page: str
) -> None:
    visitor = WebClient.signed_in(parts)
    shown = visitor.get(second_page).text
    [reference] = tickets(shown)

    refused = visitor.post(
        "/inbox/reminders/joint",
        **typed(shown, reference) | {"ticket_id": "FU-5", "no_ticket": "on"},
    )

    assert refused.status_code == 422
    assert tickets(refused.text) == {reference: "FU-5"}
    assert f'href="#{reference}-no_ticket"' in refused.text


def test_what_is_left_of_it_keeps_what_was_typed_wherever_it_stands_now(
    parts: Context, second_page: str, waiting: list[str]
) -> None:
    visitor = WebClient.signed_in(parts)
    shown = visitor.get(second_page).text
    [reference] = tickets(shown)
    sent = typed(shown, reference)
    alone = {"channel": "dsa", "language": "en", "purpose": "reminder", "ticket_id": "T-NEW"}
    visitor.post(f"/takedowns/{reference}/notice/submission", **alone)
    with parts.database.write() as unit:
        for one in {*waiting} - {*sent["reference"]}:
            prepared.take_off(unit, queries.by_reference(unit, one))
    [left] = {*sent["reference"]} - {reference}

    refused = visitor.post("/inbox/reminders/joint", **sent | {"ticket_id": "FU-6"})

    assert refused.status_code == 409
    assert tickets(refused.text) == {left: "FU-6"}
    assert "Somebody changed this" in error_summary(refused)


def test_each_joint_reminder_is_composed_once(
    parts: Context, waiting: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    composed, whole = [], joint_reminder._written

    def counted(catalogue: object, members: object, said: object) -> object:
        composed.append(members)
        return whole(catalogue, members, said)  # type: ignore[arg-type]

    monkeypatch.setattr(joint_reminder, "_written", counted)

    page = WebClient.signed_in(parts).get(reminders.PAGE).text

    assert (len(tickets(page)), len(composed)) == (2, 2)
