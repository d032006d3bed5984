"""What an administrator types that cannot be: told at its field, and nothing is kept of it."""

from datetime import date

import pytest

from app.parts import Context
from app.takedowns import bases
from tests.web.asking import Visitor, complaint

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
INSTAGRAM = "/admin/platforms/instagram"
NO_DAY = "Choose a day from 1990 to 2199, written like 2026-03-02."
NO_HOURS = "Write whole hours, from 1 to 2160, or leave it empty."
NO_LINE = "Write it on one line, without signs that cannot be seen."


@pytest.fixture
def admin(parts: Context) -> Visitor:
    return Visitor.inside(parts, "admin")


@pytest.mark.parametrize(
    "hours", ["9" * 5000, "0", "-1", "2161", "1e3", "24.0", "\u0663", "\u00b2"]
)
def test_hours_are_whole_ones_of_at_most_a_quarter(admin: Visitor, hours: str) -> None:
    answer = admin.post(f"{INSTAGRAM}/targets", receipt_hours=hours)

    assert (answer.status_code, complaint(answer)) == (422, NO_HOURS)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("", "Choose a day."),
        ("0001-01-01", NO_DAY),
        ("9999-12-31", NO_DAY),
        ("2026-W10-1", NO_DAY),
        ("20260101", NO_DAY),
        ("2026-02-30", NO_DAY),
    ],
)
def test_a_basis_begins_on_a_day_that_can_be(
    parts: Context, admin: Visitor, day: str, said: str
) -> None:
    answer = admin.post(f"{INSTAGRAM}/bases", basis="article_22", decision="D-1", **{"from": day})

    assert (answer.status_code, complaint(answer)) == (422, said)
    with parts.database.read() as unit:
        assert bases.of_platform(unit, "instagram") == []


def test_a_button_pressed_twice_records_a_basis_once(parts: Context, admin: Visitor) -> None:
    told = {"basis": "article_22", "decision": "D-1", "from": "2026-02-01"}

    answers = [admin.post(f"{INSTAGRAM}/bases", **told) for _ in range(2)]

    assert {admin.at(answer) for answer in answers} == {f"{INSTAGRAM}?said=basis"}
    with parts.database.read() as unit:
        [held] = bases.of_platform(unit, "instagram")
    assert (held.basis, held.held_from) == ("article_22", date(2026, 2, 1))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("two\nlines", NO_LINE),
        ("a bell\x07", NO_LINE),
        ("n" * 201, "This is too long."),
        ("  ", "Fill this in."),
    ],
)
def test_a_name_is_one_line(parts: Context, admin: Visitor, name: str, said: str) -> None:
    organisation = admin.post("/admin/organisation", name=name, email="us@hotline.example")
    token = admin.post("/admin/clients", name=name, scope="metrics:read")

    assert [(one.status_code, complaint(one)) for one in (organisation, token)] == [(422, said)] * 2
    assert parts.desk.organisation.name == "Fictional Hotline"
