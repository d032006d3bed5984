"""What a page of figures shows of platforms and months."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from app.metrics import view_model
from app.metrics.periods import Period
from app.metrics.questions import AsOf, Viewpoint
from app.metrics.view_model import Board
from app.metrics.vocabularies import Verdict
from tests.metrics.cohorts import MONDAY, Told, cohort_of, gone

BRUSSELS = ZoneInfo("Europe/Brussels")
SPRING = Period(date(2026, 3, 1), date(2026, 6, 1))


def board(told: list[Told], *, days: int = 60, platform: str | None = None) -> Board:
    at = MONDAY + timedelta(days=days)
    view = Viewpoint(BRUSSELS, AsOf(at, at))
    return view_model.board_of(cohort_of(told), view, SPRING, platform=platform)


def test_platforms_stand_by_name_and_none_is_called_fastest() -> None:
    quick = [gone(1 + hour, platform="x") for hour in range(40)]
    slow = [gone(200 + hour, platform="tiktok") for hour in range(40)]
    few = [gone(1, platform="facebook")] * 9

    forest = view_model.forest_of(board([*quick, *slow, *few]).comparisons)

    assert [key for key, _, _ in forest.rows] == ["facebook", "tiktok", "x"]
    assert forest.those(Verdict.TOO_EARLY) == ["facebook"]
    assert (forest.those(Verdict.FASTER), forest.those(Verdict.SLOWER)) == (["x"], ["tiktok"])
    drawn = {key: mark for key, _, mark in forest.rows}
    assert drawn["facebook"] is None
    assert drawn["x"]
    assert drawn["tiktok"]
    assert drawn["tiktok"].at < 260 < drawn["x"].at


def test_a_chosen_platform_is_compared_with_all_the_others_all_the_same() -> None:
    told = [gone(1 + hour, platform=name) for hour in range(12) for name in ("x", "tiktok")]

    found = board(told, platform="x")

    assert (found.now.requests, len(found.platforms), len(found.comparisons)) == (12, 2, 2)
    curves = view_model.curves_of(found, 168)
    assert (curves.selected, [line.key for line in curves.lines]) == ("x", ["x", "tiktok"])


def test_few_requests_have_no_curve() -> None:
    told = [gone(1, platform="x")] * 12 + [gone(1, platform="tiktok")] * 9

    curves = view_model.curves_of(board(told), 168)

    assert [line.key for line in curves.lines] == ["all", "x"]
    assert curves.left_out == ["tiktok"]


def test_under_a_curve_stands_who_was_still_watched() -> None:
    told = [gone(24.0)] * 5 + [gone(72.0)] * 5 + [Told()] * 3

    found = board(told).now

    assert [found.at_risk(hours) for hours in (0, 24, 24.1, 73)] == [13, 13, 8, 3]


def test_a_month_is_told_at_the_age_of_a_week_or_not_at_all() -> None:
    march = [gone(1.0)] * 6 + [gone(200.0)] * 6
    april = [gone(1.0, since=24 * 35)] * 12

    def months(days: int) -> list[tuple[str, bool, float | None]]:
        found = board([*march, *april], days=days)
        return [
            (one.key, one.is_young, one.gone.share if one.gone else None)
            for one in view_model.by_month(found.months, SPRING, found.view)
        ]

    last_of_april = (datetime(2026, 4, 30, 22, 0, tzinfo=UTC) - MONDAY).days
    assert months(last_of_april + 6) == [("2026-03", False, 0.5), ("2026-04", True, None)]
    assert months(last_of_april + 8) == [("2026-03", False, 0.5), ("2026-04", False, 1.0)]


def test_a_month_with_few_requests_has_no_bar_and_an_empty_one_is_not_left_out() -> None:
    told = [gone(1.0)] * 9 + [gone(1.0, since=24 * 65)] * 12

    found = board(told, days=120)
    months = view_model.by_month(found.months, SPRING, found.view)

    assert [(one.key, one.numbers.requests, one.bar is None) for one in months] == [
        ("2026-03", 9, True),
        ("2026-04", 0, True),
        ("2026-05", 12, False),
    ]
