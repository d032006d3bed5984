import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit import personal_data
from app.kit.personal_data import Finding

BLOCKED = Finding("national_number", blocking=True)
WARNED = Finding("national_number")
PHONE = Finding("phone")
MAIL = Finding("email_address")
BIRTH = Finding("birth_date")


# The national numbers are documentation examples, not persons.
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", ()),
        ("The account was reported to us three times.", ()),
        ("85.07.30-033.28", (BLOCKED,)),
        ("17.07.30-033.84", (BLOCKED,)),
        ("85.07.30 - 033.28", (BLOCKED,)),
        ("85.07.30\u2013033.28", (BLOCKED,)),
        ("85\u00a007\u00a030\u00a0033\u202f28", (BLOCKED,)),
        ("rijksregisternummer 85073003328", (BLOCKED,)),
        ("85073003328 (INSZ)", (BLOCKED,)),
        ("numéro national: 85073003328", (BLOCKED,)),
        ("85073003328", (WARNED,)),
        ("85.07.30-033.29", ()),
        ("85.13.30-033.28", ()),
        ("id 7285073003328", ()),
        ("post 1547730387950766", ()),
        ("call 0470 12 34 56", (PHONE,)),
        ("0470/12.34.56", (PHONE,)),
        ("+32 (0)470 12 34 56", (PHONE,)),
        ("0032 470 12 34 56", (PHONE,)),
        ("02 123 45 67", (PHONE,)),
        ("+33 6 12 34 56 78", (PHONE,)),
        ("call 112 or 116000", ()),
        ("seen on 2026-11-22 at 14:05", ()),
        ("write to someone@example.org", (MAIL,)),
        ("the handle @someone", ()),
        ("born on 12/03/2010", (BIRTH,)),
        ("geboren op 12 maart 2010", (BIRTH,)),
        ("née le 1er mars 2010", (BIRTH,)),
        ("date de naissance : 2010-03-12", (BIRTH,)),
        ("posted on 12/03/2026", ()),
        ("https://example.org/85.07.30-033.28/0470123456", ()),
        ("0470 12 34 56 and someone@example.org", (PHONE, MAIL)),
    ],
)
def test_personal_data_is_found_by_kind(text: str, found: tuple[Finding, ...]) -> None:
    assert personal_data.scan(text) == found


def test_our_own_address_is_no_finding() -> None:
    text = "Answer to hotline@example.org"

    assert personal_data.scan(text, but=("hotline@example.org",)) == ()


@given(
    st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.integers(1, 997), st.booleans()
)
def test_every_punctuated_national_number_is_held_back(
    year: int, month: int, day: int, serial: int, born_from_2000: bool
) -> None:
    body = f"{year:02}{month:02}{day:02}{serial:03}"
    check = 97 - int(("2" if born_from_2000 else "") + body) % 97
    number = f"{year:02}.{month:02}.{day:02}-{serial:03}.{check:02}"

    assert BLOCKED in personal_data.scan(f"The number is {number}, we were told.")
