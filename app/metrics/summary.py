"""The numbers of one group of takedowns: counts, clocks and shares (docs/definitions.md, 6).

Pure: the cohort arrives as it stood at `as_of`; nothing here asks what time it is.
"""

from collections.abc import Iterator

import numpy as np

from app.metrics import clocks, figures, inclusion_rules
from app.metrics.clocks import HOUR, Watched
from app.metrics.cohort import NEVER, Cohort, Ints
from app.metrics.counting import Group, is_small
from app.metrics.figures import SHARE_BY_HOURS, Unit
from app.metrics.incidence import (
    Incidence,
    cumulative_incidence,
    cumulative_incidences,
    quantile_of,
)
from app.metrics.influence import Observations
from app.metrics.intervals import Interval, share_interval, wilson
from app.metrics.numbers import (
    Clock,
    ComplaintFigures,
    Curve,
    CurveStep,
    DsaStyle,
    Excluded,
    GoneBounds,
    OwnQuality,
    PlainMedian,
    RemovalRestsOn,
    Share,
    ShareBy,
    Stands,
    Summary,
)
from app.metrics.vocabularies import ClockName
from app.schemas.vocabularies import Contested, ReturnedAs, Standing

DEFINITION = "2026-2"


def summary_of(group: Group) -> Summary:
    """All numbers of one group."""
    cohort = group.counted
    count = figures.counts_of(_COUNTED, group)
    watched = {clock: clocks.watched(clock, group) for clock in ClockName}
    incidences = cumulative_incidences([seen.observations() for seen in watched.values()])
    told = dict(zip(watched, map(clock_of, watched.values(), incidences), strict=True))
    return Summary(
        takedowns=len(cohort),
        items=cohort.items.number.size,
        imported=count["imported"],
        excluded=Excluded(
            count["already_gone"], count["court_ordered"], count["no_reply_expected"]
        ),
        stands=Stands(**{name: count[name] for name in Stands.__slots__}),
        claimed_removed_still_up=count["still_up"],
        oldest_open_hours=oldest_open_hours(group),
        gone=told[ClockName.GONE],
        receipt=told[ClockName.RECEIPT],
        answer=told[ClockName.ANSWER],
        decision=told[ClockName.DECISION],
        handling=told[ClockName.HANDLING],
        report_to_gone=told[ClockName.REPORT_TO_GONE],
        removal_rests_on=RemovalRestsOn(**{name: count[name] for name in RemovalRestsOn.__slots__}),
        gone_bounds=gone_bounds(watched[ClockName.GONE], told[ClockName.GONE]),
        dsa_style=DsaStyle(
            plain_median(cohort, inclusion_rules.dsa_acted_at(cohort)),
            plain_median(cohort, inclusion_rules.dsa_decided_at(cohort)),
        ),
        **shares_of(group),
        complaints=complaints_of(group, count),
        own_quality=own_quality_of(group),
    )


def clock_of(watched: Watched, incidence: Incidence) -> Clock:
    """Counts of one clock, its median, 90th percentile and shares by the fixed hours."""
    small = is_small(incidence.requests)
    return Clock(
        n=incidence.n,
        takedowns=incidence.requests,
        events=incidence.events,
        competing=incidence.competing,
        censored=incidence.censored,
        unknown_start=watched.unknown_start.size,
        not_recorded=watched.not_recorded.size,
        follow_up_hours=None if small else incidence.follow_up_hours,
        median_hours=None if small else incidence.quantile(0.5),
        median_ci=None if small else incidence.quantile_interval(0.5),
        p90_hours=None if small else incidence.quantile(0.9),
        share_by={
            str(hours): None if small else share_by(incidence, hours) for hours in SHARE_BY_HOURS
        },
        small=small,
    )


def curve_of(watched: Watched) -> Curve:
    """One clock to draw; without steps where too few takedowns stand behind it."""
    incidence = cumulative_incidence(watched.observations())
    small = is_small(incidence.requests)
    return Curve(incidence.n, incidence.requests, small, [] if small else list(steps_of(incidence)))


def steps_of(incidence: Incidence) -> Iterator[CurveStep]:
    """Each moment of an event or a competing event."""
    steps = incidence.steps
    low, high = steps.low, steps.high
    for place, hours in enumerate(steps.hours.tolist()):
        yield CurveStep(
            hours=hours,
            share=float(steps.share[place]),
            ci=None
            if low is None or high is None
            else Interval(float(low[place]), float(high[place])),
            at_risk=int(steps.at_risk[place]),
            events=int(steps.events[place]),
            competing=int(steps.competing[place]),
            censored=int(steps.censored[place]),
        )


def share_by(incidence: Incidence, hours: float) -> ShareBy | None:
    """Share that had the event by then; None where nobody can tell."""
    estimate = incidence.share_at(hours)
    return ShareBy(*estimate) if estimate else None


def gone_bounds(watched: Watched, clock: Clock) -> GoneBounds:
    """The median, and what it would be had each removal first seen come when it could earliest."""
    if clock.small:
        return GoneBounds(None, None)
    items = watched.cohort.items
    after = items.gone_after[watched.rows]
    submitted = watched.cohort.takedowns.submitted_at[watched.requests]
    earliest = np.where(after == NEVER, watched.hours, (after - submitted) / HOUR)
    moved = Observations(earliest, watched.endings, watched.requests)
    return GoneBounds(quantile_of(moved, 0.5), clock.median_hours)


def plain_median(cohort: Cohort, moments: Ints) -> PlainMedian:
    """The usual median of hours since submission, of those takedowns to which it came."""
    came = moments != NEVER
    hours = (moments[came] - cohort.takedowns.submitted_at[came]) / HOUR
    n = int(came.sum())
    return PlainMedian(None if is_small(n) else float(np.median(hours)), n)


def oldest_open_hours(group: Group) -> float | None:
    """Hours that the oldest request with an open item has waited; None of few."""
    waiting = figures.rows_behind("with_open", group).places
    if is_small(waiting.size):
        return None
    oldest = int(group.counted.takedowns.submitted_at[waiting].min())
    return max(group.until - oldest, 0) / HOUR


def shares_of(group: Group) -> dict[str, Share]:
    """The shares of a group, by name."""
    return {name: share_between(hits, whole, group) for name, (hits, whole) in SHARES.items()}


def share_between(hits: str, whole: str, group: Group) -> Share:
    """Return the share that the rows of one figure are of another's."""
    rows = figures.rows_behind(whole, group)
    of = figures.takedowns_of(whole, rows)
    numerators = np.bincount(
        figures.takedowns_of(hits, figures.rows_behind(hits, group)), minlength=len(rows.cohort)
    )
    denominators = np.bincount(of, minlength=len(rows.cohort))
    takedowns = int(np.count_nonzero(denominators))
    numerator, denominator = int(numerators.sum()), int(denominators.sum())
    if is_small(takedowns):
        return Share(numerator, denominator, takedowns, None, None, small=True)
    share = numerator / denominator
    of_takedowns = figures.FIGURES[whole].unit == Unit.TAKEDOWN
    # Takedowns are told of one by one; the items of one, together.
    interval = (
        wilson(share, takedowns) if of_takedowns else share_interval(numerators, denominators)
    )
    return Share(numerator, denominator, takedowns, share, interval, small=False)


def complaints_of(group: Group, count: dict[str, int]) -> ComplaintFigures:
    """What became of the complaints of a group."""
    made = group.counted.complaints
    decided = made.micros != NEVER
    few = is_small(np.unique(made.takedown[decided]).size)
    return ComplaintFigures(
        made=count["complaints"],
        **{str(one): count[f"complaints_{one}"] for one in Contested},
        median_hours=None if few else float(np.median(made.micros[decided])) / HOUR,
    )


def own_quality_of(group: Group) -> OwnQuality:
    """How our own first notices fared."""
    count = figures.counts_of(_OF_OWN_QUALITY, group)
    ever = group.asked.ever_returned
    return OwnQuality(
        notices=count["takedowns"],
        refused=count["notices_refused"],
        information_asked=count["information_asked"],
        wrong_channel=count["wrong_channel"] if ReturnedAs.WRONG_CHANNEL in ever else None,
        duplicates=count["duplicates"] if ReturnedAs.DUPLICATE in ever else None,
        withdrawn_after_submission=count["withdrawn_after_submission"],
    )


# Each share: the figure of its part, and of its whole.
SHARES = {
    "receipt_within_24h": ("receipt_24h", "a_day_old"),
    "gone_by_target": ("gone_by_target", "due"),
    "answered_by_target": ("answered_by_target", "due_to_answer"),
    "refused_of_decided": (Standing.REFUSED, "decided"),
    "silent_after_7d": ("silent_7d", "a_week_old"),
    "came_back_of_gone": (Standing.CAME_BACK, "ever_gone"),
}
_OF_OWN_QUALITY = (
    "takedowns", "notices_refused", "information_asked", "wrong_channel", "duplicates",
    "withdrawn_after_submission",
)  # fmt: skip
_COUNTED = (
    "takedowns", "imported", "already_gone", "court_ordered", "no_reply_expected", "still_up",
    "complaints", *Stands.__slots__, *RemovalRestsOn.__slots__,
    *(f"complaints_{one}" for one in Contested),
)  # fmt: skip
