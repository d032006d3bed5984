"""What the curve means: examples worked by hand, R's numbers, exact arithmetic, and coverage."""

import importlib
import json
from collections.abc import Iterator
from fractions import Fraction
from math import exp, inf, log, sqrt
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.kit.settings import ROOT
from app.metrics.incidence import (
    Estimate,
    Incidence,
    cumulative_incidence,
    cumulative_incidences,
    quantile_of,
)
from app.metrics.influence import Ending, Observations, influence_of, risk_sets
from app.metrics.intervals import Interval, Z, wilson
from app.metrics.variance import Takedowns, variance_by_item, variance_by_request

Row = tuple[float, Ending, int]

ENDINGS = {"gone": Ending.EVENT, "refused": Ending.COMPETING, "open": Ending.CENSORED}
VECTORS = json.loads((ROOT / "tests" / "data" / "survival_vectors.json").read_text("utf-8"))
COUNTS = ("n", "requests", "events", "competing", "censored", "follow_up_hours")
KINDS = {"gone": Ending.EVENT, "competing": Ending.COMPETING, "censored": Ending.CENSORED}


def told(story: str) -> Observations:
    """Observations from words: "gone 2 + open 4, gone 3" is one request of two items, and one."""
    rows: list[Row] = []
    for request, items in enumerate(story.split(", ")):
        for item in items.split(" + "):
            ending, hours = item.split()
            rows.append((float(hours), ENDINGS[ending], request))
    return Observations.of(rows)


def curve_of(story: str) -> Incidence:
    return cumulative_incidence(told(story))


def watched(*endings: Ending, apart: bool = False) -> st.SearchStrategy[list[Row]]:
    """Rows with many ties and few requests, or with neither."""
    times = st.integers(1, 10_000 if apart else 12).map(float)
    requests = st.integers(0, 10_000 if apart else 6)
    one = st.tuples(times, st.sampled_from(endings or tuple(Ending)), requests)
    unique = (lambda row: row[0], lambda row: row[2]) if apart else None
    return st.lists(one, max_size=20, unique_by=unique)


def shares(curve: Incidence) -> list[tuple[float, float]]:
    return list(zip(curve.steps.hours.tolist(), curve.steps.share.tolist(), strict=True))


def near(value: Any) -> Any:
    """Equal but for the rounding of floats."""
    return pytest.approx(value, abs=1e-9)


# Worked by hand


def test_open_ones_count_as_at_risk_until_they_leave() -> None:
    curve = curve_of("gone 2, gone 4, gone 4, open 4, gone 6, open 9")

    assert shares(curve) == [
        (2.0, near(1 / 6)),
        (4.0, near(1 - 5 / 6 * 3 / 5)),  # two of five; the open one of hour 4 is among the five
        (6.0, near(1 - 5 / 6 * 3 / 5 * 1 / 2)),
    ]
    greenwood = [5 / 216, 1 / 24, 1 / 24]
    assert curve.steps.variance == near(np.array(greenwood) * 6 / 5)
    assert (curve.quantile(0.5), curve.quantile(0.9)) == (4.0, None)
    assert (curve.n, curve.events, curve.competing, curve.censored) == (6, 4, 0, 2)


def test_a_refusal_takes_an_item_out_for_good() -> None:
    """1 - Kaplan-Meier, taking the refusal for a censoring, would say that all get removed."""
    curve = curve_of("gone 1, refused 2, gone 3, open 4, gone 5")

    assert shares(curve) == [(1, near(0.2)), (2, near(0.2)), (3, near(0.4)), (5, near(0.8))]
    assert (curve.quantile(0.5), curve.quantile(0.9)) == (5.0, None)


def test_what_happens_at_one_time_shares_one_risk_set() -> None:
    curve = curve_of("gone 3, gone 3, refused 3, open 3, gone 7")

    first = [array[0] for array in curve.steps[:6]]
    assert first == [3.0, 5, 2, 1, 1, near(2 / 5)]
    assert curve.steps.variance is not None
    assert curve.steps.variance[0] == near(2 * 3 / 5**3 * 5 / 4)  # a plain binomial share
    assert shares(curve)[1] == (7.0, near(4 / 5))


def test_every_one_watched_is_in_the_counts() -> None:
    curve = curve_of("open 1, gone 2, open 2, open 3, refused 5, open 6, open 8")

    counts = np.transpose(curve.steps[1:5]).tolist()
    assert counts == [[6, 1, 0, 2], [3, 0, 1, 2]]
    assert curve.follow_up_hours == 8


def test_the_interval_is_log_minus_log_of_the_curve() -> None:
    curve = curve_of("gone 2, gone 4, gone 4, open 4, gone 6, open 9")

    width = Z * sqrt(1 / 24 * 6 / 5) / (0.5 * log(2))
    interval = Interval(near(0.5 ** exp(width)), near(0.5 ** exp(-width)))
    assert curve.share_at(4) == Estimate(near(0.5), interval)
    assert curve.steps.intervals()[1] == interval


def test_the_interval_of_a_median_inverts_the_pointwise_intervals() -> None:
    """Twenty items, one an hour: the upper limit passes one half at hour 6, the lower at 16."""
    curve = curve_of(", ".join(f"gone {hour}" for hour in range(1, 21)))

    low, high = curve.steps.low, curve.steps.high
    assert low is not None
    assert high is not None
    assert [round(high[hour - 1], 3) for hour in (5, 6)] == [0.454, 0.506]
    assert [round(low[hour - 1], 3) for hour in (15, 16)] == [0.492, 0.543]
    assert (curve.quantile(0.5), curve.quantile_interval(0.5)) == (10, (6, 16))


def test_a_limit_of_the_median_may_stay_out_of_reach() -> None:
    curve = curve_of("gone 1, gone 2, gone 3, gone 4, gone 5, " + ", ".join(["open 9"] * 5))

    assert (curve.quantile(0.5), curve.quantile_interval(0.5)) == (5, (3, None))


def test_before_the_first_event_the_share_is_none_of_those_watched_so_long() -> None:
    """The request left open at 2 says nothing of hour 4; the one with an event says it for ever."""
    curve = curve_of("open 2, gone 5, gone 7, open 2 + refused 3, open 30")

    assert curve.share_at(1) == Estimate(0.0, wilson(0, 5))
    assert curve.share_at(2) == Estimate(0.0, wilson(0, 5))
    assert curve.share_at(2.1) == Estimate(0.0, wilson(0, 4))


def test_beyond_the_last_look_nothing_is_said_while_somebody_is_at_risk() -> None:
    curve = curve_of("gone 5, gone 7, open 30")

    assert curve.share_at(30) == curve.share_at(7)
    assert curve.share_at(30.1) is None
    assert curve_of("gone 5, gone 7, open 7").share_at(7.1) is None


def test_where_everybody_reached_an_end_the_curve_goes_on_level() -> None:
    curve = curve_of("gone 5, refused 7, gone 8")

    assert curve.share_at(1008) == curve.share_at(8)
    assert curve.share_at(8) == Estimate(near(2 / 3), curve.share_at(1008).interval)  # type: ignore[union-attr]


def test_twelve_of_twelve_reads_all_with_an_interval() -> None:
    curve = curve_of(", ".join(f"gone {hour}" for hour in range(1, 13)))

    assert curve.share_at(168) == Estimate(1.0, wilson(1, 12))
    assert curve.steps.intervals()[-1] == near(wilson(1, 12))
    assert (curve.quantile(0.9), curve.quantile_interval(0.5)) == (11, (3, 11))


def test_the_median_of_what_all_went_at_once_has_an_interval() -> None:
    assert curve_of(", ".join(["gone 3"] * 12)).quantile_interval(0.5) == (3, 3)
    assert curve_of(", ".join(["gone 3"] * 3)).quantile_interval(0.5) == (3, None)


def test_nobody_gone_is_a_share_with_an_interval() -> None:
    curve = curve_of(", ".join(["open 200"] * 12))

    assert curve.share_at(168) == Estimate(0.0, wilson(0, 12))
    assert (curve.quantile(0.5), curve.quantile_interval(0.5)) == (None, (None, None))
    assert curve.share_at(200.5) is None


@pytest.mark.parametrize("story", ["gone 2 + gone 4 + open 9", "gone 2", "open 4 + open 5"])
def test_a_single_request_has_no_interval(story: str) -> None:
    curve = curve_of(story)

    found = curve.share_at(4)
    assert found is not None
    assert (curve.requests, found.interval, curve.steps.variance) == (1, None, None)
    assert curve.quantile_interval(0.5) == (None, None)
    assert curve.steps.intervals() == [None] * curve.events


def test_one_message_that_decides_four_items_counts_once() -> None:
    alone = curve_of("gone 1, gone 3, refused 4, open 5, gone 6")
    fourfold = curve_of(
        "gone 1 + gone 1 + gone 1 + gone 1, gone 3 + gone 3 + gone 3 + gone 3, "
        "refused 4 + refused 4 + refused 4 + refused 4, open 5 + open 5 + open 5 + open 5, "
        "gone 6 + gone 6 + gone 6 + gone 6"
    )

    assert shares(fourfold) == [(hours, near(share)) for hours, share in shares(alone)]
    assert fourfold.steps.variance == near(alone.steps.variance)


def test_requests_that_balance_within_are_never_surer_than_their_items_apart() -> None:
    """One item gone and one refused in each: between requests nothing differs at all."""
    curve = curve_of(", ".join(["gone 1 + refused 1"] * 12))

    assert curve.steps.variance == near(np.array([0.25 / 24]))


def test_five_tenths_are_one_half_however_floats_round() -> None:
    curves = [curve_of(", ".join(f"gone {hour}" for hour in range(n))) for n in range(2, 200, 2)]

    assert [curve.quantile(0.5) for curve in curves] == [curve.n // 2 - 1 for curve in curves]
    assert [curve.steps.share[-1] for curve in curves] == [1.0] * len(curves)


def test_nobody_watched_gives_an_empty_curve() -> None:
    curve = cumulative_incidence(Observations.of([]))

    assert (curve.n, curve.requests, curve.follow_up_hours, shares(curve)) == (0, 0, None, [])
    assert (curve.share_at(0), curve.quantile(0.5)) == (None, None)
    assert curve.quantile_interval(0.5) == (None, None)


# Against R, and against exact arithmetic


def standard_errors(observations: Observations) -> tuple[list[float], list[float]]:
    """By request and by item, without the factor, at each step."""
    risks = risk_sets(observations)
    influence, takedowns = influence_of(risks.left), Takedowns.of(observations, risks)
    by_request = np.sqrt(variance_by_request(influence, takedowns))[1:]
    return by_request.tolist(), np.sqrt(variance_by_item(influence, risks.left))[1:].tolist()


def standard_error_at(observations: Observations, hours: float) -> float:
    """By request, from the derivatives at that hour alone."""
    times, exits, left = risk_sets(observations)
    now = int(times.searchsorted(hours, side="right"))
    moved = influence_of(left).of_items(observations.endings, exits, now)
    together = np.bincount(observations.requests, moved)
    return sqrt(together @ together)


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_shares_and_standard_errors_are_those_of_r(vector: Any) -> None:
    observations = Observations.of(
        (one["hours"], KINDS[one["event"]], one["request"]) for one in vector["observations"]
    )
    curve = cumulative_incidence(observations)
    at = [curve.steps.hours.tolist().index(one["hours"]) for one in vector["curve"]]
    by_request, by_item = standard_errors(observations)

    found = [
        (curve.steps.share[i], by_request[i], by_item[i], standard_error_at(observations, hours))
        for i, hours in zip(at, curve.steps.hours[at], strict=True)
    ]

    assert found == [
        near((one["share"], one["se_by_request"], one["se_by_item"], one["se_by_request"]))
        for one in vector["curve"]
    ]
    factor = curve.requests / (curve.requests - 1)
    assert curve.steps.variance is not None
    assert np.sqrt(curve.steps.variance[at]) == near(
        [max(sqrt(factor) * one["se_by_request"], one["se_by_item"]) for one in vector["curve"]]
    )


def exact(rows: list[Row]) -> Iterator[tuple[float, float, float, float]]:
    """(hours, share, standard error by request, by item): the written formulas, in fractions."""
    share, without = Fraction(0), Fraction(1)
    moved, moved_without = [Fraction(0)] * len(rows), [Fraction(0)] * len(rows)
    for now in sorted({hours for hours, ending, _ in rows if ending != Ending.CENSORED}):
        y = sum(hours >= now for hours, _, _ in rows)
        of_interest = [hours == now and ending == Ending.EVENT for hours, ending, _ in rows]
        of_any = [hours == now and ending != Ending.CENSORED for hours, ending, _ in rows]
        n1, n = Fraction(sum(of_interest), y), Fraction(sum(of_any), y)
        for i, (hours, _, _) in enumerate(rows):
            at_risk = int(hours >= now)
            moved[i] += moved_without[i] * n1 + at_risk * without * (of_interest[i] - n1) / y
            moved_without[i] *= 1 - n
            moved_without[i] -= at_risk * without * (of_any[i] - n) / y
        share, without = share + without * n1, without * (1 - n)
        requests = {request for _, _, request in rows}
        together = [
            sum(one for one, row in zip(moved, rows, strict=True) if row[2] == request)
            for request in requests
        ]
        squares = (sum(one**2 for one in sums) for sums in (together, moved))
        yield (now, float(share), *(sqrt(square) for square in squares))


@given(watched())
def test_with_ties_and_requests_it_equals_exact_fractions(rows: list[Row]) -> None:
    observations = Observations.of(rows)
    curve = cumulative_incidence(observations)

    by_request, by_item = standard_errors(observations)

    # The root of a rounding is larger than it; derivatives of one moment have none to speak of.
    expected = list(exact(rows))
    assert [(*two, item) for two, item in zip(shares(curve), by_item, strict=True)] == [
        near((hours, share, item)) for hours, share, _, item in expected
    ]
    assert np.square(by_request) == pytest.approx([one[2] ** 2 for one in expected], abs=1e-15)
    assert [standard_error_at(observations, one[0]) for one in expected] == [
        near(one[2]) for one in expected
    ]


def drawn(requests: int, seed: int) -> Observations:
    """Requests of one to four items that go together, most of them gone."""
    rng = np.random.default_rng(seed)
    of = np.repeat(np.arange(requests), rng.integers(1, 5, requests))
    until = rng.uniform(50, 2000, requests)[of]
    hours = rng.exponential(40, requests)[of] + rng.integers(0, 2, of.size) * rng.exponential(
        5, of.size
    )
    endings = np.where(hours < until, 1 + rng.integers(0, 8, of.size) // 7, 0)
    return Observations(np.minimum(hours, until), endings, of)


def test_one_pass_over_many_is_as_exact_as_one_moment_at_a_time() -> None:
    observations = drawn(4000, seed=1)
    curve = cumulative_incidence(observations)
    by_request, _ = standard_errors(observations)

    at = [0, 10, 1000, 5000, *range(curve.steps.hours.size - 5, curve.steps.hours.size)]

    assert [by_request[i] for i in at] == pytest.approx(
        [standard_error_at(observations, curve.steps.hours[i]) for i in at], abs=1e-13
    )


def test_of_a_hundred_thousand_all_gone_the_share_is_one() -> None:
    hours = np.arange(100_000.0)
    requests = np.arange(100_000)

    curve = cumulative_incidence(Observations(hours, np.ones(100_000, np.int64), requests))

    assert (curve.steps.share[-1], curve.quantile(0.5)) == (1.0, 49_999)


# Properties


@given(watched())
def test_the_curve_only_rises_and_its_limits_lie_around_it(rows: list[Row]) -> None:
    curve = cumulative_incidence(Observations.of(rows))

    heights = [0.0, *curve.steps.share.tolist(), 1.0]
    assert heights == sorted(heights)
    if curve.steps.low is not None and curve.steps.high is not None:
        around = np.array([0 * curve.steps.low, curve.steps.low, curve.steps.share])
        assert (np.diff(around, axis=0) >= 0).all()
        assert (curve.steps.share <= curve.steps.high).all()
        assert (curve.steps.high <= 1).all()


@given(watched(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_numbers_of_requests_do_not_matter(
    rows: list[Row], draw: Any
) -> None:
    other = [(hours, ending, 1000 - 7 * request) for hours, ending, request in rows]
    draw.shuffle(other)

    one, two = (cumulative_incidence(Observations.of(each)) for each in (rows, other))

    assert shares(one) == shares(two)
    assert (one.steps.variance is None) == (two.steps.variance is None)
    if one.steps.variance is not None:
        assert one.steps.variance == near(two.steps.variance)


@given(st.lists(watched(), min_size=2, max_size=4))
def test_several_curves_at_once_are_what_each_is_alone(several: list[list[Row]]) -> None:
    observations = [Observations.of(rows) for rows in several]

    for found, one in zip(cumulative_incidences(observations), observations, strict=True):
        alone = cumulative_incidence(one)

        counts = [getattr(each, name) for each in (found, alone) for name in COUNTS]
        assert counts[: len(COUNTS)] == counts[len(COUNTS) :]
        assert found.told_until.tolist() == alone.told_until.tolist()
        for name, column in alone.steps._asdict().items():
            beside = getattr(found.steps, name)
            assert (beside is None) == (column is None)
            assert column is None or beside == near(column)
        assert quantile_of(one, 0.5) == alone.quantile(0.5)


@given(watched(), st.sampled_from([0.25, 2.0, 64.0]))
def test_scaling_time_scales_the_quantiles(rows: list[Row], scale: float) -> None:
    curve = cumulative_incidence(Observations.of(rows))
    scaled = cumulative_incidence(Observations.of((scale * row[0], *row[1:]) for row in rows))

    reached = [curve.quantile(0.5), *curve.quantile_interval(0.5)]
    expected = [None if hours is None else hours * scale for hours in reached]
    assert [scaled.quantile(0.5), *scaled.quantile_interval(0.5)] == expected


@given(watched())
def test_the_share_at_any_hour_is_that_of_the_step_before(rows: list[Row]) -> None:
    curve = cumulative_incidence(Observations.of(rows))
    longest = max((row[0] for row in rows), default=-inf)
    is_over = any(rows) and not any(row[0] == longest and row[1] == 0 for row in rows)

    for hours in (0.0, 3.0, 3.5, 11.0, 13.0):
        found = curve.share_at(hours)
        before = [share for step, share in shares(curve) if step <= hours]
        known = hours <= longest or is_over
        assert (found.share if found else None) == ((before or [0.0])[-1] if known else None)


# Coverage


def covered(repetitions: int, *, by_item: bool) -> list[float]:
    """How often the interval holds the share by 24, 48 and 72 h: 25 requests of 4 alike items."""
    rng = np.random.default_rng(20260)
    truths = [(hours, 0.85 * (1 - exp(-hours / 40))) for hours in (24, 48, 72)]
    held: list[list[bool]] = [[], [], []]
    for _ in range(repetitions):
        hours, until = rng.exponential(40, 25), rng.uniform(30, 300, 25)
        endings = np.where(hours < until, 1 + (rng.random(25) > 0.85), 0)
        requests = np.arange(100) if by_item else np.repeat(np.arange(25), 4)
        rows = Observations(np.minimum(hours, until).repeat(4), endings.repeat(4), requests)
        curve = cumulative_incidence(rows)
        for (at, truth), into in zip(truths, held, strict=True):
            if (estimate := curve.share_at(at)) and estimate.interval:
                into.append(estimate.interval.low <= truth <= estimate.interval.high)
    return [sum(each) / len(each) for each in held]


@pytest.mark.parametrize("repetitions", [600, pytest.param(6000, marks=pytest.mark.slow)])
def test_intervals_by_request_hold_the_truth_as_often_as_they_say(repetitions: int) -> None:
    assert covered(repetitions, by_item=False) == [pytest.approx(0.95, abs=0.02)] * 3


def test_intervals_by_item_would_hold_it_two_times_of_three() -> None:
    assert covered(300, by_item=True) == [pytest.approx(0.68, abs=0.05)] * 3


# Against lifelines


@pytest.fixture(scope="module")
def lifelines() -> ModuleType:
    """Imported only here: it takes seconds."""
    return importlib.import_module("lifelines")


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(rows=watched(Ending.EVENT, Ending.CENSORED))
def test_kaplan_meier_equals_lifelines_with_ties(lifelines: ModuleType, rows: list[Row]) -> None:
    assume(rows)
    hours, endings, _ = zip(*rows, strict=True)

    theirs = lifelines.KaplanMeierFitter().fit(hours, endings)

    curve = cumulative_incidence(Observations.of(rows))
    expected = theirs.survival_function_at_times(curve.steps.hours)
    assert 1 - curve.steps.share == near(expected.to_numpy())


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:divide by zero encountered in log:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
@settings(max_examples=50, deadline=None)
@given(rows=watched(apart=True))
def test_aalen_johansen_equals_lifelines_without_ties(
    lifelines: ModuleType, rows: list[Row]
) -> None:
    """An open item watched longest: lifelines divides by zero where nobody is left."""
    all_rows = [*rows, (20_000.0, Ending.CENSORED, 20_000)]
    hours, endings, _ = zip(*all_rows, strict=True)
    assume(Ending.EVENT in endings)

    theirs = lifelines.AalenJohansenFitter().fit(hours, endings, event_of_interest=Ending.EVENT)

    curve = cumulative_incidence(Observations.of(all_rows))
    at = curve.steps.hours
    assert curve.steps.share == near(theirs.cumulative_density_.CIF_1[at].to_numpy())
