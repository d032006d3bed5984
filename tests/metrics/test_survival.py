"""What the curve means: examples worked by hand, exact arithmetic, and lifelines."""

import importlib
from fractions import Fraction
from math import exp, log, sqrt
from types import ModuleType
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.metrics.survival import (
    CENSORED,
    COMPETING,
    EVENT,
    Estimate,
    Incidence,
    Interval,
    Observation,
    Step,
    cumulative_incidence,
)

ENDINGS = {"gone": EVENT, "refused": COMPETING, "open": CENSORED}


def told(story: str) -> list[Observation]:
    """Observations from words: "gone 2, open 4" is two of them."""
    words = [part.split() for part in story.split(", ")]
    return [Observation(float(hours), ENDINGS[ending]) for ending, hours in words]


def watched(*endings: int, apart: bool = False) -> st.SearchStrategy[list[Observation]]:
    """Lists of observations with many ties, or with none at all."""
    times = st.integers(1, 10_000 if apart else 12).map(float)
    one = st.builds(Observation, times, st.sampled_from(endings))
    return st.lists(one, max_size=40, unique_by=(lambda row: row.hours) if apart else None)


ANY_THREE = watched(EVENT, COMPETING, CENSORED)


def shares(curve: Incidence) -> list[tuple[float, float]]:
    return [(step.hours, step.share) for step in curve.steps]


def near(value: Any) -> Any:
    """Equal but for the rounding of floats."""
    return pytest.approx(value, abs=1e-9)


# Worked by hand


def test_open_ones_count_as_at_risk_until_they_leave() -> None:
    curve = cumulative_incidence(told("gone 2, gone 4, gone 4, open 4, gone 6, open 9"))

    assert shares(curve) == [
        (2.0, near(1 / 6)),
        (4.0, near(1 - 5 / 6 * 3 / 5)),  # two of five; the open one of hour 4 is among the five
        (6.0, near(1 - 5 / 6 * 3 / 5 * 1 / 2)),
    ]
    assert [step.variance for step in curve.steps] == [near(5 / 216), near(1 / 24), near(1 / 24)]
    assert (curve.quantile(0.5), curve.quantile(0.9)) == (4.0, None)
    assert (curve.n, curve.events, curve.competing, curve.censored) == (6, 4, 0, 2)


def test_a_refusal_takes_an_item_out_for_good() -> None:
    """1 - Kaplan-Meier, taking the refusal for a censoring, would say that all get removed."""
    curve = cumulative_incidence(told("gone 1, refused 2, gone 3, open 4, gone 5"))

    assert shares(curve) == [
        (1.0, near(0.2)),
        (2.0, near(0.2)),
        (3.0, near(0.2 + 0.6 / 3)),
        (5.0, near(0.4 + 0.4)),
    ]
    assert (curve.quantile(0.5), curve.quantile(0.9)) == (5.0, None)


def test_what_happens_at_one_time_shares_one_risk_set() -> None:
    curve = cumulative_incidence(told("gone 3, gone 3, refused 3, open 3, gone 7"))

    assert curve.steps[0] == Step(
        hours=3.0,
        at_risk=5,
        events=2,
        competing=1,
        censored=1,
        share=near(2 / 5),
        survival=near(2 / 5),
        variance=near(2 * 3 / 5**3),  # a plain binomial share
    )
    assert shares(curve)[1] == (7.0, near(4 / 5))


def test_every_one_watched_is_in_the_counts() -> None:
    curve = cumulative_incidence(told("open 1, gone 2, open 2, open 3, refused 5, open 6, open 8"))

    counts = [(step.at_risk, step.events, step.competing, step.censored) for step in curve.steps]
    assert counts == [(6, 1, 0, 2), (3, 0, 1, 2)]


def test_the_interval_is_log_minus_log_of_the_curve() -> None:
    curve = cumulative_incidence(told("gone 2, gone 4, gone 4, open 4, gone 6, open 9"))

    width = 1.959963984540054 * sqrt(1 / 24) / (0.5 * log(2))
    assert curve.share_at(4) == Estimate(
        near(0.5), Interval(near(0.5 ** exp(width)), near(0.5 ** exp(-width)))
    )
    assert (round(0.5 ** exp(width), 3), round(0.5 ** exp(-width), 3)) == (0.111, 0.804)


def test_the_interval_of_a_median_inverts_the_pointwise_intervals() -> None:
    """Twenty items, one an hour: the upper limit passes one half at hour 6, the lower at 16."""
    curve = cumulative_incidence(Observation(hour, EVENT) for hour in range(1, 21))

    limits = [step.interval or Interval(0, 0) for step in curve.steps]
    assert [round(limits[hour - 1].high, 3) for hour in (5, 6)] == [0.449, 0.501]
    assert [round(limits[hour - 1].low, 4) for hour in (15, 16)] == [0.4999, 0.5511]
    assert (curve.quantile(0.5), curve.quantile_interval(0.5)) == (10, (6, 16))


def test_a_limit_of_the_median_may_stay_out_of_reach() -> None:
    curve = cumulative_incidence(Observation(hour, EVENT) for hour in range(1, 11))

    assert (curve.quantile(0.5), curve.quantile_interval(0.5)) == (5, (3, None))


def test_nothing_is_said_before_the_first_event_nor_beyond_the_last_look() -> None:
    curve = cumulative_incidence(told("gone 5, gone 7, open 30"))

    assert [curve.share_at(hours) for hours in (4.9, 30.1)] == [Estimate(0.0, None), None]
    assert curve.share_at(30) == curve.share_at(7)


def test_no_interval_where_all_had_the_event() -> None:
    curve = cumulative_incidence(told("gone 1, gone 2, gone 3"))

    assert curve.share_at(3) == Estimate(1.0, None)
    assert curve.share_at(3.1) is None


def test_five_tenths_are_one_half_however_floats_round() -> None:
    sizes = range(2, 400, 2)
    curves = [cumulative_incidence(Observation(hour, EVENT) for hour in range(n)) for n in sizes]

    assert [curve.quantile(0.5) for curve in curves] == [n // 2 - 1 for n in sizes]
    assert [curve.steps[-1].share for curve in curves] == [1.0] * len(curves)


def test_nobody_watched_gives_an_empty_curve() -> None:
    curve = cumulative_incidence([])

    assert curve == Incidence(0, 0, 0, 0, None, ())
    assert (curve.share_at(0), curve.quantile_interval(0.5)) == (None, (None, None))


# Properties


@given(ANY_THREE)
def test_the_curve_only_rises_and_stays_a_share(observations: list[Observation]) -> None:
    heights = [0.0, *(step.share for step in cumulative_incidence(observations).steps), 1.0]

    assert heights == sorted(heights)


@given(ANY_THREE)
def test_gone_refused_and_waiting_add_up_to_one(observations: list[Observation]) -> None:
    other = {EVENT: COMPETING, COMPETING: EVENT, CENSORED: CENSORED}
    swapped = [Observation(hours, other[event]) for hours, event in observations]

    gone, refused = cumulative_incidence(observations), cumulative_incidence(swapped)

    sums = [a.share + b.share + a.survival for a, b in zip(gone.steps, refused.steps, strict=True)]
    assert sums == [near(1.0)] * len(sums)


@given(ANY_THREE.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_the_order_of_rows_does_not_matter(two: tuple[list[Observation], ...]) -> None:
    assert cumulative_incidence(two[0]) == cumulative_incidence(two[1])


@given(ANY_THREE, st.sampled_from([0.25, 2.0, 64.0]))
def test_scaling_time_scales_the_quantiles(observations: list[Observation], scale: float) -> None:
    curve = cumulative_incidence(observations)
    scaled = cumulative_incidence(Observation(hours * scale, e) for hours, e in observations)

    reached = [curve.quantile(0.5), *curve.quantile_interval(0.5)]
    expected = [None if hours is None else hours * scale for hours in reached]
    assert [scaled.quantile(0.5), *scaled.quantile_interval(0.5)] == expected


@given(watched(EVENT, CENSORED))
def test_without_refusals_it_is_one_minus_kaplan_meier(observations: list[Observation]) -> None:
    steps = cumulative_incidence(observations).steps

    survival, greenwood, expected = 1.0, 0.0, []
    for step in steps:
        left = step.at_risk - step.events
        survival *= left / step.at_risk
        greenwood += step.events / (step.at_risk * left) if left else 0.0
        expected.append((near(1 - survival), near(survival**2 * greenwood)))
    assert [(step.share, step.variance) for step in steps] == expected


@given(watched(CENSORED))
def test_where_all_are_open_there_are_no_steps(observations: list[Observation]) -> None:
    assert cumulative_incidence(observations).steps == ()


@given(ANY_THREE)
def test_limits_lie_around_the_curve(observations: list[Observation]) -> None:
    for step in cumulative_incidence(observations).steps:
        low, high = step.interval or (step.share, step.share)
        assert 0 <= low <= step.share <= high <= 1


# Against exact arithmetic and against lifelines


def exact(observations: list[Observation]) -> list[tuple[float, Fraction, Fraction]]:
    """(hours, share, variance) by the written formulas, in fractions, each step from scratch."""
    times = sorted({hours for hours, event in observations if event != CENSORED})
    survival, share, rows, curve = Fraction(1), Fraction(0), [], []
    for time in times:
        n = sum(hours >= time for hours, _ in observations)
        d1, d2 = (observations.count(Observation(time, kind)) for kind in (EVENT, COMPETING))
        share += survival * Fraction(d1, n)
        rows.append((n, d1 + d2, d1, survival, share))
        survival *= 1 - Fraction(d1 + d2, n)
        variance = sum((variance_term(share, *row) for row in rows), Fraction(0))
        curve.append((time, share, variance))
    return curve


def variance_term(now: Fraction, n: int, d: int, d1: int, *curve: Fraction) -> Fraction:
    """One time's part in the variance of the curve at its height `now`."""
    survival, share = curve
    gap = now - share
    hazard = Fraction(d, n * (n - d)) if n > d else Fraction(0)
    own = survival**2 * Fraction(d1 * (n - d1), n**3)
    return gap**2 * hazard + own - 2 * gap * survival * Fraction(d1, n**2)


@given(ANY_THREE)
def test_with_ties_it_equals_exact_fractions(observations: list[Observation]) -> None:
    steps = cumulative_incidence(observations).steps

    assert [(step.hours, step.share, step.variance) for step in steps] == [
        (hours, near(float(share)), near(float(variance)))
        for hours, share, variance in exact(observations)
    ]


@pytest.fixture(scope="module")
def lifelines() -> ModuleType:
    """Imported only here: it takes seconds."""
    return importlib.import_module("lifelines")


@settings(max_examples=25, deadline=None)
@given(observations=watched(EVENT, CENSORED))
def test_kaplan_meier_equals_lifelines_with_ties(
    lifelines: ModuleType, observations: list[Observation]
) -> None:
    assume(observations)
    hours, events = zip(*observations, strict=True)

    theirs = lifelines.KaplanMeierFitter().fit(hours, events)

    steps = cumulative_incidence(observations).steps
    expected = theirs.survival_function_at_times([step.hours for step in steps])
    assert [1 - step.share for step in steps] == [near(value) for value in expected]


@pytest.mark.filterwarnings("ignore:divide by zero encountered in log:RuntimeWarning")
@pytest.mark.filterwarnings("ignore:invalid value encountered:RuntimeWarning")
@settings(max_examples=25, deadline=None)
@given(observations=watched(EVENT, COMPETING, CENSORED, apart=True))
def test_aalen_johansen_equals_lifelines_without_ties(
    lifelines: ModuleType, observations: list[Observation]
) -> None:
    """An open item watched longest: lifelines divides by zero where nobody is left."""
    hours, events = zip(*observations, Observation(20_000.0, CENSORED), strict=True)
    assume(EVENT in events)

    theirs = lifelines.AalenJohansenFitter().fit(hours, events, event_of_interest=EVENT)

    steps = cumulative_incidence(map(Observation, hours, events)).steps
    known = [step for step in steps if step.interval]
    at = [step.hours for step in known]
    limits = theirs.confidence_interval_.loc[at].to_numpy().tolist()
    assert [step.share for step in known] == near(theirs.cumulative_density_.CIF_1[at].tolist())
    assert [step.variance for step in known] == near(theirs.variance_[at].tolist())
    assert [sorted(step.interval or ()) for step in known] == [near(sorted(ci)) for ci in limits]
