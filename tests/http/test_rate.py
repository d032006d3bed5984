"""How many calls a token may make in a minute, and how many tokens a network may try."""

import pytest

from app.http import rate
from app.http.rate import Allowance, Limiter, Tries


@pytest.mark.parametrize(
    ("story", "calls", "last"),
    [
        ("first call", [0.0], Allowance(True, 2, 1, 60)),
        ("last one granted", [0.0, 10.5], Allowance(True, 2, 0, 50)),
        ("one too many", [0.0, 10.5, 20.0], Allowance(False, 2, 0, 40)),
        ("refusals cost nothing later", [0.0, 1.0, 2.0, 3.0, 60.0], Allowance(True, 2, 1, 60)),
        ("just before the minute ends", [0.0, 1.0, 59.9], Allowance(False, 2, 0, 1)),
        ("the minute starts with the first call", [50.0, 70.0, 109.0], Allowance(False, 2, 0, 1)),
    ],
)
def test_a_minute_grants_its_calls(story: str, calls: list[float], last: Allowance) -> None:
    limiter = Limiter(2)

    assert [limiter.take(1, now) for now in calls][-1] == last


def test_tokens_do_not_share_a_minute() -> None:
    limiter = Limiter(1)
    limiter.take(1, 0.0)

    assert limiter.take(2, 0.0) == Allowance(True, 1, 0, 60)


def test_the_caller_is_told_in_structured_fields() -> None:
    assert Allowance(True, 6000, 5999, 57).fields() == [
        (b"ratelimit-policy", b'"default";q=6000;w=60'),
        (b"ratelimit", b'"default";r=5999;t=57'),
    ]


def test_only_running_minutes_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "MOST_WINDOWS", 2)
    limiter = Limiter(1)
    limiter.take("a", 0.0)
    limiter.take("b", 30.0)

    assert limiter.take("c", 60.0).is_granted
    assert not limiter.take("b", 60.0).is_granted
    assert limiter.take("a", 60.0).is_granted


def test_a_token_that_was_right_before_is_no_try() -> None:
    tries = Tries()
    tries.learn("right", is_right=True)
    tries.learn("revoked", is_right=True)
    tries.learn("revoked", is_right=False)

    for number in range(rate.TRIES_A_MINUTE):
        tries.take(f"wrong {number}", "192.0.2.7", 0.0)
        tries.learn(f"wrong {number}", is_right=False)

    assert tries.take("right", "192.0.2.7", 0.0) is None
    for token, host, is_granted in (
        ("revoked", "192.0.2.7", False),
        ("never seen", "192.0.2.7", False),
        ("wrong 1", "192.0.2.8", True),
    ):
        allowance = tries.take(token, host, 1.0)
        assert allowance is not None
        assert allowance.is_granted == is_granted


def test_a_token_is_tried_once_however_many_calls_wait_for_the_answer() -> None:
    tries = Tries()
    together = [tries.take("tdk_right", "192.0.2.7", 0.0) for _ in range(200)]
    tries.learn("tdk_right", is_right=True)

    assert [one for one in together if one is not None] == [Allowance(True, 60, 59, 60)]
    assert tries.take("tdk_right", "192.0.2.7", 0.0) is None


def test_a_wrong_token_tried_again_counts_again() -> None:
    tries = Tries()
    found = []
    for _ in range(rate.TRIES_A_MINUTE + 1):
        found.append(tries.take("tdk_wrong", "192.0.2.7", 0.0))
        tries.learn("tdk_wrong", is_right=False)

    assert [one.is_granted for one in found if one] == [True] * rate.TRIES_A_MINUTE + [False]
