"""What may be said of a platform beside all others, and how often that is wrong."""

from collections.abc import Iterable
from math import erf, sqrt
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.metrics.influence import Ending, Observations
from app.metrics.intervals import Z, wilson
from app.metrics.platform_comparison import Comparison, compared, holm
from app.metrics.vocabularies import Verdict

GONE, REFUSED, OPEN = Ending.EVENT, Ending.COMPETING, Ending.CENSORED
TOO_EARLY, NOT_TOLD_APART = Verdict.TOO_EARLY, Verdict.NOT_TOLD_APART

Items = tuple[tuple[float, Ending], ...]


class Takedown(NamedTuple):
    """Its items, and what it is compared by."""

    platform: int
    stratum: int
    items: Items


def outcome(takedowns: Iterable[Takedown]) -> dict[int, Comparison]:
    told = list(takedowns)
    rows = [(*item, i) for i, takedown in enumerate(told) for item in takedown.items]
    of = [takedown for takedown in told for _ in takedown.items]
    return compared(
        Observations.of(rows),
        np.array([takedown.platform for takedown in of], np.int64),
        np.array([takedown.stratum for takedown in of], np.int64),
    )


def some(platform: int, *items: str, times: int = 1, stratum: int = 0) -> list[Takedown]:
    """Takedowns of one item each: "gone 5"."""
    kinds = {"gone": GONE, "refused": REFUSED, "open": OPEN}
    words = [item.split() for item in items]
    each = [((float(hours), kinds[ending]),) for ending, hours in words]
    return [Takedown(platform, stratum, items) for items in each] * times


def half_gone(platform: int, *, stratum: int = 0, gone_at: int = 5) -> list[Takedown]:
    return some(platform, f"gone {gone_at}", "open 200", times=10, stratum=stratum)


# Worked by hand


def test_the_difference_of_two_plain_shares() -> None:
    """Of 20 each, 15 and 5 gone: p(1 - p)/n on each side, times G/(G - 1), G = 40."""
    own = some(1, "gone 5", "gone 30", "gone 5", "open 200", times=5)

    found = outcome(own + some(2, "open 200", "open 300", "open 400", "gone 5", times=5))[1]

    deviation = sqrt(2 * 0.75 * 0.25 / 20 * 40 / 39)
    assert found.by_week is not None
    assert found.by_day is not None
    assert (found.takedowns, found.strata_left_out) == (20, 0)
    assert found.by_week[:3] == pytest.approx((0.75, 0.25, 0.5))
    assert found.by_day[:3] == pytest.approx((0.5, 0.25, 0.25))
    assert found.by_week.interval == pytest.approx((0.5 - Z * deviation, 0.5 + Z * deviation))
    assert found.by_week.p_value == pytest.approx(1 - erf(0.5 / deviation / sqrt(2)))
    assert found.verdict == "faster"


def test_what_is_faster_for_one_is_slower_for_the_other() -> None:
    found = outcome(some(1, "gone 5", times=20) + some(2, "open 200", times=20))

    assert {platform: row.verdict for platform, row in found.items()} == {
        1: "faster",
        2: "slower",
    }


def test_a_mix_of_categories_makes_no_false_difference() -> None:
    """Both remove all of what is easy and none of what is hard; one is told mostly of the hard."""
    easy, hard = ("gone 2",), ("open 300",)
    own = some(1, *easy, times=10, stratum=0) + some(1, *hard, times=40, stratum=1)
    others = some(2, *easy, times=40, stratum=0) + some(2, *hard, times=10, stratum=1)

    found = outcome(own + others)[1]

    assert found.by_week is not None
    assert found.by_week[:3] == (0.5, 0.5, 0)  # weights 8 and 8, not 10 and 40
    assert (found.by_week.p_value, found.verdict) == (1, "not_told_apart")


def test_strata_weigh_what_both_sides_have_in_them() -> None:
    """n m / (n + m): 20 * 20 / 40 = 10, and 20 * 80 / 100 = 16."""
    own = some(1, "gone 5", times=20) + some(1, "open 200", times=20, stratum=1)
    others = some(2, "open 200", times=20) + some(2, "open 200", times=80, stratum=1)

    found = outcome(own + others)[1]

    assert found.by_week is not None
    assert found.by_week[:2] == pytest.approx((10 / 26, 0))


def test_a_curve_at_an_end_has_wilsons_width_outside_the_factor() -> None:
    found = outcome(some(1, "gone 5", times=12) + some(2, "open 200", times=30))[1]

    halves = [(high - low) / 2 for low, high in (wilson(1, 12), wilson(0, 30))]
    assert found.by_week is not None
    assert found.by_week.value == 1
    assert 1 - found.by_week.interval.low == pytest.approx(sqrt(sum(half**2 for half in halves)))


def test_at_an_end_only_those_watched_so_long_count() -> None:
    """Nobody is gone; of the thirty others ten were watched until a week had passed."""
    others = some(2, "open 200", "open 160", "open 20", times=10)

    found = outcome(some(1, "gone 5", times=12) + others)[1]

    for difference, n in ((found.by_day, 20), (found.by_week, 10)):
        assert difference is not None
        halves = [wilson(1, 12).low - 1, wilson(0, n).high]
        width = sqrt(sum(half**2 for half in halves)) / 2
        assert difference.interval.high - difference.value == pytest.approx(width)


# What is left out, and what is too early


@pytest.mark.parametrize("lacking", [some(1, "gone 5", stratum=9), some(2, "gone 5", stratum=9)])
def test_a_stratum_lacking_on_a_side_is_left_out_and_counted(lacking: list[Takedown]) -> None:
    plain = outcome(half_gone(1) + half_gone(2))[1]

    found = outcome(half_gone(1) + half_gone(2) + lacking)[1]

    assert (found.strata_left_out, found.by_week) == (1, plain.by_week)


@pytest.mark.parametrize("young", [1, 2])
def test_a_stratum_too_young_on_a_side_is_left_out_and_counted(young: int) -> None:
    stratum = [*half_gone(3 - young, stratum=9), *some(young, "gone 5", "open 160", stratum=9)]

    found = outcome(half_gone(1) + half_gone(2) + stratum)[1]

    plain = outcome(half_gone(1) + half_gone(2))[1]
    assert (found.strata_left_out, found.by_week) == (1, plain.by_week)


def test_a_young_stratum_in_which_all_reached_an_end_is_used() -> None:
    stratum = half_gone(1, stratum=9) + some(2, "refused 3", "gone 5", stratum=9)

    assert outcome(half_gone(1) + half_gone(2) + stratum)[1].strata_left_out == 0


@pytest.mark.parametrize(
    ("story", "own", "others", "left_out"),
    [
        ("nine takedowns", some(1, "gone 5", times=9), half_gone(2), 0),
        ("nobody watched for a week", some(1, "gone 5", "open 160", times=9), half_gone(2), 1),
        ("somebody open at the last", some(1, "gone 9", "open 9", times=9), half_gone(2), 1),
        ("other things were told to others", half_gone(1), half_gone(2, stratum=1), 2),
        ("there are no others", half_gone(1), [], 1),
    ],
)
def test_too_early(story: str, own: list[Takedown], others: list[Takedown], left_out: int) -> None:
    found = outcome(own + others)[1]

    assert found == Comparison(len(own), left_out, None, None, TOO_EARLY)


def test_a_share_that_is_null_without_strata_is_too_early() -> None:
    """In one stratum all reached an end, in the other somebody young is at risk."""
    own = some(1, "gone 5", times=12) + some(1, "open 5", stratum=1)

    found = outcome(own + half_gone(2) + half_gone(2, stratum=1))[1]

    assert (found.verdict, found.by_week, found.strata_left_out) == (TOO_EARLY, None, 1)


def test_ten_takedowns_are_enough_and_items_are_not_counted() -> None:
    four_items = ((5.0, GONE), (6.0, GONE), (200.0, OPEN), (300.0, OPEN))
    nine, ten = ([Takedown(1, 0, four_items)] * n for n in (9, 10))

    assert outcome(nine + half_gone(2))[1].verdict == TOO_EARLY
    assert outcome(ten + half_gone(2))[1].verdict == NOT_TOLD_APART


def test_nothing_asked_compares_nothing() -> None:
    assert outcome([]) == {}


# Adjusted for how many are looked at


def test_p_values_are_adjusted_by_holm() -> None:
    assert holm({1: 0.01, 2: 0.04, 3: 0.03, 4: 0.005}) == pytest.approx(
        {4: 0.02, 1: 0.03, 3: 0.06, 2: 0.06}
    )
    assert holm({1: 0.9, 2: 0.8}) == {1: 1, 2: 1}


def test_what_is_clear_alone_may_not_be_among_many() -> None:
    """12 of 20 beside 36 of 120: p = 0.006 alone; and those too early are not counted."""
    own = some(1, "gone 5", "gone 5", "gone 5", "open 200", "open 200", times=4)
    others = ["gone 5"] * 3 + ["open 200"] * 7

    def verdict(platforms: int, *, young: int = 0) -> str:
        size = 12 // platforms
        rest = [row for each in range(platforms) for row in some(2 + each, *others, times=size)]
        few = [row for each in range(young) for row in some(90 + each, "gone 5", stratum=5)]
        return outcome(own + rest + few)[1].verdict

    assert verdict(2) == "faster"
    assert verdict(12) == "not_told_apart"
    assert verdict(2, young=12) == "faster"


def alike(rng: np.random.Generator, platforms: int, each: int) -> dict[int, Comparison]:
    """Platforms equal in each of two strata, with requests of one to four alike items."""
    requests = platforms * each
    of = np.repeat(np.arange(requests), rng.integers(1, 5, requests))
    stratum, platform = rng.integers(0, 2, requests), rng.integers(0, platforms, requests)
    until = rng.uniform(30, 1500, requests)
    hours = rng.exponential(40.0 * (1 + stratum))
    endings = np.where(hours < until, 1 + (rng.random(requests) > 0.85), 0)
    rows = Observations(np.minimum(hours, until)[of], endings[of], of)
    return compared(rows, platform[of], stratum[of])


@pytest.mark.parametrize("sets", [50, pytest.param(1500, marks=pytest.mark.slow)])
def test_of_equal_platforms_at_most_one_in_twenty_is_called_faster_or_slower(sets: int) -> None:
    rng = np.random.default_rng(2026)

    rows = [row for _ in range(sets) for row in alike(rng, 6, each=40).values()]

    told = [row.verdict for row in rows if row.verdict != TOO_EARLY]
    assert len(told) > 5 * sets
    assert sum(verdict != NOT_TOLD_APART for verdict in told) / len(told) <= 0.05


@pytest.mark.slow
@pytest.mark.parametrize(("each", "most"), [(20, 0.20), (40, 0.20), (100, 0.06), (300, 0.06)])
def test_sets_in_which_some_equal_platform_is_called_so_are_as_rare_as_told(
    each: int, most: float
) -> None:
    """As docs/definitions.md tells: with few takedowns the normal p-value is too sure."""
    rng = np.random.default_rng(2026)

    sets = [alike(rng, 6, each=each).values() for _ in range(250)]

    wrong = sum(any(row.verdict not in (TOO_EARLY, NOT_TOLD_APART) for row in one) for one in sets)
    assert wrong / len(sets) <= most


@pytest.mark.slow
def test_intervals_of_equal_platforms_hold_no_difference_as_often_as_they_say() -> None:
    rng = np.random.default_rng(2026)

    rows = [row for _ in range(200) for row in alike(rng, 6, each=300).values()]

    held = [row.by_week.interval for row in rows if row.by_week]
    assert len(held) == 1200
    assert sum(low <= 0 <= high for low, high in held) / 1200 == pytest.approx(0.95, abs=0.02)


# Against a second, slow way of counting


class Slow(NamedTuple):
    """A curve at some hour: share, squared influences by takedown, and who was heard until then."""

    share: float
    squares: float
    told: int


def slow_curve(takedowns: list[Takedown], hours: float) -> Slow | None:
    items = [(*item, i) for i, one in enumerate(takedowns) for item in one.items]
    share, without, moved, moved_without = 0.0, 1.0, [0.0] * len(items), [0.0] * len(items)
    for now in sorted({at for at, ending, _ in items if ending != OPEN}):
        y = sum(at >= now for at, _, _ in items)
        n1 = sum(at == now and ending == GONE for at, ending, _ in items) / y
        n = sum(at == now and ending != OPEN for at, ending, _ in items) / y
        for i, (at, ending, _) in enumerate(items):
            if now <= hours:
                own = (at == now and ending == GONE) - n1
                moved[i] += moved_without[i] * n1 + (at >= now) * without * own / y
                own = (at == now and ending != OPEN) - n
                moved_without[i] = moved_without[i] * (1 - n) - (at >= now) * without * own / y
        share += without * n1 if now <= hours else 0
        without *= 1 - n
    if not items or (without > 1e-12 and max(at for at, _, _ in items) < hours):
        return None
    sums = [sum(m for m, row in zip(moved, items, strict=True) if row[2] == i) for i in range(99)]
    heard = {i for at, ending, i in items if ending != OPEN or at >= hours}
    return Slow(share, sum(one**2 for one in sums), len(heard))


def slow_difference(takedowns: list[Takedown], hours: float) -> tuple[float, ...]:
    """Share, others' share, deviation and strata left out, of platform 1."""
    sums, whole, requests, left_out = np.zeros(4), 0.0, 0, 0
    for stratum in sorted({one.stratum for one in takedowns}):
        sides = [
            [one for one in takedowns if one.stratum == stratum and (one.platform == 1) is is_own]
            for is_own in (True, False)
        ]
        if not all(side and slow_curve(side, 168) for side in sides):
            left_out += 1
            continue
        n, m = map(len, sides)
        weight = n * m / (n + m)
        whole, requests = whole + weight, requests + n + m
        for place, side in enumerate(sides):
            curve = slow_curve(side, hours)
            assert curve is not None
            sums[place] += weight * curve.share
            if 1e-12 < curve.share < 1 - 1e-12:
                sums[2] += weight**2 * curve.squares
            else:
                low, high = wilson(round(curve.share), curve.told)
                sums[3] += weight**2 * ((high - low) / 2 / Z) ** 2
    if not whole:
        return (left_out,)
    variance = sums[2] * requests / (requests - 1) + sums[3]
    return (sums[0] / whole, sums[1] / whole, sqrt(variance) / whole, left_out)


items = st.tuples(st.sampled_from([1.0, 2.0, 24.0, 90.0, 168.0, 300.0]), st.sampled_from(Ending))
takedowns = st.builds(
    Takedown,
    st.sampled_from([1, 1, 2, 3]),
    st.sampled_from([0, 0, 7]),
    st.lists(items, min_size=1, max_size=3).map(tuple),
)


@settings(max_examples=25)
@given(st.lists(takedowns, min_size=18, max_size=24))
def test_it_equals_a_slow_way_of_counting(told: list[Takedown]) -> None:
    found = outcome(told).get(1)
    if found is None or found.by_day is None or found.by_week is None:
        own = [one for one in told if one.platform == 1]
        nothing_left = len(slow_difference(told, 168)) == 1
        assert len(own) < 10 or slow_curve(own, 168) is None or nothing_left
        return
    for hours, difference in ((24, found.by_day), (168, found.by_week)):
        deviation = (difference.interval.high - difference.value) / Z
        seen = (difference.share, difference.others, deviation, found.strata_left_out)
        assert seen == pytest.approx(slow_difference(told, hours), abs=1e-9)
