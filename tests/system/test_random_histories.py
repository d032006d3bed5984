"""Random histories over the real API give the numbers that a second, slow reckoning gives."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app import proof
from app.context import Context
from app.kit.clock import stamp
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.metrics import oracle, oracle_numbers
from tests.metrics.oracle import HOUR, Takedown
from tests.random_histories import History, HistoryWriter

ZONE = ZoneInfo("Europe/Brussels")
KEYS: dict[str, Callable[[Takedown], str]] = {
    "platform": lambda takedown: takedown.terms["platform"],
    "provider": lambda takedown: takedown.terms["provider"],
    "category": lambda takedown: takedown.terms["category"],
    "basis": lambda takedown: takedown.terms["basis"],
    "month": lambda takedown: takedown.submitted_at.astimezone(ZONE).strftime("%Y-%m"),
}


@pytest.mark.parametrize(
    ("address", "seed"), [("sqlite", 1), ("sqlite", 4), ("postgresql", 4)], indirect=["address"]
)
def test_numbers_and_states_are_those_of_the_slow_reckoning(
    api: ApiClient, clock: ManualClock, parts: Context, seed: int
) -> None:
    check_history(api, clock, seed, steps=30, rounds=11)

    [group] = api.get("/metrics/response-times?by=month")["groups"]
    assert any(group[clock]["median_hours"] for clock in ("gone", "receipt", "answer", "decision"))
    with parts.database.read() as unit:
        assert list(proof.faults(unit)) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 18))
def test_numbers_and_states_are_those_of_the_slow_reckoning_in_many_histories(
    api: ApiClient, clock: ManualClock, parts: Context, seed: int
) -> None:
    check_history(api, clock, seed, steps=50, rounds=12)

    with parts.database.read() as unit:
        assert list(proof.faults(unit)) == []


def check_history(api: ApiClient, clock: ManualClock, seed: int, steps: int, rounds: int) -> None:
    teller = HistoryWriter(api, clock, seed)
    asked: dict[datetime, Any] = {}
    for _ in range(rounds):
        teller.tell(steps)
        asked[clock.now] = api.get("/metrics/response-times?by=month")
        check_states(api, teller.tales, clock.now)

    for as_of, answer in asked.items():
        assert api.get(f"/metrics/response-times?by=month&as_of={stamp(as_of)}") == answer
        check_groups(answer, groups(teller.tales, as_of, "month"))
    for _ in range(rounds):
        check_any_question(api, clock, teller)
    assert api.get("/integrity/head")["number"] == teller.number
    assert teller.refused < 0.5 * steps * rounds


def check_any_question(api: ApiClient, clock: ManualClock, teller: HistoryWriter) -> None:
    """Ask about random days, as of a random moment."""
    began = teller.tales[0].told[0].recorded_at
    as_of = began + teller.dice.random() * (clock.now - began)
    first, last = sorted(local_day(began + teller.dice.random() * (as_of - began)) for _ in "ft")
    end = last + timedelta(days=1)
    by = teller.dice.choice(list(KEYS))

    answer = api.get(f"/metrics/response-times?by={by}&as_of={stamp(as_of)}&from={first}&to={end}")

    asked_for = lambda takedown: first <= local_day(takedown.submitted_at) < end  # noqa: E731
    check_groups(answer, groups(teller.tales, as_of, by, asked_for))


def groups(
    tales: list[History],
    as_of: datetime,
    by: str,
    asked_for: Callable[[Takedown], bool] = lambda _: True,
) -> list[dict[str, Any]]:
    found = defaultdict(list)
    for tale in tales:
        takedown = oracle.takedown(tale.told, as_of)
        if takedown and takedown.submitted_at and asked_for(takedown):
            found[KEYS[by](takedown)].append(takedown)
    return [{"key": key} | oracle_numbers.group(found[key], as_of) for key in sorted(found)]


def check_groups(answer: Any, expected: list[dict[str, Any]]) -> None:
    for group in answer["groups"]:
        del group["label"], group["published"]
    assert differences(answer["groups"], expected) == {}


def differences(found: Any, expected: Any) -> dict[str, Any]:
    """Leaves that are not the same, numbers to 1e-9, by their path."""
    left, right = dict(flat(found)), dict(flat(expected))
    return {
        path: (left.get(path), right.get(path))
        for path in sorted(left.keys() | right.keys())
        if not is_same(left.get(path), right.get(path))
    }


def is_same(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9
    return bool(one == other)


def flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf of an answer by its path."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from flat(part, f"{path}/{name}")
    elif isinstance(value, list | tuple):
        yield path, len(value)
        for index, part in enumerate(value):
            yield from flat(part, f"{path}/{index}")
    else:
        yield path, value


def check_states(api: ApiClient, tales: list[History], now: datetime) -> None:
    found: dict[str, Any] = {}
    address = "/takedowns?limit=100"
    cursor = ""
    while cursor is not None:
        page = api.get(address + cursor)
        found |= {row["reference"]: row for row in page["data"]}
        cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
    for tale in tales:
        takedown = oracle.takedown(tale.told, now)
        assert takedown is not None
        assert shown(found[tale.reference]) == expected_of(takedown), tale


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
    moments = {
        "submitted_at": takedown.submitted_at,
        "receipt_at": takedown.receipt_at,
        "answered_at": takedown.answered_at,
        "decided_at": takedown.decided_at,
        "gone_at": takedown.gone_at,
    }
    items = [
        (
            item.state,
            item.gone_at and stamp(item.gone_at),
            item.says and [item.says[0], stamp(item.says[1])],
            item.saw and [item.saw[0], stamp(item.saw[1])],
        )
        for item in takedown.items
    ]
    ours = takedown.our_time
    return {
        "stage": takedown.stage,
        **{name: moment and stamp(moment) for name, moment in moments.items()},
        "our_hours": None if ours is None else pytest.approx(ours / HOUR, abs=1e-9),
        "items": items,
    }


def local_day(moment: datetime) -> Any:
    return moment.astimezone(ZONE).date()
