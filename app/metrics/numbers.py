"""The numbers of one group of takedowns, as they are shown and answered.

Pure values: docs/definitions.md section 6. None is not reached, not known, or of too few.
"""

from dataclasses import dataclass

from app.metrics.intervals import Interval
from app.metrics.vocabularies import Verdict

Limits = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class ShareBy:
    """Share that had the event by some hour."""

    share: float
    ci: Interval | None


@dataclass(frozen=True, slots=True)
class CurveStep:
    """One moment of a curve, and the curve from there to the next; `at_risk` is just before."""

    hours: float
    share: float
    ci: Interval | None
    at_risk: int
    events: int
    competing: int
    censored: int  # from this moment until the next


@dataclass(frozen=True, slots=True)
class Curve:
    """A clock to draw, as a step function that starts at 0."""

    n: int
    takedowns: int
    small: bool
    steps: list[CurveStep]


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference of two shares; None where it is too early to tell."""

    value: float | None
    ci: Interval | None


@dataclass(frozen=True, slots=True)
class PlatformBesideOthers:
    """A platform and all the others, standardised alike; no shares where it is too early."""

    platform: str
    takedowns: int
    share_24h: float | None
    share_7d: float | None
    others_24h: float | None
    others_7d: float | None
    difference_24h: Difference
    difference_7d: Difference
    verdict: Verdict
    strata_left_out: int


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
    """The answer for one group, as its JSON in the API."""

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
