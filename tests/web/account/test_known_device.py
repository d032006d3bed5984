"""A stranger who tries for ever does not keep somebody out of the browser they always use."""

import pytest

from app.parts import Context
from tests.factories import Hands
from tests.users import PASSWORD, Factor, code_of, given_factor, joined, repeat_failure
from tests.web.browserless import Visitor

EMAIL = "aloe@hotline.example"
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def factor(parts: Context) -> Factor:
    return given_factor(parts.database, joined(parts.database))


def signed_in(visitor: Visitor, parts: Context, factor: Factor, hands: Hands) -> str:
    """Where password and the app's next code lead from this browser."""
    hands.forward(0.1)
    first = visitor.post("/login", email=EMAIL, password=PASSWORD)
    if first.status_code != 303:
        return str(first.status_code)
    visitor.get("/login/code")
    second = visitor.post("/login/code", code=code_of(parts.database, factor.secret))
    return visitor.at(second)


def keep_trying(parts: Context, hands: Hands) -> list[int]:
    """A stranger's tries, from ever another address; a hundred of them were looked at."""
    answers = [
        Visitor(parts, f"198.51.100.{number}").post("/login", email=EMAIL, password="wrong")
        for number in range(2)
    ]
    repeat_failure(parts.database, 98)
    stranger = Visitor(parts, "203.0.113.9")
    answers += [stranger.post("/login", email=EMAIL, password=PASSWORD) for _ in range(20)]
    return [answer.status_code for answer in answers]


def test_the_owner_comes_in_from_a_known_browser_and_a_stranger_does_not(
    parts: Context, hands: Hands, factor: Factor
) -> None:
    usual, other = Visitor(parts), Visitor(parts)
    first = signed_in(usual, parts, factor, hands)
    usual.get("/me")
    usual.post("/logout")
    usual.get("/login")

    stranger = keep_trying(parts, hands)

    assert stranger == [422] * 2 + [429] * 20
    assert signed_in(other, parts, factor, hands) == "429"
    assert (first, signed_in(usual, parts, factor, hands)) == ("/inbox", "/inbox")


def test_signing_out_everywhere_ends_that_too(parts: Context, hands: Hands, factor: Factor) -> None:
    usual = Visitor(parts)
    signed_in(usual, parts, factor, hands)
    usual.get("/me")
    usual.post("/me/sign-out")
    usual.get("/login")

    keep_trying(parts, hands)

    assert signed_in(usual, parts, factor, hands) == "429"


def test_the_browser_is_known_by_a_cookie_for_this_host_only_hidden_from_scripts(
    parts: Context, hands: Hands, factor: Factor
) -> None:
    visitor = Visitor(parts)
    visitor.post("/login", email=EMAIL, password=PASSWORD)
    before = list(visitor.client.cookies)
    visitor.get("/login/code")
    hands.forward(0.1)

    answer = visitor.post("/login/code", code=code_of(parts.database, factor.secret))

    [told] = [one for one in answer.headers.get_list("set-cookie") if "device" in one]
    name, *marks = told.split("; ")
    assert name.startswith("__Host-device=")
    assert sorted(marks) == ["HttpOnly", "Max-Age=7776000", "Path=/", "SameSite=lax", "Secure"]
    assert before == ["__Host-session"]
