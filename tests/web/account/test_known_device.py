"""A stranger who tries for ever does not keep somebody out of the browser they always use."""

import pytest

from app.context import Context
from tests.factories import ManualClock
from tests.users import (
    PASSWORD,
    SecondFactor,
    add_second_factor,
    add_user,
    repeat_failed_attempts,
    totp_code,
)
from tests.web.web_client import WebClient

EMAIL = "aloe@hotline.example"
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def factor(parts: Context) -> SecondFactor:
    return add_second_factor(parts.database, add_user(parts.database))


def signed_in(visitor: WebClient, parts: Context, factor: SecondFactor, clock: ManualClock) -> str:
    """Where password and the app's next code lead from this browser."""
    clock.advance(0.1)
    first = visitor.post("/login", email=EMAIL, password=PASSWORD)
    if first.status_code != 303:
        return str(first.status_code)
    visitor.get("/login/code")
    second = visitor.post("/login/code", code=totp_code(parts.database, factor.secret))
    return visitor.at(second)


def keep_trying(parts: Context, clock: ManualClock) -> list[int]:
    """A stranger's tries, from ever another address; a hundred of them were looked at."""
    answers = [
        WebClient(parts, f"198.51.100.{number}").post("/login", email=EMAIL, password="wrong")
        for number in range(2)
    ]
    repeat_failed_attempts(parts.database, 98)
    stranger = WebClient(parts, "203.0.113.9")
    answers += [stranger.post("/login", email=EMAIL, password=PASSWORD) for _ in range(20)]
    return [answer.status_code for answer in answers]


def test_the_owner_comes_in_from_a_known_browser_and_a_stranger_does_not(
    parts: Context, clock: ManualClock, factor: SecondFactor
) -> None:
    usual, other = WebClient(parts), WebClient(parts)
    first = signed_in(usual, parts, factor, clock)
    usual.get("/me")
    usual.post("/logout")
    usual.get("/login")

    stranger = keep_trying(parts, clock)

    assert stranger == [422] * 2 + [429] * 20
    assert signed_in(other, parts, factor, clock) == "429"
    assert (first, signed_in(usual, parts, factor, clock)) == ("/inbox", "/inbox")


def test_signing_out_everywhere_ends_that_too(
    parts: Context, clock: ManualClock, factor: SecondFactor
) -> None:
    usual = WebClient(parts)
    signed_in(usual, parts, factor, clock)
    usual.get("/me")
    usual.post("/me/sign-out")
    usual.get("/login")

    keep_trying(parts, clock)

    assert signed_in(usual, parts, factor, clock) == "429"


def test_the_browser_is_known_by_a_cookie_for_this_host_only_hidden_from_scripts(
    parts: Context, clock: ManualClock, factor: SecondFactor
) -> None:
    visitor = WebClient(parts)
    visitor.post("/login", email=EMAIL, password=PASSWORD)
    before = list(visitor.client.cookies)
    visitor.get("/login/code")
    clock.advance(0.1)

    answer = visitor.post("/login/code", code=totp_code(parts.database, factor.secret))

    [told] = [one for one in answer.headers.get_list("set-cookie") if "device" in one]
    name, *marks = told.split("; ")
    assert name.startswith("__Host-device=")
    assert sorted(marks) == ["HttpOnly", "Max-Age=7776000", "Path=/", "SameSite=lax", "Secure"]
    assert before == ["__Host-session"]
