"""Random histories over the real API leave the states that a second, slow reckoning gives."""

from typing import Any

import pytest

from app import proof
from app.context import Context
from app.kit.clock import stamp
from tests.api_client import ApiClient
from tests.examples import later
from tests.factories import ManualClock
from tests.metrics.agreement import timelines_in
from tests.metrics.oracle_2026_2.timeline import Takedown
from tests.random_histories import HistoryWriter
from tests.system import states_oracle


@pytest.mark.parametrize(
    ("address", "seed"), [("sqlite", 1), later("postgresql", 4)], indirect=["address"]
)
def test_states_are_those_of_the_slow_reckoning(
    api: ApiClient, clock: ManualClock, parts: Context, seed: int
) -> None:
    check_history(api, clock, parts, seed=seed, steps=30, rounds=8)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 18))
def test_states_are_those_of_the_slow_reckoning_in_many_histories(
    api: ApiClient, clock: ManualClock, parts: Context, seed: int
) -> None:
    check_history(api, clock, parts, seed=seed, steps=50, rounds=12)


def check_history(
    api: ApiClient, clock: ManualClock, parts: Context, *, seed: int, steps: int, rounds: int
) -> None:
    teller = HistoryWriter(api, clock, seed)
    for _ in range(rounds):
        teller.tell(steps)
        check_states(api, parts, clock)

    assert api.get("/integrity/head")["number"] == teller.number
    assert teller.refused < 0.5 * steps * rounds
    with parts.database.read() as unit:
        assert list(proof.faults(unit)) == []


def check_states(api: ApiClient, parts: Context, clock: ManualClock) -> None:
    rows: dict[str, Any] = {}
    cursor: str | None = ""
    while cursor is not None:
        page = api.get(f"/takedowns?limit=100{cursor}")
        rows |= {row["reference"]: row for row in page["data"]}
        cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
    for timeline in timelines_in(parts.database):
        found = shown(rows.pop(timeline.reference))
        assert found == expected_of(Takedown(timeline, clock.now)), timeline
    assert rows == {}


def shown(row: Any) -> dict[str, Any]:
    names = ("stage", "submitted_at", "receipt_at", "answered_at", "decided_at", "gone_at")
    items = [
        (
            item["state"],
            item["gone_at"],
            item["platform_says"] and [item["platform_says"][name] for name in ("outcome", "at")],
            item["we_saw"] and [item["we_saw"][name] for name in ("availability", "at")],
        )
        for item in row["items"]
    ]
    return {name: row[name] for name in names} | {
        "our_hours": row["clocks"]["our_hours"],
        "items": items,
    }


def expected_of(takedown: Takedown) -> dict[str, Any]:
    items = states_oracle.states(takedown)
    moments = states_oracle.moments(takedown, items)
    ours = states_oracle.our_hours(takedown)
    return {
        "stage": states_oracle.stage(takedown, items),
        **{name: moment and stamp(moment) for name, moment in moments.items()},
        "our_hours": None if ours is None else pytest.approx(ours, abs=1e-9),
        "items": [
            (
                item.state,
                item.gone_at and stamp(item.gone_at),
                item.says and [item.says[0], stamp(item.says[1])],
                item.saw and [item.saw[0], stamp(item.saw[1])],
            )
            for item in items
        ],
    }
