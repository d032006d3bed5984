from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts import second_factor, sessions
from app.accounts.models import recovery_codes, users
from app.kit.database import Database
from app.kit.errors import Refused
from tests.factories import START, ManualClock
from tests.users import add_second_factor, add_user, totp_code

# RFC 6238 appendix B, SHA-1, the last six of eight digits.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC_CODES = {59: "287082", 1111111109: "081804", 1111111111: "050471", 2000000000: "279037"}


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES.items())
def test_codes_are_those_of_the_rfc(seconds: int, code: str) -> None:
    now = START.fromtimestamp(seconds, START.tzinfo)

    assert second_factor.matching_step(RFC_SECRET, code, now, last_step=None) == seconds // 30


@given(st.integers(-5, 5), st.integers(0, 29))
def test_a_code_fits_one_step_before_or_after_now(steps: int, second: int) -> None:
    now = START.replace(second=second)
    code = pyotp.TOTP(RFC_SECRET).at(now, counter_offset=steps)
    present = int(now.timestamp()) // 30

    found = second_factor.matching_step(RFC_SECRET, code, now, last_step=None)

    assert found == (present + steps if abs(steps) <= 1 else None)


@given(st.integers(-1, 1), st.integers(-2, 2))
def test_a_code_not_later_than_the_last_one_used_is_wrong(steps: int, last: int) -> None:
    present = int(START.timestamp()) // 30
    code = pyotp.TOTP(RFC_SECRET).at(START, counter_offset=steps)

    found = second_factor.matching_step(RFC_SECRET, code, START, last_step=present + last)

    assert found == (present + steps if steps > last else None)


def test_a_code_works_once(database: Database, clock: ManualClock) -> None:
    person = add_user(database)
    factor = add_second_factor(database, person)
    clock.advance(0.1)
    code = totp_code(database, factor.secret)

    with database.write() as unit:
        used = [second_factor.use(unit, person.id, text) for text in (code, code)]

    assert used == ["app", None]


def test_the_code_that_set_it_up_does_not_sign_in(database: Database) -> None:
    person = add_user(database)
    factor = add_second_factor(database, person)

    with database.write() as unit:
        assert second_factor.use(unit, person.id, totp_code(database, factor.secret)) is None


@pytest.mark.parametrize("kind", ["app", "recovery_code"])
def test_of_many_who_use_a_code_at_once_one_succeeds(
    database: Database, clock: ManualClock, kind: str
) -> None:
    person = add_user(database)
    factor = add_second_factor(database, person)
    clock.advance(0.1)
    code = totp_code(database, factor.secret) if kind == "app" else factor.codes[0]

    def use(_: int) -> str | None:
        with database.write() as unit:
            return second_factor.use(unit, person.id, code)

    with ThreadPoolExecutor(8) as pool:
        used = list(pool.map(use, range(8)))

    assert [found for found in used if found] == [kind]


def test_a_recovery_code_works_once_in_any_spelling(database: Database) -> None:
    person = add_user(database)
    first, second, *_ = add_second_factor(database, person).codes
    spellings = (first, first, second.lower().replace("-", " "), "2222-2222-2222", "")

    with database.write() as unit:
        used = [second_factor.use(unit, person.id, spelling) for spelling in spellings]
        left = second_factor.codes_left(unit, person.id)

    assert used == ["recovery_code", None, "recovery_code", None, None]
    assert left == 8


def test_a_recovery_code_is_its_owners_only(database: Database) -> None:
    person, other = add_user(database), add_user(database, "Iris")
    codes = add_second_factor(database, person).codes
    add_second_factor(database, other)

    with database.write() as unit:
        assert second_factor.use(unit, other.id, codes[0]) is None


def test_new_recovery_codes_end_the_old_ones(database: Database) -> None:
    person = add_user(database)
    old = add_second_factor(database, person).codes

    with database.write() as unit:
        new = second_factor.renew_codes(unit, person)
        used = [second_factor.use(unit, person.id, code) for code in (old[0], new[0])]

    assert used == [None, "recovery_code"]
    assert len(set(new)) == second_factor.RECOVERY_CODES


def test_nothing_is_stored_until_a_code_proves_the_app(database: Database) -> None:
    person = add_user(database)
    with database.write() as unit:
        offer = second_factor.offer(unit, person)
        with pytest.raises(Refused) as refused:
            second_factor.confirm(unit, person, offer.sealed, code="000000")
        assert not second_factor.is_set(unit, person.id)
    assert refused.value.code == "wrong_code"


@pytest.mark.parametrize("sealed", ["", "é", "AAAA", "somebody else's"])
def test_only_what_was_offered_to_this_person_can_be_confirmed(
    database: Database, sealed: str
) -> None:
    person, other = add_user(database), add_user(database, "Iris")
    with database.write() as unit:
        theirs = second_factor.offer(unit, other)
        code = totp_code(database, theirs.secret)
        sealed = theirs.sealed if sealed == "somebody else's" else sealed
        with pytest.raises(Refused) as refused:
            second_factor.confirm(unit, person, sealed, code=code)
    assert refused.value.code == "bad_offer"


def test_the_offer_is_what_an_app_reads(database: Database) -> None:
    person = add_user(database)

    with database.read() as unit:
        offer = second_factor.offer(unit, person)

    assert offer.uri == (
        f"otpauth://totp/Takedown%20Tracker:aloe%40hotline.example?secret={offer.secret}"
        "&issuer=Takedown%20Tracker"
    )
    assert len(offer.secret) == 32


def test_neither_secret_nor_recovery_codes_lie_readable(database: Database) -> None:
    person = add_user(database)
    factor = add_second_factor(database, person)

    with database.read() as unit:
        kept = unit.connection.scalar(select(users.c.totp)) or b""
        digests = unit.connection.scalars(select(recovery_codes.c.digest)).all()

    assert factor.secret.encode() not in kept
    assert [code for code in factor.codes for kept in digests if code.encode() in kept] == []


@pytest.mark.parametrize("change", ["another", "dropped"])
def test_another_second_factor_ends_every_visit(database: Database, change: str) -> None:
    person = add_user(database)
    add_second_factor(database, person)
    with database.write() as unit:
        token = sessions.begin(unit, person.id, is_complete=True)

    if change == "another":
        add_second_factor(database, person)
    else:
        with database.write() as unit:
            second_factor.drop(unit, person, "test")

    with database.read() as unit:
        assert sessions.find(unit, token) is None
        assert second_factor.is_set(unit, person.id) == (change == "another")
        assert second_factor.codes_left(unit, person.id) == (10 if change == "another" else 0)


@pytest.mark.parametrize("back_hours", [0.01, 1, 24, 2 * 365 * 24])
def test_a_used_code_stays_used_whatever_the_clock_does(
    database: Database, clock: ManualClock, back_hours: float
) -> None:
    """Used again when the clock shows the very moment of its first use."""
    person = add_user(database)
    factor = add_second_factor(database, person)
    clock.advance(1)
    code = totp_code(database, factor.secret)
    with database.write() as unit:
        assert second_factor.use(unit, person.id, code) == "app"
    clock.advance(back_hours)
    with database.write() as unit:
        second_factor.use(unit, person.id, totp_code(database, factor.secret))
    clock.advance(-back_hours)

    with database.write() as unit:
        assert second_factor.use(unit, person.id, code) is None


@pytest.mark.parametrize(("ahead_hours", "is_in"), [(1, False), (2 * 365 * 24, True)])
def test_a_code_used_while_the_clock_ran_years_ahead_keeps_nobody_out(
    database: Database, clock: ManualClock, ahead_hours: float, is_in: bool
) -> None:
    """After an hour no code of before is taken; after years any is that was not used."""
    person = add_user(database)
    factor = add_second_factor(database, person)
    clock.advance(ahead_hours)
    with database.write() as unit:
        assert second_factor.use(unit, person.id, totp_code(database, factor.secret)) == "app"
    clock.advance(-ahead_hours + 0.1)

    codes = [totp_code(database, factor.secret)] * 2
    with database.write() as unit:
        used = [second_factor.use(unit, person.id, code) for code in codes]

    assert used == ["app" if is_in else None, None]
