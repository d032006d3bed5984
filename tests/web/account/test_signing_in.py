"""Signing in, proving it again and signing out, as a browser meets it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.accounts import joining, people
from app.accounts.joining import Chosen
from app.accounts.permissions import Person
from app.context import Context
from app.imports import kept
from app.imports.models import import_parts
from app.imports.plan import Plan
from tests.factories import ManualClock
from tests.users import PASSWORD, SecondFactor, add_second_factor, add_user, totp_code
from tests.web.web_client import CODES, OFFER, SECRET, WebClient, error_summary

EMAIL = "aloe@hotline.example"
# What differs between databases is tested below the pages.
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def visitor(parts: Context) -> WebClient:
    return WebClient(parts)


@pytest.fixture
def factor(parts: Context, clock: ManualClock) -> SecondFactor:
    """Aloe works here as an administrator, and carries an app."""
    factor = add_second_factor(parts.database, add_user(parts.database, "Aloe", "admin"))
    clock.advance(0.1)
    return factor


def signed_in(parts: Context, factor: SecondFactor, wanted: str = "") -> WebClient:
    visitor = WebClient(parts)
    visitor.get("/login")
    visitor.post("/login", email=EMAIL, password=PASSWORD, next=wanted)
    visitor.get("/login/code")
    answer = visitor.post("/login/code", code=totp_code(parts.database, factor.secret), next=wanted)
    assert visitor.at(answer) == (wanted or "/inbox")
    return visitor


def test_password_and_code_lead_to_where_one_wanted_to_go(
    parts: Context, factor: SecondFactor, visitor: WebClient
) -> None:
    first = visitor.get("/audit?action=joined")
    asked = visitor.get(visitor.at(first))
    second = visitor.post("/login", email=EMAIL, password=PASSWORD, next="/audit?action=joined")
    visitor.get(visitor.at(second))
    code = totp_code(parts.database, factor.secret)
    third = visitor.post("/login/code", code=code, next="/audit?action=joined")

    assert 'name="next" value="/audit?action=joined"' in asked.text
    assert visitor.at(second) == "/login/code?next=%2Faudit%3Faction%3Djoined"
    assert visitor.at(third) == "/audit?action=joined"
    assert visitor.get("/audit").status_code == 200


def test_signing_in_takes_away_files_that_nobody_went_on_with(
    parts: Context, factor: SecondFactor, clock: ManualClock
) -> None:
    with parts.database.write() as unit:
        kept.begin(unit, account(parts).id, content=b"Link", plan=Plan("a.csv", ()))
    left = []
    for hours in (0, kept.LIFE / timedelta(hours=1)):
        clock.advance(hours)
        signed_in(parts, factor)
        with parts.database.read() as unit:
            query = select(func.count()).select_from(import_parts)
            left.append((unit.connection.scalar(query) or 0) > 0)

    assert left == [True, False]


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "a/b"],
)
def test_nobody_is_led_to_another_site(
    parts: Context, factor: SecondFactor, elsewhere: str
) -> None:
    visitor = WebClient(parts)
    visitor.post("/login", email=EMAIL, password=PASSWORD, next=elsewhere)
    visitor.get("/login/code")

    answer = visitor.post(
        "/login/code", code=totp_code(parts.database, factor.secret), next=elsewhere
    )

    assert visitor.at(answer) == "/inbox"


def test_the_cookie_is_for_this_host_only_and_hidden_from_scripts(
    visitor: WebClient, factor: SecondFactor
) -> None:
    answer = visitor.post("/login", email=EMAIL, password=PASSWORD)

    name, *marks = answer.headers["set-cookie"].split("; ")
    assert name.startswith("__Host-session=")
    assert sorted(marks) == ["HttpOnly", "Path=/", "SameSite=lax", "Secure"]


def test_every_failure_looks_the_same(
    parts: Context, factor: SecondFactor, visitor: WebClient
) -> None:
    closed = add_user(parts.database, "Iris")
    with parts.database.write() as unit:
        people.disable(unit, closed.id, by="test")

    told = [
        (answer.status_code, error_summary(answer))
        for answer in (
            visitor.post("/login", email=EMAIL, password="wrong"),
            visitor.post("/login", email="nobody@hotline.example", password=PASSWORD),
            visitor.post("/login", email="iris@hotline.example", password=PASSWORD),
            visitor.post("/login", email="", password=""),
            visitor.post("/login"),
        )
    ]

    wrong = "Something here is not right, or the account is closed. Try again."
    assert told == [(422, wrong)] * 5


def test_what_was_typed_as_password_is_not_sent_back(
    visitor: WebClient, factor: SecondFactor
) -> None:
    answer = visitor.post("/login", email=EMAIL, password="something i mistyped")

    assert f'value="{EMAIL}"' in answer.text
    assert "something i mistyped" not in answer.text


def test_too_many_tries_are_told_to_wait_and_how_long(
    visitor: WebClient, factor: SecondFactor
) -> None:
    for _ in range(10):
        visitor.post("/login", email=EMAIL, password="wrong")

    answer = visitor.post("/login", email=EMAIL, password=PASSWORD)

    assert (answer.status_code, answer.headers["retry-after"]) == (429, "901")
    assert error_summary(answer).startswith("Too many tries.")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/inbox"),
        ("GET", "/me"),
        ("POST", "/me/look"),
        ("POST", "/me/password"),
        ("GET", "/admin/users"),
        ("POST", "/admin/users"),
        ("GET", "/audit"),
        ("POST", "/audit/export"),
        ("GET", "/prove"),
        ("POST", "/stay"),
        ("POST", "/second-factor/codes"),
    ],
)
def test_no_page_opens_between_password_and_second_factor(
    visitor: WebClient, factor: SecondFactor, method: str, path: str
) -> None:
    visitor.post("/login", email=EMAIL, password=PASSWORD)
    visitor.get("/login/code")

    answer = visitor.get(path) if method == "GET" else visitor.post(path)

    assert visitor.at(answer).startswith("/login")


def test_who_has_a_second_factor_cannot_replace_it_before_using_it(
    visitor: WebClient, factor: SecondFactor
) -> None:
    visitor.post("/login", email=EMAIL, password=PASSWORD)
    visitor.get("/login/code")

    answers = [visitor.get("/second-factor"), visitor.post("/second-factor", code="1", offer="a")]

    assert [visitor.at(answer) for answer in answers] == ["/login/code"] * 2


def test_signing_out_ends_the_visit_and_clears_the_browser(
    parts: Context, factor: SecondFactor
) -> None:
    visitor = signed_in(parts, factor)
    visitor.get("/me")
    token = visitor.token

    answer = visitor.post("/logout")

    assert visitor.at(answer) == "/login"
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert visitor.token is None
    visitor.client.cookies.set("__Host-session", token or "")
    assert visitor.at(visitor.get("/me")) == "/login?next=/me"


@pytest.mark.parametrize("proof", ["", "0" * 64])
def test_a_form_without_its_own_proof_changes_nothing(
    parts: Context, factor: SecondFactor, proof: str
) -> None:
    visitor = signed_in(parts, factor)
    visitor.csrf = proof

    assert visitor.post("/logout").status_code == 403
    assert visitor.get("/me").status_code == 200


def test_after_a_quarter_of_an_hour_the_password_is_asked_again(
    parts: Context, factor: SecondFactor, clock: ManualClock
) -> None:
    visitor = signed_in(parts, factor)
    clock.advance(0.26)
    visitor.get("/me")

    refused = visitor.get("/second-factor")
    visitor.get(visitor.at(refused))
    wrong = visitor.post("/prove", password="wrong", next="/second-factor")
    right = visitor.post("/prove", password=PASSWORD, next="/second-factor")

    assert visitor.at(refused) == "/prove?next=%2Fsecond-factor"
    assert wrong.status_code == 422
    assert visitor.at(right) == "/second-factor"
    assert visitor.get("/second-factor").status_code == 200


def test_whoever_joins_sets_everything_up_in_one_go(parts: Context, visitor: WebClient) -> None:
    with parts.database.write() as unit:
        person = people.add(unit, EMAIL, "caseworker", by="test")
        token = joining.invite(unit, person.id, by="test")

    first = visitor.get(f"/join/{token}")
    second = visitor.post(f"/join/{token}", name="Zilver", password=PASSWORD)
    third = visitor.get(visitor.at(second))
    code = totp_code(parts.database, SECRET.findall(third.text)[0])
    fourth = visitor.post("/second-factor", offer=OFFER.findall(third.text)[0], code=code)

    assert f'value="{person.name}"' in first.text
    assert visitor.at(second) == "/second-factor"
    assert len(CODES.findall(fourth.text)) == 10
    assert "Zilver" in visitor.get("/me").text
    assert visitor.get(f"/join/{token}").status_code == 404


def test_a_wrong_first_code_keeps_the_same_drawing(parts: Context, visitor: WebClient) -> None:
    add_user(parts.database)
    visitor.post("/login", email=EMAIL, password=PASSWORD)
    shown = visitor.get("/second-factor")

    again = visitor.post("/second-factor", offer=OFFER.findall(shown.text)[0], code="000000")

    assert again.status_code == 422
    assert SECRET.findall(again.text) == SECRET.findall(shown.text)


def test_a_poor_choice_is_explained_and_the_link_stays_good(
    parts: Context, visitor: WebClient
) -> None:
    with parts.database.write() as unit:
        token = joining.invite(unit, None, by="test")

    poor = visitor.post(f"/join/{token}", email="a", name="Zilver", password="short")
    worse = visitor.post(
        f"/join/{token}", email="a@hotline.example", name="Zilver", password="short"
    )
    good = visitor.post(
        f"/join/{token}", email="a@hotline.example", name="Zilver", password=PASSWORD
    )

    assert (poor.status_code, error_summary(poor)) == (
        422,
        "Write the e-mail address like name@example.org.",
    )
    assert error_summary(worse) == "Use at least 15 characters. A few words do well."
    assert visitor.at(good) == "/second-factor"


def test_a_reset_link_leads_to_the_second_factor_not_past_it(
    parts: Context, factor: SecondFactor, visitor: WebClient
) -> None:
    with parts.database.write() as unit:
        person = people.find(unit, EMAIL)
        assert person is not None
        token = joining.invite(unit, person.id, by="test")

    shown = visitor.get(f"/join/{token}")
    answer = visitor.post(f"/join/{token}", password="acht groene heuvels")

    assert 'name="name"' not in shown.text
    assert visitor.at(answer) == "/login/code"


@pytest.fixture
def me(parts: Context, factor: SecondFactor) -> WebClient:
    visitor = signed_in(parts, factor)
    visitor.get("/me")
    return visitor


def account(parts: Context) -> Person:
    with parts.database.read() as unit:
        person = people.find(unit, EMAIL)
    assert person is not None
    return person


def test_language_and_keys_are_kept_with_the_person(parts: Context, me: WebClient) -> None:
    answer = me.post("/me/look", language="nl", quiet="on")

    assert me.at(answer) == "/me?said=look"
    person = account(parts)
    assert (person.language, person.has_shortcuts) == ("nl", False)
    shown = me.get("/me?said=look")
    assert 'lang="nl"' in shown.text
    assert 'data-begins-quiet="on"' in shown.text


def test_a_new_password_ends_other_visits_and_not_this_one(
    parts: Context, factor: SecondFactor, clock: ManualClock, me: WebClient
) -> None:
    clock.advance(0.02)
    other = signed_in(parts, factor)
    before = me.token

    wrong = me.post("/me/password", current="wrong", password="acht groene heuvels")
    poor = me.post("/me/password", current=PASSWORD, password="aloe aloe aloe aloe")
    done = me.post("/me/password", current=PASSWORD, password="acht groene heuvels")

    assert error_summary(wrong) == "This is not your current password."
    assert error_summary(poor).startswith("This is easy to guess.")
    assert me.at(done) == "/me?said=password"
    assert me.token != before
    assert me.get("/me").status_code == 200
    assert other.at(other.get("/me")) == "/login?next=/me"


def test_new_recovery_codes_are_shown_once(
    parts: Context, me: WebClient, factor: SecondFactor
) -> None:
    answer = me.post("/second-factor/codes")

    codes = CODES.findall(answer.text)
    assert len(set(codes) - set(factor.codes)) == 10
    assert codes[0] not in me.get("/me").text


def test_signing_out_everywhere_ends_every_visit(
    parts: Context, factor: SecondFactor, clock: ManualClock, me: WebClient
) -> None:
    clock.advance(0.02)
    other = signed_in(parts, factor)

    answer = me.post("/me/sign-out")

    assert me.at(answer) == "/login"
    assert other.at(other.get("/me")) == "/login?next=/me"


def test_who_need_not_have_a_second_factor_is_in_after_the_password(parts: Context) -> None:
    settings = parts.settings.model_copy(update={"second_factor_roles": ()})
    relaxed = Context(settings, parts.database, parts.clock, parts.workspace)
    add_user(parts.database)
    visitor = WebClient(relaxed)

    answer = visitor.post("/login", email=EMAIL, password=PASSWORD)

    assert visitor.at(answer) == "/inbox"
    assert visitor.get("/me").status_code == 200


def test_two_who_join_by_one_link_are_one_person(parts: Context) -> None:
    with parts.database.write() as unit:
        person = people.add(unit, EMAIL, "caseworker", by="test")
        token = joining.invite(unit, person.id, by="test")
        joining.accept(unit, token, Chosen(PASSWORD, "Zilver"))

    answer = WebClient(parts).post(f"/join/{token}", name="Ander", password=PASSWORD)

    assert answer.status_code == 404
