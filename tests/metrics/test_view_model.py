"""What is said of platforms beside each other."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.metrics import view_model
from app.metrics.inclusion_rules import CohortItem, CohortTakedown
from app.metrics.periods import Period
from app.metrics.questions import AsOf, Member, Scope

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AS_OF = AsOf(MONDAY + timedelta(days=60), MONDAY + timedelta(days=60))


def sides(*members: Member) -> view_model.Sides:
    scope = Scope(ZoneInfo("Europe/Brussels"), AS_OF, Period(None, None))
    return view_model.side_by_side(view_model.board_of(list(members), scope))


def member(platform: str, hours: float | None) -> Member:
    gone_at = None if hours is None else MONDAY + timedelta(hours=hours)
    state = "waiting" if gone_at is None else "gone"
    item = CohortItem(1, state, gone_at, None, gone_at, gone_at, False)
    takedown = CohortTakedown("TD-7K3M9Q", MONDAY, None, gone_at, None, 2.0, True, False, (item,))
    return Member(platform, "X", "csam", "article_16", "2026-03", takedown)


def test_a_platform_where_half_are_never_gone_is_slower_than_any_that_has_a_median() -> None:
    quick = [member("x", hour) for hour in range(1, 21)]
    slow = [member("tiktok", 90 + hour) for hour in range(1, 21)]
    never = [member("discord", 200 if hour < 3 else None) for hour in range(12)]
    few = [member("facebook", None) for _ in range(9)]

    found = sides(*slow, *never, *quick, *few)

    assert [key for key, _, _ in found.rows] == ["x", "tiktok", "discord", "facebook"]
    assert found.first
    assert found.last
    assert (found.first[0], found.last[0], found.are_apart) == ("x", "discord", True)


def test_the_fastest_and_the_slowest_are_told_apart_by_their_intervals() -> None:
    quick = [member("x", hour) for hour in range(1, 21)]
    slow = [member("tiktok", 90 + hour) for hour in range(1, 21)]
    alike = [member("tiktok", 2 + hour) for hour in range(1, 21)]

    assert sides(*quick, *slow).are_apart
    assert not sides(*quick, *alike).are_apart


def test_of_a_single_large_platform_none_is_fastest() -> None:
    found = sides(*(member("x", 1) for _ in range(12)), *(member("tiktok", 1) for _ in range(9)))

    assert (found.first, found.last, found.are_apart) == (None, None, False)
