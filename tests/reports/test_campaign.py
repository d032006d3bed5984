"""The count of the campaign: a child reported to five platforms is one case."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from app.context import Context
from app.metrics import cohort_reading
from app.metrics.questions import AsOf
from app.reports.document import Document
from app.reports.vocabularies import ReportKind
from tests.api.factories import logged
from tests.api_client import ApiClient
from tests.factories import EIGHT_LINKS, ManualClock
from tests.reports.test_as_of import made

pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)
INSTAGRAM, TIKTOK, X, FACEBOOK = EIGHT_LINKS[:4]
MARCH = date(2026, 3, 1), date(2026, 4, 1)


def counted(parts: Context, as_of: AsOf | None = None) -> Document:
    latest = as_of or cohort_reading.latest(parts.database)
    return made(parts, latest, *MARCH, ReportKind.CAMPAIGN)


def three(document: Document, how: str, row: str, column: str) -> list[int]:
    names = ("cases", "requests", "items")
    return [document.table(f"deepnude_{how}.{name}").value(row, column) for name in names]


def deepnude(api: ApiClient, case_ref: str, *urls: str, **facts: Any) -> str:
    told = {"category": "csam_ai"} | facts
    return str(logged(api, case_ref=case_ref, urls=list(urls), **told)["reference"])


def test_a_child_on_four_platforms_is_one_case(api: ApiClient, parts: Context) -> None:
    for url in EIGHT_LINKS[:4]:
        deepnude(api, "CASE-A", url)
    deepnude(api, "CASE-B", INSTAGRAM, "https://www.instagram.com/p/C7aB2cD3eF5/")

    found = counted(parts)

    assert three(found, "yes", "minor", "no") == [2, 5, 6]
    platforms = found.table("deepnude_yes.platform")
    assert [platforms.value("instagram", one) for one in platforms.columns] == [2, 2, 3]
    assert [platforms.value("total", one) for one in platforms.columns] == [2, 5, 6]


def test_a_case_is_sextortion_by_any_of_its_requests(
    api: ApiClient, parts: Context, clock: ManualClock
) -> None:
    march, clock.now = clock.now, datetime(2026, 2, 20, 12, tzinfo=UTC)
    logged(api, case_ref="CASE-A", category="sexual_extortion_minor", urls=[TIKTOK])
    clock.now = march
    deepnude(api, "CASE-A", INSTAGRAM)
    deepnude(api, "CASE-B", X)
    deepnude(api, "CASE-C", FACEBOOK, category="ncii_adult", ai_generated="yes")
    logged(api, case_ref="CASE-C", category="ncii_adult", urls=[TIKTOK], sexual_extortion=True)

    found = counted(parts)

    assert three(found, "yes", "minor", "yes") == [1, 1, 1]
    assert three(found, "yes", "minor", "no") == [1, 1, 1]
    assert three(found, "yes", "adult", "yes") == [1, 1, 1]
    assert three(found, "yes", "total", "total") == [3, 3, 3]


def test_the_case_is_linked_as_it_was_at_the_moment(
    api: ApiClient, parts: Context, clock: ManualClock
) -> None:
    deepnude(api, "CASE-A", INSTAGRAM)
    other = deepnude(api, "CASE-A", TIKTOK, category="sexual_extortion_minor")
    then = cohort_reading.latest(parts.database)
    clock.advance(1)
    answer = api.request(
        "PATCH", f"/takedowns/{other}", {"case_ref": "CASE-Z"}, **{"If-Match": "*"}
    )
    assert answer.status_code == 200

    now = cohort_reading.latest(parts.database)

    assert three(counted(parts, now.at(then.moment)), "yes", "minor", "yes") == [1, 1, 1]
    assert three(counted(parts, now), "yes", "minor", "yes") == [0, 0, 0]
    assert three(counted(parts, now), "yes", "minor", "no") == [1, 1, 1]


def test_what_is_only_suspected_stands_apart(api: ApiClient, parts: Context) -> None:
    deepnude(api, "CASE-A", INSTAGRAM, category="csam", ai_generated="suspected")
    deepnude(api, "CASE-A", TIKTOK, category="csam", ai_generated="yes")
    deepnude(api, "CASE-B", X, category="csam", ai_generated="unknown")
    deepnude(api, "CASE-C", FACEBOOK, category="grooming", ai_generated="yes")

    found = counted(parts)

    assert three(found, "yes", "total", "total") == [1, 1, 1]
    assert three(found, "suspected", "total", "total") == [1, 1, 1]


def test_apps_are_counted_by_kind_of_link_and_platform(api: ApiClient, parts: Context) -> None:
    for number, url in enumerate(
        (
            "https://www.facebook.com/ads/library/?id=17",
            FACEBOOK,
            "https://apps.apple.com/be/app/id7",
        )
    ):
        logged(api, case_ref=f"CASE-{number}", category="nudify_promotion", urls=[url])

    found = counted(parts).table("promotion")

    assert found.rows[:6] == ("ad", "advertiser", "app", "bot", "search_result", "short")
    assert found.value("ad", "facebook") == found.value("app", "apple_app_store") == 1
    assert [found.value(row, "total") for row in ("ad", "app", "short", "site", "total")] == [
        1, 1, 1, 0, 3,
    ]  # fmt: skip
