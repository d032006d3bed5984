"""A manager is led through a report: what is found, where it is corrected, and what is kept."""

import re

import pytest

from app.accounts import people
from app.context import Context
from app.kit.errors import NoSuchThing
from app.reports import drafts
from app.reports.report import LONGEST_TEXT, Report
from app.web.shell import unsent_forms
from app.web.shell.forms import Form
from tests.api_client import ApiClient
from tests.databases import Story, nothing
from tests.sample_record import facts, populate, submit
from tests.web.reports import manager as at_work
from tests.web.reports.manager import YEAR, begin, hidden, links, seen, words, write, write_all
from tests.web.web_client import WebClient, error_summary

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
REPORT = "/reports/1"


@pytest.fixture
def manager(parts: Context) -> WebClient:
    return WebClient.signed_in(parts, "manager")


@pytest.fixture
def past(request: pytest.FixtureRequest) -> Story:
    return populate if "record" in request.fixturenames else nothing


@pytest.fixture
def record(told: list[str]) -> list[str]:
    """Takedowns in every stage."""
    return told


def stored(parts: Context) -> Report:
    with parts.database.read() as unit:
        return drafts.report(unit, 1)


def logged(api: ApiClient, url: str) -> str:
    return str(api.post("/takedowns", facts("C-9", url))["reference"])


def test_a_report_is_begun_once_however_often_it_is_asked_for(
    parts: Context, manager: WebClient
) -> None:
    empty = words(manager.get("/reports"))

    answers = [manager.post("/reports", kind="hotline", span="2026-Q1", language="nl")
               for _ in range(2)]  # fmt: skip

    assert "No report yet." in empty
    assert [manager.at(one) for one in answers] == [
        f"{REPORT}?said=report_begun", f"{REPORT}?said=report_there",
    ]  # fmt: skip
    assert (stored(parts).kind, stored(parts).languages) == ("hotline", ("nl",))
    name = stored(parts).created_by
    assert f"Hotline counts by quarter Q1 2026 Draft 2 Mar 2026 10:00 by {name}" in words(
        manager.get("/reports"), "reports"
    )


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"kind": "yearly"}, "Choose one of the options."),
        ({"language": ""}, "Choose at least one."),
        ({"from": "", "until": "", "span": "soon"}, "Choose the days of the report."),
        ({"until": ""}, "Choose a day."),
        ({"from": "1.1.2026"}, "Choose a day from 1990 to 2199, written like 2026-03-02."),
        ({"until": "2025-12-31"}, "The last day comes before the first one. Choose a later one."),
    ],
)
def test_what_cannot_be_begun_is_named_and_stays_in_the_form(
    parts: Context, manager: WebClient, told: dict[str, str], said: str
) -> None:
    asked = {"kind": "article_22", "language": "en", **YEAR, **told}

    answer = manager.post("/reports", **asked)

    assert (answer.status_code, error_summary(answer)) == (422, said)
    assert all(f'value="{asked[name]}"' in answer.text for name in ("from", "until"))
    with pytest.raises(NoSuchThing):
        stored(parts)


def test_a_caseworker_is_refused_in_the_frame_of_the_pages(
    parts: Context, manager: WebClient
) -> None:
    begin(manager)

    answers = [WebClient.signed_in(parts).get(path) for path in ("/reports", REPORT)]

    assert [(one.status_code, "Your role does not include this." in one.text, "<main" in one.text)
            for one in answers] == [(403, True, True)] * 2  # fmt: skip


def test_steps_are_done_one_by_one_up_to_the_freeze(record: list[str], manager: WebClient) -> None:
    report = begin(manager)
    told = [words(manager.get(report), "progress")]

    for act in (
        lambda: write_all(manager, report),
        lambda: at_work.confirm_cells(manager, report),
        lambda: manager.post(
            f"{report}/figures", **seen(manager.get(f"{report}/figures")),
            reports_received="120", judged_illegal="9", passed_to_police="0",
        ),
        lambda: at_work.freeze(manager, report),
    ):  # fmt: skip
        act()
        told.append(words(manager.get(report), "progress"))

    assert [one.partition(" steps")[0] for one in told] == [
        "0 of 5", "1 of 5", "2 of 5", "3 of 5", "5 of 5",
    ]  # fmt: skip
    assert told[-1].endswith("Version 1 frozen on 4 Mar 2026")


def test_each_finding_says_where_it_is_corrected(
    api: ApiClient, record: list[str], manager: WebClient
) -> None:
    report = begin(manager)
    told = {"platform": "other", "recipient": "abuse@one.example"}
    body = facts("C-9", "https://one.example/a", **told)
    unnamed = api.post("/takedowns", body)["reference"]
    submit(api, unnamed, no_ticket=True)
    write(manager, report, "funding", "See https://one.example/donors, or call 0470 12 34 56.")

    page = manager.get(report)

    found = words(page, "findings")
    assert re.search(r"\d+ notices? names? no provider", found)
    assert "The days of this report are not over" in found
    assert links(page, f"{report}/texts/funding#") == [
        (f"{report}/texts/funding#text-en", "Sources of funds, English")
    ] * 2  # fmt: skip
    [(rows, _)] = links(page, rf"{report}/rows\?check=incomplete_row")
    assert f"/takedowns/{unnamed}" in manager.get(rows).text


def test_every_number_opens_as_many_requests_as_it_counts(
    record: list[str], manager: WebClient
) -> None:
    for kind in ("article_22", "hotline", "campaign"):
        report = begin(manager, kind)
        cells = [
            (address, int(said))
            for address, said in links(manager.get(f"{report}/preview"), rf"{report}/rows\?table=")
        ]

        for address, count in cells[:: max(len(cells) // 12, 1)]:
            answer = manager.get(address)
            listed = answer.text.count('data-testid="request-row"')
            assert (answer.status_code, f"({count})" in answer.text) == (200, True), address
            assert listed == count or "items" in address or "cases" in address
        assert len(cells) > 10


def test_cells_of_one_are_confirmed_as_they_were_shown(
    parts: Context, api: ApiClient, record: list[str], manager: WebClient
) -> None:
    report = begin(manager)
    shown = hidden(manager, report)
    submit(api, logged(api, "https://x.com/zz/status/17900000"), no_ticket=True)

    late = manager.post(f"{report}/cells", seen=shown)
    kept_of_late = stored(parts).confirmed
    answer = at_work.confirm_cells(manager, report)

    assert (late.status_code, kept_of_late) == (409, {})
    assert manager.at(answer) == f"{report}?said=report_cells"
    name = stored(parts).confirmed_by
    assert words(manager.get(report), "confirmed").startswith(f"{name} confirmed 4 Mar 2026")


@pytest.mark.parametrize(
    ("path", "row"),
    [
        ("rows", ""), ("rows?table=article_22.action", ""),
        ("rows?table=nothing&row=total&column=total", ""),
        ("rows?table=article_22.action&row=removed&column=total", ""),
        ("rows?table=article_22.action&row=removed&column=items&version=1", ""),
        ("rows?table=article_22.action&row=removed&column=items&as_of=2099-01-01T00:00:00Z", ""),
        ("rows?check=nothing", ""), ("texts/weather", ""), ("versions/1", ""),
        ("versions/1/en/pdf", ""), ("versions/1/xx/csv", ""), ("versions/1/tables", ""),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_not_to_be(manager: WebClient, path: str, row: str) -> None:
    assert manager.get(f"{begin(manager)}/{path}").status_code == 404


def test_a_providers_name_comes_into_no_address(record: list[str], manager: WebClient) -> None:
    page = manager.get(f"{begin(manager)}/preview")

    assert "Meta Platforms" in page.text
    assert [one for one, _ in links(page, "/") if "Meta" in one] == []


def test_two_people_can_write_two_texts_and_neither_loses_words_of_the_same(
    parts: Context, manager: WebClient
) -> None:
    report = begin(manager)
    admin = WebClient.signed_in(parts, "admin")
    page = f"{report}/texts/training"
    shown = seen(manager.get(page))
    write(admin, report, "funding", "Half of it by the state.")
    beside = manager.post(page, **shown, **{"text-en": "Twice a year."})

    write(admin, report, "training", "Every month.")
    late = manager.post(page, **shown, **{"text-en": "Once a year."})

    assert manager.at(beside) == f"{report}?said=saved"
    assert late.status_code == 409
    assert stored(parts).texts["training"] == {"en": "Every month."}
    with parts.database.read() as unit:
        name = next(one.person.name for one in people.everyone(unit) if one.person.role == "admin")
    assert words(late, "conflict").startswith(f"{name} changed this report 2 Mar 2026 10:00")
    assert ">Once a year.</textarea>" in late.text
    assert "Every month." in words(late)
    again = manager.post(page, **seen(late), **{"text-en": "Once a year."})
    assert manager.at(again) == f"{report}?said=saved"


def test_a_language_that_was_not_touched_takes_over_what_somebody_else_wrote(
    parts: Context, manager: WebClient
) -> None:
    begin(manager)
    manager.post(f"{REPORT}/languages", language=["en", "nl"])
    page = f"{REPORT}/texts/training"
    shown = seen(manager.get(page))
    told = {"text-en": "Twice a year.", "text-nl": ""}
    manager.post(page, **shown, **told)

    late = manager.post(page, **shown, **{"text-en": "", "text-nl": "Twee keer per jaar."})

    assert manager.at(late) == f"{REPORT}?said=saved"
    kept = {str(heading): said for heading, said in stored(parts).texts.items()}
    assert kept["training"] == {"en": "Twice a year.", "nl": "Twee keer per jaar."}


def test_last_times_text_stands_beside_with_what_changed(manager: WebClient) -> None:
    first = begin(manager, until="2026-01-31")
    write(manager, first, "governance", "A board of nine decides.")
    second = begin(manager, **{"from": "2026-02-01"})

    same = words(manager.get(f"{second}/texts/governance"))
    write(manager, second, "governance", "A board of ten decides.")
    changed = words(manager.get(f"{second}/texts/governance"), "changes-en")

    assert "A board of nine decides." in same
    assert "The text is the same as then." in same
    assert changed.endswith("A board of [removed: nine] [inserted: ten] decides.")


def test_a_text_that_is_too_long_is_refused_and_kept_in_the_form(
    parts: Context, manager: WebClient
) -> None:
    report = begin(manager)
    text = "a" * (LONGEST_TEXT + 1)

    answer = write(manager, report, "training", text)

    assert (answer.status_code, error_summary(answer)) == (422, "This is too long.")
    assert f">{text}</textarea>" in answer.text
    assert "training" not in stored(parts).texts


@pytest.mark.parametrize("typed", ["12,5", "-1", "many", "1 200", "1234567890"])
def test_a_figure_is_a_whole_number_or_nothing(
    parts: Context, manager: WebClient, typed: str
) -> None:
    page = f"{begin(manager)}/figures"

    answer = manager.post(page, **seen(manager.get(page)), reports_received=typed)

    said = "Write a whole number, or leave it empty."
    assert (answer.status_code, error_summary(answer)) == (422, said)
    assert f'value="{typed}"' in answer.text
    assert stored(parts).figures == {}


def test_figures_that_somebody_else_entered_are_not_written_over(
    parts: Context, manager: WebClient
) -> None:
    page = f"{begin(manager)}/figures"
    shown = seen(manager.get(page))
    manager.post(page, **shown, reports_received="7")

    late = manager.post(page, **shown, reports_received="8")
    beside = manager.post(page, **shown, passed_to_police="2")

    assert late.status_code == 409
    assert "Kept now: 7" in words(late)
    assert 'value="8"' in late.text
    assert manager.at(beside) == "/reports/1?said=saved"
    kept = {str(figure): count for figure, count in stored(parts).figures.items()}
    assert (kept["reports_received"], kept["passed_to_police"]) == (7, 2)


def test_a_report_has_a_language(parts: Context, manager: WebClient) -> None:
    report = begin(manager)

    none = manager.post(f"{report}/languages")
    answer = manager.post(f"{report}/languages", language="nl")

    assert (none.status_code, error_summary(none)) == (422, "Choose at least one.")
    assert manager.at(answer) == f"{report}?said=saved"
    assert stored(parts).languages == ("nl",)


def test_a_text_that_came_too_late_is_shown_again_and_not_kept(
    parts: Context, manager: WebClient
) -> None:
    page = f"{begin(manager)}/texts/training"
    form = Form((*seen(manager.get(page)).items(), ("text-en", "Twice a year.")))

    answer = manager.post(page, unsent=unsent_forms.sealed(parts.database, page, form))

    assert answer.status_code == 422
    assert error_summary(answer).startswith("Your session had ended before this was sent.")
    assert ">Twice a year.</textarea>" in answer.text
    assert stored(parts).texts == {}


def test_what_was_typed_outlives_the_session(parts: Context, manager: WebClient) -> None:
    page = f"{begin(manager)}/texts/training"
    manager.client.cookies.clear()

    answer = manager.post(page, **{"text-en": "Twice a year."})

    assert answer.headers["location"] == f"/login/kept?next={page}"


def test_metrics_and_the_report_of_the_same_days_lead_to_each_other(
    parts: Context, manager: WebClient
) -> None:
    report = begin(manager)
    days = "from=2026-01-01&until=2026-12-31"

    metrics = manager.get(f"/metrics?{days}")
    [(address, _)] = links(metrics, "/reports\\?")

    assert links(manager.get(report), "/metrics\\?") == [
        (f"/metrics?{days}", "Metrics of these days")
    ]
    assert address == f"/reports?{days}"
    assert 'id="until" name="until" type="date" value="2026-12-31"' in manager.get(address).text
    assert links(WebClient.signed_in(parts).get(f"/metrics?{days}"), "/reports") == []
