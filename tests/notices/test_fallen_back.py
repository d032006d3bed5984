"""Which drafts a lost status takes Article 22 from, and which never had it."""

from datetime import timedelta

import pytest

from app.context import Context
from app.notices import fallen_back
from app.schemas.vocabularies import StatusChange, StatusState
from app.takedowns import bases
from app.takedowns.basis_choice import Basis
from app.takedowns.flagger_status import Change
from tests.api.factories import POST_URL, UNKNOWN_URL, VIDEO_URL, logged, submitted
from tests.api_client import ApiClient
from tests.factories import ManualClock

DAY = timedelta(days=1)


def record(parts: Context, *changes: Change) -> None:
    with parts.database.write() as unit:
        for change in changes:
            bases.record_change(unit, change, by="test")


def fell_back(parts: Context) -> list[str]:
    with parts.database.read() as unit:
        found = fallen_back.today(unit, parts.workspace_in(unit))
    return [row.reference for row in found.drafts]


@pytest.mark.parametrize("lost", [StatusChange.SUSPENDED, StatusChange.REVOKED])
def test_drafts_of_before_and_after_fall_back_and_what_went_out_does_not(
    api: ApiClient, parts: Context, clock: ManualClock, lost: StatusChange
) -> None:
    today = clock().date()
    record(parts, Change(StatusChange.AWARDED, today - DAY, "Coordinator"))
    before = logged(api)["reference"]
    submitted(api)
    assert fell_back(parts) == []

    record(parts, Change(lost, today))
    after = logged(api)["reference"]

    assert fell_back(parts) == [before, after]


def test_an_award_that_ended_counts_as_lost(
    api: ApiClient, parts: Context, clock: ManualClock
) -> None:
    today = clock().date()
    record(parts, Change(StatusChange.AWARDED, today - 9 * DAY, "Coordinator", until=today))

    draft = logged(api)["reference"]

    assert fell_back(parts) == [draft]
    with parts.database.read() as unit:
        found = fallen_back.today(unit, parts.workspace_in(unit))
    assert found.standing.state == StatusState.ENDED


def test_what_the_award_never_covered_does_not_fall_back(
    api: ApiClient, parts: Context, clock: ManualClock
) -> None:
    today = clock().date()
    award = Change(
        StatusChange.AWARDED, today, "Coordinator", categories=("csam_ai",), exceptions=("tiktok",)
    )
    record(parts, award, Change(StatusChange.SUSPENDED, today))
    with parts.database.write() as unit:
        bases.record(unit, Basis("other", "article_16", today, "", ()))
    covered = logged(api, urls=[POST_URL])["reference"]
    logged(api, urls=[VIDEO_URL])  # a platform that does not honour it
    logged(api, category="grooming")  # outside its area
    logged(api, category="nudify_promotion")  # against the platform's own rules only
    logged(api, urls=[UNKNOWN_URL], platform="other", provider="Example")  # an exception of ours

    assert fell_back(parts) == [covered]


def test_without_any_award_nothing_falls_back(api: ApiClient, parts: Context) -> None:
    logged(api)

    assert fell_back(parts) == []
