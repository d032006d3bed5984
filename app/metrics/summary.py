"""The numbers of one group of takedowns: counts, clocks and shares (docs/definitions.md, 6).

Pure: the cohort arrives as it stood at `as_of`; nothing here asks what time it is.
"""

from dataclasses import dataclass

import numpy as np

from app.metrics import clocks, figures
from app.metrics.clocks import HOUR, ClockName, Watched
from app.metrics.cohort import NEVER, Cohort, Ints
from app.metrics.counting import Group, is_small
from app.metrics.figures import SHARE_BY_HOURS
from app.metrics.incidence import Incidence, cumulative_incidence
from app.metrics.influence import Observations
from app.metrics.intervals import Interval, share_interval
from app.schemas.vocabularies import Contested, ReturnedAs, Standing

DEFINITION = "2026-2"
Limits = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class ShareBy:
    """Share that had the event by some hour."""

    share: float
    ci: Interval | None


@dataclass(frozen=True, slots=True)
class Clock:
    """How long something takes, open ones counted; None is not reached, or a small group."""

    n: int
    takedowns: int
    events: int
    competing: int
    censored: int
    unknown_start: int
    not_recorded: int
    follow_up_hours: float | None
    median_hours: float | None
    median_ci: Limits | None
    p90_hours: float | None
    share_by: dict[str, ShareBy | None]
    small: bool


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole; `share` is None for nothing of nothing and of few takedowns."""

    numerator: int
    denominator: int
    takedowns: int
    share: float | None
    ci: Interval | None
    small: bool


@dataclass(frozen=True, slots=True)
class Excluded:
    """What is left out: items, but `no_reply_expected` counts takedowns."""

    already_gone: int
    court_ordered: int
    no_reply_expected: int


@dataclass(frozen=True, slots=True)
class Stands:
    """Where the items stand: they add up."""

    gone: int
    came_back: int
    refused: int
    restricted: int
    withdrawn: int
    open: int


@dataclass(frozen=True, slots=True)
class RemovalRestsOn:
    """What the removals rest on: they add up to the items gone."""

    said_and_seen: int
    said_only: int
    seen_only: int


@dataclass(frozen=True, slots=True)
class GoneBounds:
    """The median where each removal first seen by us came as early, and as late, as it can be."""

    earliest_median_hours: float | None
    latest_median_hours: float | None


@dataclass(frozen=True, slots=True)
class PlainMedian:
    """A median over those that had it alone, as platforms publish one."""

    median_hours: float | None
    n: int


@dataclass(frozen=True, slots=True)
class DsaStyle:
    """Hours to the first action, and to the first decision (Implementing Regulation 2024/2835)."""

    acted: PlainMedian
    decided: PlainMedian


@dataclass(frozen=True, slots=True)
class ComplaintFigures:
    """What became of complaints, and the plain median to the first decision."""

    made: int
    upheld: int
    refused: int
    open: int
    median_hours: float | None


@dataclass(frozen=True, slots=True)
class OwnQuality:
    """How well our first notices were (DSA Art. 22(6)); None: that was never recorded yet."""

    notices: int
    refused: int
    information_asked: int
    wrong_channel: int | None
    duplicates: int | None
    withdrawn_after_submission: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The answer for one group; `dataclasses.asdict` of it is its JSON in the API."""

    takedowns: int
    items: int
    imported: int
    excluded: Excluded
    stands: Stands
    claimed_removed_still_up: int
    oldest_open_hours: float | None
    gone: Clock
    receipt: Clock
    answer: Clock
    decision: Clock
    handling: Clock
    report_to_gone: Clock
    removal_rests_on: RemovalRestsOn
    gone_bounds: GoneBounds
    dsa_style: DsaStyle
    receipt_within_24h: Share
    gone_by_target: Share
    answered_by_target: Share
    refused_of_decided: Share
    silent_after_7d: Share
    came_back_of_gone: Share
    complaints: ComplaintFigures
    own_quality: OwnQuality


def summary_of(group: Group) -> Summary:
    """All numbers of one group."""
    cohort = group.counted
    count = figures.counts_of(_COUNTED, group)
    gone = clocks.watched(ClockName.GONE, group)
    told = {clock: clock_of(clocks.watched(clock, group)) for clock in ClockName}
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
        gone_bounds=gone_bounds(gone, told[ClockName.GONE]),
        dsa_style=DsaStyle(
            plain_median(cohort, figures.dsa_acted_at(cohort)),
            plain_median(cohort, figures.dsa_decided_at(cohort)),
        ),
        **shares_of(group),
        complaints=complaints_of(group, count),
        own_quality=own_quality_of(group, count),
    )


def clock_of(watched: Watched) -> Clock:
    """Counts of one clock, its median, 90th percentile and shares by the fixed hours."""
    incidence = cumulative_incidence(watched.observations())
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
    moved = cumulative_incidence(Observations(earliest, watched.endings, watched.requests))
    return GoneBounds(moved.quantile(0.5), clock.median_hours)


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
    small = is_small(takedowns)
    return Share(
        numerator,
        denominator,
        takedowns,
        None if small else numerator / denominator,
        None if small else share_interval(numerators, denominators),
        small,
    )


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


def own_quality_of(group: Group, count: dict[str, int]) -> OwnQuality:
    """How our own first notices fared."""
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
_COUNTED = (
    "takedowns", "imported", "already_gone", "court_ordered", "no_reply_expected", "still_up",
    "complaints", "notices_refused", "information_asked", "wrong_channel", "duplicates",
    "withdrawn_after_submission", *Stands.__slots__, *RemovalRestsOn.__slots__,
    *(f"complaints_{one}" for one in Contested),
)  # fmt: skip
