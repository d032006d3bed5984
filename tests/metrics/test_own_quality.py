"""How well our own notices were, by provider and quarter; of few none is said."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.metrics import own_quality
from app.metrics.cohort import Cohort
from app.metrics.own_quality import MEASURES, Passed, Threshold
from app.metrics.periods import Period, quarters_within
from app.metrics.questions import AsOf, Viewpoint
from app.schemas.vocabularies import ReturnedAs, Standing
from tests.metrics.cohorts import LATER, MONDAY, Line, Told, cohort_of

ZONE = ZoneInfo("Europe/Brussels")
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
VIEW = Viewpoint(ZONE, AsOf(NOW, NOW))
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
DAY = 24.0


def notices(provider: str, how_many: int, since: float = 0, **columns: Any) -> list[Told]:
    told = {"provider": provider} | columns
    return [Told(platform=provider, since=since, columns=told) for _ in range(how_many)]


def refused(provider: str, how_many: int) -> list[Told]:
    line = Line(Standing.REFUSED, 5)
    return [
        Told((line,), platform=provider, columns={"provider": provider}) for _ in range(how_many)
    ]


def cohort(*told: Told, returned: tuple[ReturnedAs, ...] = ()) -> Cohort:
    return replace(cohort_of(told), ever_returned=frozenset(returned))


def passed(asked: Cohort, percent: int, cases: int) -> list[Passed]:
    return own_quality.passed(asked, Threshold(percent, cases), zone=ZONE, until=LATER)


def test_quarters_are_cut_to_the_period() -> None:
    assert quarters_within(Period(date(2025, 11, 4), date(2026, 4, 2))) == [
        Period(date(2025, 11, 4), date(2026, 1, 1)),
        Period(date(2026, 1, 1), date(2026, 4, 1)),
        Period(date(2026, 4, 1), date(2026, 4, 2)),
    ]
    assert quarters_within(Period(None, date(2026, 1, 1))) == []


def test_each_providers_notices_stand_by_quarter_and_add_up() -> None:
    told = [
        *notices("Meta", 9), *notices("Meta", 3, since=40 * DAY, information_asked=True),
        *refused("X", 2),
    ]  # fmt: skip

    found = own_quality.by_provider(cohort(*told), YEAR, VIEW)

    assert MONDAY.date() == date(2026, 3, 2)
    assert list(found) == ["Meta", "X"]  # most notices first
    first, second, whole = found["Meta"]
    assert [one.numbers.requests for one in found["Meta"]] == [9, 3, 12]
    assert (first.days.from_day, second.days.from_day, whole.days) == (
        date(2026, 1, 1), date(2026, 4, 1), YEAR,
    )  # fmt: skip
    assert (second.cases("information_asked"), second.share("information_asked")) == (3, None)
    assert (whole.cases("information_asked"), whole.share("information_asked")) == (3, 0.25)
    assert [one.cases("notices_refused") for one in found["X"]] == [2, 2]


def test_what_was_never_recorded_is_not_zero() -> None:
    [*_, whole] = own_quality.lines_of(cohort(*notices("Meta", 12)), YEAR, VIEW)

    assert [whole.cases(figure) for figure in MEASURES] == [0, 0, None, None, 0]
    assert whole.share("duplicates") is None


@pytest.mark.parametrize(
    ("percent", "cases", "is_told"),
    [(25, 3, True), (25, 4, False), (26, 3, False), (1, 1, True), (100, 1, False)],
)
def test_a_share_is_told_from_the_percentage_and_the_number_on(
    percent: int, cases: int, *, is_told: bool
) -> None:
    asked = cohort(*notices("Meta", 9), *refused("Meta", 3), *notices("X", 12))

    wanted = [Passed("Meta", "notices_refused", 3, 12)] if is_told else []
    assert passed(asked, percent, cases) == wanted


def test_of_fewer_than_ten_notices_nothing_is_told() -> None:
    assert passed(cohort(*refused("Meta", 9)), 1, 1) == []
    assert passed(cohort(*refused("Meta", 10)), 1, 1) == [Passed("Meta", "notices_refused", 10, 10)]


def test_each_thing_that_may_be_wrong_is_watched() -> None:
    asked = cohort(
        *notices("Meta", 7),
        *notices("Meta", 1, information_asked=True),
        *notices("Meta", 1, wrong_channel=True),
        *notices("Meta", 1, duplicate=True),
        *refused("Meta", 1),
        Told((Line(Standing.WITHDRAWN, 5),), platform="Meta", columns={"provider": "Meta"}),
        returned=(ReturnedAs.WRONG_CHANNEL, ReturnedAs.DUPLICATE),
    )

    assert [one.figure for one in passed(asked, 5, 1)] == list(MEASURES)


def test_the_last_three_months_are_watched_today_included() -> None:
    assert own_quality.watched(VIEW) == Period(date(2026, 2, 1), date(2026, 5, 2))
