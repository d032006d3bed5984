"""Each platform of a cohort beside all the others (docs/definitions.md section 6, "Comparisons").

Pure.
"""

from app.metrics.clocks import ClockName, watched
from app.metrics.cohort import Cohort
from app.metrics.counting import group_of
from app.metrics.numbers import Difference, PlatformBesideOthers
from app.metrics.platform_comparison import Comparison, compared
from app.metrics.questions import places_of


def compared_platforms(cohort: Cohort, clock: ClockName, until: int) -> dict[str, Comparison]:
    """Compare each platform with all the others, by category and urgency."""
    group = group_of(cohort, until)
    seen = watched(clock, group)
    asked = seen.cohort.takedowns
    platforms, of_platform = places_of(asked.platform)
    _, of_category = places_of(asked.category)
    strata = of_category * 2 + asked.urgent
    found = compared(seen.observations(), of_platform[seen.requests], strata[seen.requests])
    return {name: found[place] for place, name in enumerate(platforms) if place in found}


def told(platform: str, one: Comparison) -> PlatformBesideOthers:
    """Return a comparison as it is answered."""
    day, week = one.by_day, one.by_week
    return PlatformBesideOthers(
        platform=platform,
        takedowns=one.takedowns,
        share_24h=day and day.share,
        share_7d=week and week.share,
        others_24h=day and day.others,
        others_7d=week and week.others,
        difference_24h=day and Difference(day.value, day.interval),
        difference_7d=week and Difference(week.value, week.interval),
        verdict=one.verdict,
        strata_left_out=one.strata_left_out,
    )
