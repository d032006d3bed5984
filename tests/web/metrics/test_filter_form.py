"""Whatever an address asks of the figures: a sentence that helps, and never a failure."""

import pytest

from app.context import Context
from app.metrics.figure_tables import TABLES
from tests.web.web_client import WebClient, error_summary

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
NO_DAY = "Choose a day from 1990 to 2199, written like 2026-03-02."
BACKWARDS = "The last day comes before the first one. Choose a later one."
NO_MOMENT = "Write date and time, like 2026-03-02 09:00."


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("from=0001-01-01", NO_DAY),
        ("until=9999-12-31", NO_DAY),
        ("compare_from=0001-01-01", NO_DAY),
        ("until=2026-02-30", NO_DAY),
        ("from=yesterday", NO_DAY),
        ("from=2026-03-02&until=2026-03-01", BACKWARDS),
        ("compare_from=2026-03-02&compare_until=2026-03-01", BACKWARDS),
        ("as_of=0001-01-01T00:00", NO_MOMENT),
        ("as_of=9999-12-31T23:59:59-14:00", NO_MOMENT),
        ("as_of=2199-12-31T23:59", "This moment has not come yet. Correct it."),
        ("urgent=perhaps", "Choose one of the options."),
        ("scale=1e9", "Choose one of the options."),
        ("compare=sideways", "Choose one of the options."),
        ("platform=" + "a" * 500, "Some signs in it are not allowed here."),
    ],
)
def test_what_does_not_fit_is_named_and_what_was_typed_stays(
    parts: Context, query: str, said: str
) -> None:
    answer = WebClient.signed_in(parts, "manager").get(f"/metrics?{query}&basis=article_22")

    assert (answer.status_code, error_summary(answer)) == (422, said)
    assert '<option value="article_22" selected>' in answer.text


@pytest.mark.parametrize(
    "query",
    [
        "from=2030-01-01",
        "until=1990-01-01",
        "from=1990-01-01&until=2199-12-31",
        "from=2199-12-31&until=2199-12-31&compare=year_before",
        "from=1990-01-01&until=1990-12-31&compare=year_before",
        "from=2024-02-29&until=2024-02-29&compare=year_before",
        "period=this_year&platform=nobody_knows&category=nobody_knows",
        "without=instagram&platform=instagram",
    ],
)
def test_days_without_anything_in_them_are_an_answer_too(parts: Context, query: str) -> None:
    visitor = WebClient.signed_in(parts, "manager")

    found = {
        path: visitor.get(f"{path}?{query}").status_code
        for path in ("/metrics", "/platforms", "/platforms/x", "/platforms/x/sheet")
    }
    sheets = [visitor.get(f"/metrics.csv?table={table}&{query}").status_code for table in TABLES]

    assert {*found.values(), *sheets} == {200}


def test_what_is_asked_for_can_be_seen_in_the_filters(parts: Context) -> None:
    page = (
        WebClient.signed_in(parts, "manager")
        .get("/metrics?platform=taken_away&category=also&urgent=false")
        .text
    )

    for code in ("taken_away", "also", "false"):
        assert f'<option value="{code}" selected>' in page


@pytest.mark.parametrize("number", ["9" * 30, "0", "-1", "abc"])
def test_a_number_that_names_nobody_is_no_failure(parts: Context, number: str) -> None:
    visitor = WebClient.signed_in(parts, "admin")

    asked = visitor.get(f"/admin/users/{number}").status_code
    told = visitor.post(f"/admin/users/{number}", act="disable").status_code
    revoked = visitor.post(f"/admin/clients/{number}/revoke").status_code

    assert {asked, told, revoked} <= {404, 422}
