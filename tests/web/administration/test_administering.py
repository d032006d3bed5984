"""What an administrator types that cannot be: told at its field, and nothing is kept of it."""

import html
import re
from datetime import date

import pytest

from app.accounts import access
from app.context import Context
from app.metrics import cohort_reading
from app.reports import making
from app.takedowns import bases
from tests.factories import ManualClock
from tests.reports.frozen import begun
from tests.web.web_client import WebClient, error_summary

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
INSTAGRAM = "/admin/platforms/instagram"
NO_DAY = "Choose a day from 1990 to 2199, written like 2026-03-02."
NO_HOURS = "Write whole hours, from 1 to 2160, or leave it empty."
NO_LINE = "Write it on one line, without signs that cannot be seen."


@pytest.fixture
def admin(parts: Context) -> WebClient:
    return WebClient.signed_in(parts, "admin")


@pytest.mark.parametrize(
    "hours", ["9" * 5000, "0", "-1", "2161", "1e3", "24.0", "\u0663", "\u00b2"]
)
def test_hours_are_whole_ones_of_at_most_a_quarter(admin: WebClient, hours: str) -> None:
    answer = admin.post(f"{INSTAGRAM}/targets", receipt_hours=hours)

    assert (answer.status_code, error_summary(answer)) == (422, NO_HOURS)


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
    parts: Context, admin: WebClient, day: str, said: str
) -> None:
    answer = admin.post(f"{INSTAGRAM}/bases", basis="article_22", decision="D-1", **{"from": day})

    assert (answer.status_code, error_summary(answer)) == (422, said)
    with parts.database.read() as unit:
        assert bases.of_platform(unit, "instagram") == []


def test_a_button_pressed_twice_records_a_basis_once(parts: Context, admin: WebClient) -> None:
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
def test_a_name_is_one_line(parts: Context, admin: WebClient, name: str, said: str) -> None:
    organisation = admin.post("/admin/organisation", name=name, email="us@hotline.example")
    token = admin.post("/admin/clients", name=name, scope="metrics:read")

    assert [(one.status_code, error_summary(one)) for one in (organisation, token)] == [
        (422, said)
    ] * 2
    assert parts.workspace.organisation.name == "Fictional Hotline"


TOKEN_SHOWN = re.compile(r'id="token">(tdk_[^<]+)<')


def is_taken(admin: WebClient, token: str) -> bool:
    headers = {"Authorization": f"Bearer {token}"}
    return bool(admin.client.get("/api/v1/takedowns", headers=headers).status_code == 200)


def test_a_token_works_through_its_last_day(
    parts: Context, admin: WebClient, clock: ManualClock
) -> None:
    told = {"name": "guest", "scope": "takedowns:read", "expires": "2026-03-03"}
    [token] = TOKEN_SHOWN.findall(admin.post("/admin/clients", **told).text)

    assert is_taken(admin, token)
    assert "In force until 4 Mar 2026 00:00" in words_of(admin.get("/admin/clients").text)
    clock.advance(40)
    fresh = WebClient.signed_in(parts, "admin")
    assert not is_taken(fresh, token)
    assert "Expired" in words_of(fresh.get("/admin/clients").text)


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-03-01", "Choose a day that is still to come."), ("soon", NO_DAY)],
)
def test_a_token_ends_on_a_day_that_is_still_to_come(
    parts: Context, admin: WebClient, day: str, said: str
) -> None:
    told = {"name": "guest", "scope": "takedowns:read", "expires": day}
    answer = admin.post("/admin/clients", **told)

    assert (answer.status_code, error_summary(answer)) == (422, said)
    assert f'value="{day}"' in answer.text
    with parts.database.read() as unit:
        assert access.everything(unit) == []


def test_a_token_is_rotated_while_the_one_before_works_on(
    parts: Context, admin: WebClient, clock: ManualClock
) -> None:
    told = {"name": "case system", "scope": "takedowns:read"}
    [old] = TOKEN_SHOWN.findall(admin.post("/admin/clients", **told).text)
    [new] = TOKEN_SHOWN.findall(admin.post("/admin/clients/1/rotate", **{"hours-1": "48"}).text)

    assert (is_taken(admin, old), is_taken(admin, new)) == (True, True)
    page = words_of(admin.get("/admin/clients").text)
    assert "The one before works until 4 Mar 2026 10:00" in page
    assert "The one before: 2 Mar 2026 10:00" in page
    assert new not in page
    clock.advance(48)
    later = WebClient(parts)
    assert (is_taken(later, old), is_taken(later, new)) == (False, True)


@pytest.mark.parametrize("hours", ["0", "2161", "soon"])
def test_a_token_before_works_on_for_whole_hours(admin: WebClient, hours: str) -> None:
    admin.post("/admin/clients", name="case system", scope="takedowns:read")
    answer = admin.post("/admin/clients/1/rotate", **{"hours-1": hours})

    assert (answer.status_code, error_summary(answer)) == (422, NO_HOURS)
    assert f'id="hours-1" name="hours-1" type="text" value="{hours}"' in answer.text


def test_no_link_is_built_from_the_name_a_caller_gives_this_server(admin: WebClient) -> None:
    admin.client.headers["Host"] = "evil.example"
    told = {"email": "new@hotline.example", "role": "caseworker"}

    answers = [admin.post("/admin/users", **told), admin.get("/admin/users"), admin.get("/login")]

    assert re.search(r"http://127\.0\.0\.1:\d+/join/", answers[0].text)
    for answer in answers:
        assert "evil.example" not in answer.text + str(answer.headers)


def words_of(page: str) -> str:
    """What a page says, without its marks and with single spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("licence", ["CC BY 4.0", ""])
def test_a_licence_is_that_of_every_report_from_then_on(
    parts: Context, admin: WebClient, licence: str
) -> None:
    told = {"name": "A Hotline", "email": "us@hotline.example", "licence": licence}

    answer = admin.post("/admin/organisation", **told)

    assert answer.status_code == 303
    report = begun(parts.database)
    with parts.database.read() as unit:
        as_of = cohort_reading.latest(parts.database)
        made = making.make(unit, parts.workspace_in(unit), report, as_of=as_of)
    assert made.document.licence == licence


@pytest.mark.parametrize("field", ["name", "licence"])
def test_no_telephone_number_stands_in_what_reports_print(admin: WebClient, field: str) -> None:
    told = {"name": "Hotline.example", "email": "us@hotline.example", "licence": "CC BY 4.0"}

    answer = admin.post("/admin/organisation", **told | {field: "Us, 0475 12 34 56"})

    assert answer.status_code == 422
    assert "Write the name alone" in answer.text


def test_a_licence_is_told_by_its_name(admin: WebClient) -> None:
    told = {"name": "A Hotline", "email": "us@hotline.example"}

    answer = admin.post("/admin/organisation", **told, licence="https://licence.example/by/4.0")

    assert answer.status_code == 422
    assert error_summary(answer) == "Write a name, without any web or e-mail address."
