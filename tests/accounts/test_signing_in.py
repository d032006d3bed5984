from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.accounts import audit, people, second_factor, sessions, signing_in
from app.accounts.audit import Wanted
from app.accounts.models import attempts
from app.accounts.sessions import Session
from app.accounts.signing_in import NotSignedIn, Step, TooManyTries
from app.kit.database import Database
from tests.factories import ManualClock
from tests.users import (
    EVERY_ROLE,
    PASSWORD,
    add_second_factor,
    add_user,
    repeat_failed_attempts,
    totp_code,
)

HOME, ELSEWHERE = "192.0.2.7", "198.51.100.7"
EMAIL = "aloe@hotline.example"


def tried(
    database: Database,
    email: str = EMAIL,
    password: str = PASSWORD,
    address: str = HOME,
    roles: tuple[str, ...] = EVERY_ROLE,
) -> Step:
    return signing_in.by_password(
        database, email, password, network_address=address, second_factor_roles=roles
    )


def failed(database: Database, times: int, address: str = HOME, email: str = EMAIL) -> None:
    for _ in range(times):
        with pytest.raises(NotSignedIn):
            tried(database, email, "not the password", address)


def visit(database: Database, token: str) -> Session | None:
    with database.read() as unit:
        return sessions.find(unit, token)


def told(database: Database) -> list[tuple[str, str, object]]:
    with database.read() as unit:
        entries = audit.page(unit, Wanted(), before=None, limit=99)
    return [
        (entry.by, entry.action, entry.detail.get("proved_by", entry.detail.get("step")))
        for entry in reversed(entries)
        if entry.action.startswith("sign")
    ]


def failures(database: Database) -> int:
    with database.read() as unit:
        return unit.connection.scalar(select(func.count()).select_from(attempts)) or 0


@pytest.mark.parametrize(
    ("story", "has_factor", "roles", "is_complete"),
    [
        ("has one, must have one", True, EVERY_ROLE, False),
        ("has one, need not", True, (), False),
        ("has none, must have one", False, EVERY_ROLE, False),
        ("has none, need not", False, ("manager", "admin"), True),
    ],
)
def test_the_password_alone_is_enough_only_without_a_second_factor(
    database: Database, story: str, has_factor: bool, roles: tuple[str, ...], is_complete: bool
) -> None:
    person = add_user(database)
    if has_factor:
        add_second_factor(database, person)

    step = tried(database, roles=roles)

    found = visit(database, step.token)
    assert found is not None
    assert (step.is_complete, found.is_complete, found.person) == (is_complete, is_complete, person)


def test_password_then_code_sign_in_under_a_new_token(
    database: Database, clock: ManualClock
) -> None:
    factor = add_second_factor(database, add_user(database))
    clock.advance(0.1)
    first = tried(database, "  ALOE@hotline.example ")

    second = signing_in.by_code(
        database, first.token, totp_code(database, factor.secret), network_address=HOME
    )

    assert visit(database, first.token) is None
    found = visit(database, second.token)
    assert found is not None
    assert found.is_complete
    assert told(database) == [("Aloe", "signed_in", "app")]
    assert failures(database) == 0


def test_a_recovery_code_signs_in_in_place_of_the_app(database: Database) -> None:
    factor = add_second_factor(database, add_user(database))

    step = signing_in.by_code(
        database, tried(database).token, factor.codes[0].lower(), network_address=HOME
    )

    assert step.is_complete
    assert told(database) == [("Aloe", "signed_in", "recovery_code")]


@pytest.mark.parametrize(
    ("story", "email", "password", "who"),
    [
        ("wrong password", EMAIL, "not the password", "Aloe"),
        ("nobody", "nobody@hotline.example", PASSWORD, "unknown"),
        ("not even an address", "\x00", "", "unknown"),
        ("disabled", "iris@hotline.example", PASSWORD, "Iris"),
        ("not joined", "lotus@hotline.example", "no account has this password", "Lotus"),
    ],
)
def test_every_failure_gets_the_same_answer_and_is_recorded(
    database: Database, story: str, email: str, password: str, who: str
) -> None:
    add_user(database)
    with database.write() as unit:
        people.add(unit, "lotus@hotline.example", "caseworker", by="test", name="Lotus")
    disabled = add_user(database, "Iris")
    with database.write() as unit:
        people.disable(unit, disabled.id, by="test")

    with pytest.raises(NotSignedIn) as refused:
        tried(database, email, password)

    assert str(refused.value) == str(NotSignedIn())
    assert told(database) == [(who, "sign_in_failed", "password")]
    assert failures(database) == 1


def test_wrong_used_and_foreign_codes_get_that_answer_too(
    database: Database, clock: ManualClock
) -> None:
    factor = add_second_factor(database, add_user(database))
    other = add_second_factor(database, add_user(database, "Iris"))
    token = tried(database).token
    codes = ("", "000000", totp_code(database, factor.secret), other.codes[0], "x" * 1000)

    for code in codes:
        with pytest.raises(NotSignedIn) as refused:
            signing_in.by_code(database, token, code, network_address=HOME)
        assert str(refused.value) == str(NotSignedIn())

    assert told(database) == [("Aloe", "sign_in_failed", "code")] * len(codes)


@pytest.mark.parametrize("story", ["unknown", "complete already", "too late", "disabled since"])
def test_a_code_completes_only_a_visit_that_waits_for_it(
    database: Database, clock: ManualClock, story: str
) -> None:
    person = add_user(database)
    factor = add_second_factor(database, person)
    token = tried(database).token
    match story:
        case "unknown":
            token = "A" * 43
        case "complete already":
            token = signing_in.by_code(database, token, factor.codes[0], network_address=HOME).token
        case "too late":
            clock.advance(0.5)
        case _:
            with database.write() as unit:
                people.disable(unit, person.id, by="test")

    with pytest.raises(NotSignedIn):
        signing_in.by_code(database, token, factor.codes[1], network_address=HOME)

    with database.read() as unit:
        left = second_factor.codes_left(unit, person.id)
    assert left == (9 if story == "complete already" else 10)


@pytest.mark.parametrize("email", [EMAIL, "nobody@hotline.example"])
def test_after_ten_failures_nothing_is_looked_at_for_a_quarter_of_an_hour(
    database: Database, clock: ManualClock, email: str
) -> None:
    add_user(database)
    failed(database, 4, email=email)
    clock.advance(0.1)
    failed(database, 6, email=email)

    for _ in range(5):
        with pytest.raises(TooManyTries) as refused:
            tried(database, email)
    assert (refused.value.seconds, failures(database)) == (15 * 60 - 6 * 60 + 1, 10)

    clock.advance(0.151)
    failed(database, 4, email=email)
    with pytest.raises(TooManyTries):
        tried(database, email)


def test_wrong_codes_count_like_wrong_passwords(database: Database) -> None:
    factor = add_second_factor(database, add_user(database))
    failed(database, 3)
    token = tried(database).token
    for _ in range(7):
        with pytest.raises(NotSignedIn):
            signing_in.by_code(database, token, "000000", network_address=HOME)

    with pytest.raises(TooManyTries):
        signing_in.by_code(database, token, factor.codes[0], network_address=HOME)
    with pytest.raises(TooManyTries):
        tried(database)


def test_the_right_password_does_not_buy_more_codes(database: Database) -> None:
    add_second_factor(database, add_user(database))

    for _ in range(10):
        with pytest.raises(NotSignedIn):
            signing_in.by_code(database, tried(database).token, "000000", network_address=HOME)

    with pytest.raises(TooManyTries):
        tried(database)


def test_a_stranger_elsewhere_does_not_lock_the_owner_out(
    database: Database, clock: ManualClock
) -> None:
    factor = add_second_factor(database, add_user(database))
    clock.advance(0.1)
    failed(database, 10, ELSEWHERE)
    for _ in range(50):
        with pytest.raises(TooManyTries):
            tried(database, address=ELSEWHERE)

    step = signing_in.by_code(
        database, tried(database).token, totp_code(database, factor.secret), network_address=HOME
    )

    assert step.is_complete


def test_neighbours_in_one_ipv6_network_are_one_address(database: Database) -> None:
    add_user(database)
    for number in range(10):
        failed(database, 1, f"2001:db8:1:2::{number}")

    with pytest.raises(TooManyTries):
        tried(database, address="2001:db8:1:2:ffff::1")
    assert not tried(database, address="2001:db8:1:3::1").is_complete


def test_after_a_hundred_in_a_row_from_anywhere_the_account_rests(
    database: Database, clock: ManualClock
) -> None:
    add_user(database)
    failed(database, 1)
    repeat_failed_attempts(database, 98)
    clock.advance(24)
    failed(database, 1)

    with pytest.raises(TooManyTries):
        tried(database)


def test_signing_in_begins_the_count_anew(database: Database) -> None:
    add_user(database)
    failed(database, 9)
    tried(database, roles=())

    failed(database, 9)

    assert tried(database, roles=()).is_complete


def test_it_gives_a_stranger_elsewhere_no_more_tries(
    database: Database, clock: ManualClock
) -> None:
    add_user(database)
    failed(database, 10, ELSEWHERE)

    assert tried(database, roles=()).is_complete

    with pytest.raises(TooManyTries):
        tried(database, address=ELSEWHERE)
    clock.advance(0.26)
    assert tried(database, address=ELSEWHERE, roles=()).is_complete


def test_many_tries_at_once_are_not_more_tries(database: Database) -> None:
    add_user(database)

    def guess(number: int) -> type[Exception]:
        try:
            tried(database, password=f"guess {number}")
        except (NotSignedIn, TooManyTries) as refused:
            return type(refused)
        raise AssertionError

    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(guess, range(30)))

    assert (answers.count(NotSignedIn), answers.count(TooManyTries)) == (10, 20)


@pytest.mark.parametrize("kind", ["app", "recovery code"])
def test_of_many_who_sign_in_with_one_code_at_once_one_does(
    database: Database, clock: ManualClock, kind: str
) -> None:
    factor = add_second_factor(database, add_user(database))
    clock.advance(0.1)
    tokens = [tried(database).token for _ in range(6)]
    code = totp_code(database, factor.secret) if kind == "app" else factor.codes[0]

    def sign_in(token: str) -> bool:
        try:
            return signing_in.by_code(database, token, code, network_address=HOME).is_complete
        except NotSignedIn:
            return False

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(sign_in, tokens)) == 1


def test_the_password_proves_a_visit_again(database: Database, clock: ManualClock) -> None:
    add_user(database)
    token = tried(database, roles=()).token
    clock.advance(0.4)

    signing_in.again(database, token, PASSWORD, network_address=HOME)

    found = visit(database, token)
    assert found is not None
    assert found.is_proved
    assert failures(database) == 0


def test_a_wrong_proof_is_a_failure_and_proves_nothing(
    database: Database, clock: ManualClock
) -> None:
    add_user(database)
    token = tried(database, roles=()).token
    clock.advance(0.4)

    for _ in range(10):
        with pytest.raises(NotSignedIn):
            signing_in.again(database, token, "not the password", network_address=HOME)
    with pytest.raises(TooManyTries):
        signing_in.again(database, token, PASSWORD, network_address=HOME)

    found = visit(database, token)
    assert found is not None
    assert not found.is_proved


def test_signing_out_ends_the_visit_and_is_recorded(database: Database) -> None:
    person = add_user(database)
    token = tried(database, roles=()).token

    with database.write() as unit:
        signing_in.out(unit, token, person)

    assert visit(database, token) is None
    assert [action for _, action, _ in told(database)] == ["signed_in", "signed_out"]


def test_old_failures_are_forgotten(database: Database, clock: ManualClock) -> None:
    add_user(database)
    failed(database, 3)
    clock.advance(24 * 91)
    failed(database, 1)

    assert failures(database) == 1
