"""Content that came back is chased where it was reported, whoever had closed that."""

from typing import Any

import pytest

from app.context import Context
from app.operations import returning
from app.takedowns import legality, queries
from app.takedowns.timeline import Actor
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.proof.falsified import Record
from tests.sample_record import facts

BY = Actor("Analyst-01", "person")
URLS = [f"https://www.instagram.com/p/C7aB2cD3eF{number}/" for number in (1, 2)]
REMOVED = {"kind": "decided", "outcome": "removed"}
GONE = {"kind": "seen", "availability": "gone"}
CLOSED = {"kind": "closed", "reason": "Nothing left to do."}


def made(
    api: ApiClient, clock: ManualClock, *story: dict[str, Any], urls: list[str] = URLS[:1]
) -> str:
    """A submitted takedown of which this was told, an hour apart."""
    reference = str(api.post("/takedowns", facts("C-1", *urls))["reference"])
    api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
    for event in story:
        clock.advance(1)
        api.post(f"/takedowns/{reference}/events", event)
    clock.advance(1)
    return reference


def come_back(parts: Context, reference: str, *items: int) -> list[str]:
    """Record it; returns the kinds of the events that came of it."""
    with parts.database.write() as unit:
        numbers = returning.record(
            unit, parts.workspace, [(reference, item) for item in items], by=BY
        )
        row = queries.by_reference(unit, reference)
        kinds = {one.number: one.event.kind for one in queries.events_of(unit, [row.id])[row.id]}
    return [kinds[number] for number in numbers]


def now(api: ApiClient, reference: str) -> tuple[Any, ...]:
    found = api.get(f"/takedowns/{reference}")
    states = [item["state"] for item in found["items"]]
    return states, found["stage"], found["whose_turn"], found["next_step"]


@pytest.mark.parametrize(
    ("story", "told", "kinds", "amounts_to"),
    [
        (
            "closed by itself: seen gone",
            [GONE],
            ["seen"],
            (["came_back"], "submitted", "us", "chase"),
        ),
        (
            "gone by the platform's word only",
            [REMOVED],
            ["seen"],
            (["waiting"], "decided", "us", "chase"),
        ),
        (
            "closed by a person",
            [GONE, CLOSED],
            ["reopened", "seen"],
            (["came_back"], "submitted", "us", "chase"),
        ),
        (
            "closed by a person, by the platform's word",
            [REMOVED, CLOSED],
            ["reopened", "seen"],
            (["waiting"], "decided", "us", "chase"),
        ),
    ],
)
def test_what_came_back_is_chased_again(
    api: ApiClient,
    parts: Context,
    clock: ManualClock,
    story: str,
    told: list[dict[str, Any]],
    kinds: list[str],
    amounts_to: tuple[Any, ...],
) -> None:
    reference = made(api, clock, *told)

    assert come_back(parts, reference, 1) == kinds
    assert now(api, reference) == amounts_to
    assert Record(parts).faults() == []


def test_only_what_came_back_is_online_again(
    api: ApiClient, parts: Context, clock: ManualClock
) -> None:
    reference = made(api, clock, GONE, urls=URLS)

    come_back(parts, reference, 2)

    assert now(api, reference)[0] == ["gone", "came_back"]
    [seen] = api.get(f"/takedowns/{reference}/events")["data"][-1:]
    assert (seen["items"], seen["data"]) == ([2], {"availability": "live", "vantage": "BE"})


def test_closed_and_not_opened_again_nobody_would_be_asked_to_chase(
    api: ApiClient, parts: Context, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = made(api, clock, GONE, CLOSED)
    monkeypatch.setattr(legality, "possible", lambda *_: frozenset[str]())

    come_back(parts, reference, 1)

    assert now(api, reference) == (["came_back"], "closed", "nobody", "none")
