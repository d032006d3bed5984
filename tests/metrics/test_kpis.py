"""The key figures: what each rests on, and what it is set beside."""

import pytest

from app.metrics.figures import FIGURES
from app.metrics.kpis import GROUPS, SPECS, Kind, Kpi, in_groups, row_of
from app.schemas.vocabularies import Standing
from tests.metrics.cohorts import Line, Told, gone, slice_of


def kpi(key: str, now: list[Told], before: list[Told] | None = None) -> Kpi:
    row = row_of(slice_of(now), None if before is None else slice_of(before))
    return next(one for one in row if one.spec.key == key)


def test_every_key_figure_counts_figures_that_open_their_rows() -> None:
    named = {name for spec in SPECS for name in (spec.hits, spec.whole, spec.running) if name}

    assert named <= FIGURES.keys()
    assert all((spec.running is None) == (spec.kind == Kind.SHARE) for spec in SPECS)
    assert in_groups(row_of(slice_of([gone(1)]))).keys() == GROUPS.keys()


def test_an_estimate_tells_what_was_counted_so_far() -> None:
    found = kpi("time-to-gone", [*(gone(hour + 1) for hour in range(20)), *[Told()] * 10])

    assert (found.now.value, found.now.small, found.now.takedowns) == (15, False, 30)
    assert [found.counts[f"gone_{name}"] for name in ("events", "n", "censored")] == [20, 30, 10]


def test_of_few_requests_only_counts_are_told_whatever_the_others_have() -> None:
    many_items = Told([Line(Standing.GONE, 2.0)] * 5)
    nine_due = [many_items] * 9 + [gone(1, since=59.5 * 24)]

    of_all, by_target = kpi("gone-24h", nine_due), kpi("gone-by-target", nine_due)

    assert (of_all.now.small, of_all.now.takedowns) == (False, 10)
    assert (by_target.now.small, by_target.now.value, by_target.now.takedowns) == (True, None, 9)


def test_a_refusal_in_an_hour_is_an_answer_and_no_removal() -> None:
    refused = [Told([Line(Standing.REFUSED, 1.0)])] * 12

    assert kpi("gone-by-target", refused).now.value == 0
    assert kpi("answered-by-target", refused).now.value == 1


def test_a_difference_is_clear_only_by_its_own_interval() -> None:
    quick = [gone(1 + hour) for hour in range(40)]
    slow = [gone(100 + hour) for hour in range(40)]
    close = [gone(3 + hour) for hour in range(40)]

    apart, alike = kpi("gone-24h", quick, slow), kpi("gone-24h", quick, close)

    assert apart.difference
    assert alike.difference
    assert apart.difference.value == pytest.approx(0.6)
    assert alike.difference.value == pytest.approx(0.05)
    assert (apart.difference.is_clear, alike.difference.is_clear) == (True, False)


def test_medians_stand_beside_each_other_without_a_verdict() -> None:
    found = kpi("time-to-gone", [gone(1)] * 40, [gone(100)] * 40)

    assert found.before
    assert (found.before.value, found.difference) == (100, None)


def test_of_few_before_no_difference_is_told() -> None:
    found = kpi("gone-24h", [gone(1)] * 40, [gone(100)] * 9)

    assert found.before
    assert (found.before.small, found.before.value, found.difference) == (True, None, None)


def test_what_came_back_depends_on_age_and_is_never_compared() -> None:
    assert kpi("came-back", [gone(1)] * 12, [gone(1)] * 12).before is None
