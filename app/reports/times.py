"""How fast providers were, and how our own notices fared, over the notices of a report.

Pure: the cohort of the figures comes in (docs/definitions.md section 6), so that both agree.
"""

from collections.abc import Iterator

import numpy as np

from app.metrics import summary
from app.metrics.cohort import NEVER, Cohort, Flags
from app.metrics.counting import group_of, is_small
from app.metrics.numbers import ShareBy
from app.platforms.catalogue import Catalogue
from app.reports import printing
from app.reports.counted import Categories, part_of
from app.reports.document import ReportedQuality, ReportedShare, Times, decimal
from app.reports.vocabularies import Part
from app.takedowns.facts import UNKNOWN


def times_of(cohort: Cohort, catalogue: Catalogue, until: int) -> list[Times]:
    """Return the times of each part: of all its providers together, then one by one."""
    found: list[Times] = []
    hidden = {UNKNOWN} | printing.not_printed(cohort.takedowns.provider, catalogue)
    for part in Part:
        notices = cohort.where(_in_part(cohort, part, catalogue.categories))
        found.extend(_times(notices, part, None, until=until))
        providers = notices.takedowns.provider
        for name in sorted(set(providers) - hidden):
            found.extend(_times(notices.where(providers == name), part, name, until=until))
    return found


def own_quality_of(cohort: Cohort, until: int) -> ReportedQuality:
    """Return how our own notices fared, those under Article 22 and all others."""
    group = group_of(cohort, until)
    told = summary.own_quality_of(group)
    return ReportedQuality.model_validate(told, from_attributes=True)


def _in_part(cohort: Cohort, part: Part, categories: Categories) -> Flags:
    notices = cohort.takedowns
    parts = [
        part_of(categories[category], basis) == part
        for category, basis in zip(notices.category, notices.basis, strict=True)
    ]
    return np.array(parts, dtype=bool) & np.not_equal(notices.submitted_at, NEVER)


def _times(notices: Cohort, part: Part, provider: str | None, *, until: int) -> Iterator[Times]:
    """Return the times of these notices, unless too few stand behind them."""
    told = summary.summary_of(group_of(notices, until))
    if is_small(told.takedowns):
        return
    acted, decided = told.dsa_style.acted, told.dsa_style.decided
    yield Times(
        part=part,
        provider=provider,
        notices=told.takedowns,
        items=told.items,
        median_hours=decimal(told.gone.median_hours),
        p90_hours=decimal(told.gone.p90_hours),
        within_24h=_share(told.gone.share_by["24"]),
        within_7d=_share(told.gone.share_by["168"]),
        acted_median_hours=decimal(acted.median_hours),
        acted_n=acted.n,
        decided_median_hours=decimal(decided.median_hours),
        decided_n=decided.n,
    )


def _share(told: ShareBy | None) -> ReportedShare | None:
    if told is None:
        return None
    low, high = told.ci or (None, None)
    return ReportedShare(
        share=f"{told.share:.4f}", low=decimal(low, places=4), high=decimal(high, places=4)
    )
