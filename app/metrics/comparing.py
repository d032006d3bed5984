"""Each platform of a cohort beside all the others (docs/definitions.md section 6, "Comparisons").

Pure.
"""

import numpy as np

from app.metrics.clocks import watched
from app.metrics.cohort import NEVER, Cohort
from app.metrics.counting import group_of
from app.metrics.numbers import Difference, PlatformBesideOthers
from app.metrics.platform_comparison import Comparison, compared
from app.metrics.questions import places_of
from app.metrics.vocabularies import ClockName, Verdict


def compared_platforms(
    cohort: Cohort, clock: ClockName, until: int
) -> dict[str, PlatformBesideOthers]:
    """Compare each platform with all the others, by category and urgency.

    One of which nothing counts is named, too: it is too early to say anything of it.
    """
    seen = watched(clock, group_of(cohort, until))
    asked = seen.cohort.takedowns
    platforms, of_platform = places_of(asked.platform)
    _, of_category = places_of(asked.category)
    strata = (of_category * 2 + asked.urgent)[seen.requests]
    found = compared(seen.observations(), of_platform[seen.requests], strata)
    nothing = Comparison(0, np.unique(strata).size, None, None, Verdict.TOO_EARLY)
    by_name = dict(zip(platforms, map(found.get, range(len(platforms))), strict=True))
    submitted = cohort.takedowns.platform[cohort.takedowns.submitted_at != NEVER]
    return {name: _told(name, by_name.get(name) or nothing) for name in sorted(set(submitted))}


def _told(platform: str, one: Comparison) -> PlatformBesideOthers:
    """Return a comparison as it is answered."""
    day, week = one.by_day, one.by_week
    return PlatformBesideOthers(
        platform=platform,
        takedowns=one.takedowns,
        share_24h=day and day.share,
        share_7d=week and week.share,
        others_24h=day and day.others,
        others_7d=week and week.others,
        difference_24h=Difference(day and day.value, day and day.interval),
        difference_7d=Difference(week and week.value, week and week.interval),
        verdict=one.verdict,
        strata_left_out=one.strata_left_out,
    )
