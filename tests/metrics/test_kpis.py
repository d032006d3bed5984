"""What a number is compared with, and when the difference is called clear."""

from datetime import UTC, datetime, timedelta

from app.metrics.inclusion_rules import CohortItem, CohortTakedown
from app.metrics.kpis import SPECS, Kpi, group_of, row_of
from app.metrics.questions import Member

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
AS_OF = MONDAY + timedelta(days=60)


def gone_after(hours: float) -> Member:
    gone_at = MONDAY + timedelta(hours=hours)
    item = CohortItem(1, "gone", gone_at, None, gone_at, gone_at, False)
    takedown = CohortTakedown("TD-7K3M9Q", MONDAY, None, gone_at, None, 2.0, True, False, (item,))
    return Member("x", "X", "csam", "article_16", "2026-03", takedown)


def kpi(key: str, hours: range, before: range) -> Kpi:
    found = row_of(
        group_of([gone_after(hour) for hour in hours], AS_OF),
        group_of([gone_after(hour) for hour in before], AS_OF),
    )
    return next(one for one in found if one.spec.key == key)


def test_intervals_that_lie_apart_are_a_clear_difference() -> None:
    apart = kpi("time-to-gone", range(1, 41), range(100, 140))
    close = kpi("time-to-gone", range(1, 41), range(3, 43))

    assert (apart.can_differ, apart.differs) == (True, True)
    assert (close.can_differ, close.differs) == (True, False)


def test_a_number_without_an_interval_never_differs_clearly() -> None:
    ours = kpi("our-time", range(1, 41), range(100, 140))
    few = kpi("time-to-gone", range(1, 41), range(100, 105))

    assert (ours.now.value, ours.can_differ, ours.differs) == (2.0, False, False)
    assert (few.before_small, few.can_differ, few.differs) == (True, False, False)


def test_without_a_before_nothing_is_compared() -> None:
    found = row_of(group_of([gone_after(1)], AS_OF))

    assert [one.spec for one in found] == list(SPECS)
    assert {(one.before, one.can_differ, one.differs) for one in found} == {(None, False, False)}
