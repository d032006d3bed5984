"""What a page of figures must say: asked of the oracle in the words of a page's address."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from math import hypot
from typing import Any
from zoneinfo import ZoneInfo

from tests.metrics import oracle_2026_2
from tests.metrics.oracle_2026_2 import Timeline

ZONE = ZoneInfo("Europe/Brussels")
DAY = timedelta(days=1)
Answer = dict[str, Any]
Days = tuple[date | None, date | None]  # the last one included
# Each key figure: where its value and interval stand in a group, and what it counts.
CLOCKS = {
    "time-to-gone": ("gone", None),
    "gone-24h": ("gone", "24"),
    "gone-72h": ("gone", "72"),
    "gone-7d": ("gone", "168"),
    "answer": ("answer", None),
    "decision-24h": ("decision", "24"),
    "decision-7d": ("decision", "168"),
    "handling": ("handling", None),
    "report-to-gone": ("report_to_gone", None),
}
SHARES = {
    "gone-by-target": "gone_by_target",
    "receipt-24h": "receipt_within_24h",
    "answered-by-target": "answered_by_target",
    "silent-7d": "silent_after_7d",
    "refused": "refused_of_decided",
    "came-back": "came_back_of_gone",
}
NEVER_COMPARED = {"came-back"}


class Asked:
    """A page's question, asked of the oracle."""

    def __init__(self, told: Sequence[Timeline], as_of: datetime, **terms: Any) -> None:
        self.told, self.as_of, self.terms = list(told), as_of, terms

    def groups(self, days: Days, by: str = "all", **more: Any) -> dict[str, Answer]:
        """Every group by its key."""
        answer = oracle_2026_2.answer(self.told, self._question(days) | more | {"by": by})
        return {group["key"]: group for group in answer["groups"]}

    def comparison(self, days: Days) -> list[Answer]:
        """Each platform beside the others."""
        question = dict(self._question(days).items())
        question.pop("platform", None)
        answer = oracle_2026_2.comparison(self.told, question, "gone")
        return list(answer["platforms"])

    def before(self, days: Days, earlier: Days) -> Answer | None:
        """The same part of an earlier period at the same age; None where nothing was submitted."""
        first, earlier_first = midnight(days[0]), midnight(earlier[0])
        end = min(self.as_of, midnight(days[1], DAY))
        cut = min(earlier_first + (end - first), midnight(earlier[1], DAY))
        inside = [one for one in self.told if (begun := _begun(one)) is None or begun < cut]
        question = self._question(earlier) | {
            "happened_until": earlier_first + (self.as_of - first)
        }
        groups = oracle_2026_2.answer(inside, question | {"by": "all"})["groups"]
        return groups[0] if groups else None

    def _question(self, days: Days) -> Answer:
        first, last = days
        span = {"from": first, "to": last and last + DAY}
        return {"zone": ZONE.key, "as_of": self.as_of} | self.terms | span


def key_figures(group: Answer) -> Iterator[tuple[str, Answer]]:
    """Each key figure of a group: value, interval, counted, of, requests, small."""
    for key, (name, hours) in CLOCKS.items():
        clock = group[name]
        by = clock["share_by"][hours] if hours else None
        value = (by and by["share"]) if hours else clock["median_hours"]
        ci = (by and by["ci"]) if hours else clock["median_ci"]
        yield (
            key,
            {
                "value": value,
                "ci": None if ci is None or set(ci) == {None} else list(ci),
                "counted": None if hours else clock["events"],
                "of": clock["n"],
                "requests": clock["takedowns"],
                "small": clock["small"],
            },
        )
    for key, name in SHARES.items():
        share = group[name]
        yield (
            key,
            {
                "value": share["share"],
                "ci": share["ci"] and list(share["ci"]),
                "counted": share["numerator"],
                "of": share["denominator"],
                "requests": share["takedowns"],
                "small": share["small"],
            },
        )


def change(key: str, now: Answer, before: Answer) -> tuple[float, float, float] | None:
    """The difference of two shares with its interval (Newcombe 1998); None of anything else."""
    is_median = key in CLOCKS and CLOCKS[key][1] is None
    if is_median or key in NEVER_COMPARED or not now["ci"] or not before["ci"]:
        return None
    value = now["value"] - before["value"]
    below = hypot(now["value"] - now["ci"][0], before["ci"][1] - before["value"])
    above = hypot(now["ci"][1] - now["value"], before["value"] - before["ci"][0])
    return value, value - below, value + above


def midnight(day: date | None, more: timedelta = timedelta()) -> datetime:
    assert day is not None
    return datetime.combine(day + more, datetime.min.time(), ZONE)


def _begun(one: Timeline) -> datetime | None:
    moments = [entry.happened_at for entry in one.entries if entry.kind == "submitted"]
    return moments[0] if moments else None
