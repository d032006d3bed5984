from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.accounts import passwords
from app.kit.errors import Refused

CONTEXT = ("Fictional Hotline", "Jasmin Peeters", "j.peeters@hotline.example")
AS_SERVED = passwords._HASHING


@pytest.fixture(autouse=True)
def _passwords_at_the_real_cost(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "_HASHING", AS_SERVED)
    yield
    passwords._nobodys.cache_clear()  # what nobody has is compared at the least cost again


@pytest.mark.parametrize(
    ("story", "password", "code"),
    [
        ("one character short", "veertien teken", "password_too_short"),
        ("one character long", "gras wolk " * 12 + "123456789", "password_too_long"),
        ("said twice", "passwordpassword", "easy_to_guess"),
        ("with signs between", "Password-Password!", "easy_to_guess"),
        ("a row of keys", "azertyuiopqsdfgh", "easy_to_guess"),
        ("a row of digits", "123456789012345", "easy_to_guess"),
        ("one letter", "a" * 40, "easy_to_guess"),
        ("the famous four", "correct horse battery staple", "easy_to_guess"),
        ("the product", "Takedown Tracker 2026", "easy_to_guess"),
        ("the house", "Fictional Hotline 1!", "easy_to_guess"),
        ("oneself", "jasmin.peeters.2026", "easy_to_guess"),
    ],
)
def test_a_poor_password_is_refused(story: str, password: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        passwords.check(password, CONTEXT)

    assert refused.value.code == code
    assert refused.value.faults[0].pointer == "/password"
    assert password not in str(refused.value)


@pytest.mark.parametrize(
    ("story", "password"),
    [
        ("words", "zeven grijze wolken"),
        ("only signs", "!?#%&*()+-=/|~^_{}"),
        ("other scripts", "ключ от старого дома"),
        ("spaces at the ends", "  drie natte laarzen  "),
        ("a context word among others", "hotline onder zeven grijze wolken"),
        ("as long as may be", "zeven grijze wolken ".ljust(128, "x")),
    ],
)
def test_every_character_and_any_composition_is_allowed(story: str, password: str) -> None:
    passwords.check(password, CONTEXT)

    assert passwords.matches(password, passwords.kept(password))


def test_a_password_is_kept_as_argon2id_with_19_mib_two_passes_one_lane() -> None:
    first, second = (passwords.kept("zeven grijze wolken") for _ in range(2))

    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.text(min_size=1, max_size=140))
def test_only_the_very_same_characters_match(other: str) -> None:
    password = "zeven grijze wolken"

    assert passwords.matches(other, KEPT) == (other == password)


# At the least cost: whatever it took to keep, the same is compared.
KEPT = PasswordHash((Argon2Hasher(memory_cost=8, time_cost=1, parallelism=1),)).hash(
    "zeven grijze wolken"
)


@pytest.mark.parametrize(
    "other", ["Zeven grijze wolken", "zeven grijze wolken ", " zeven grijze wolken", ""]
)
def test_case_and_spaces_count(other: str) -> None:
    assert not passwords.matches(other, KEPT)


def test_a_longer_password_than_any_is_wrong_also_when_it_begins_right() -> None:
    longest = "zeven grijze wolken ".ljust(128, "x")

    assert not passwords.matches(longest + "x", passwords.kept(longest))


def test_nothing_matches_where_there_is_no_password() -> None:
    assert not passwords.matches("no account has this password", None)
