"""Timelines for stories, told in hours after the submission."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from tests.metrics.oracle_2026_2 import Entry, Timeline, answer

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class StoryEvent(NamedTuple):
    """One event; `at` and `recorded` in hours after the submission."""

    at: float
    kind: str
    data: dict[str, Any]
    items: list[int]
    recorded: float
    voids: int | None


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def event(
    at: float, kind: str, *items: int, recorded: float | None = None, **data: Any
) -> StoryEvent:
    return StoryEvent(at, kind, data, list(items), at if recorded is None else recorded, None)


def decided(at: float, outcome: str, *items: int, **data: Any) -> StoryEvent:
    return event(at, "decided", *items, outcome=outcome, **data)


def seen(at: float, availability: str, *items: int, vantage: str | None = None) -> StoryEvent:
    return event(at, "seen", *items, availability=availability, vantage=vantage)


def corrected(
    at: float, voids: int, replacement: dict[str, Any] | None, recorded: float | None = None
) -> StoryEvent:
    """`at` is the moment that then stands."""
    data = {"kind": "any", "replacement": replacement}
    return StoryEvent(at, "corrected", data, [], at if recorded is None else recorded, voids)


def takedown(
    reference: str,
    *events: StoryEvent,
    items: int = 1,
    platform: str = "facebook",
    category: str = "csam",
    logged: float = -1,
    submitted: float | None = 0,
    reply_expected: bool = True,
    imported: list[str] | None = None,
    **facts: Any,
) -> Timeline:
    """A takedown; its `logged` has number 1, its `submitted` 2, then come the events as given."""
    moments = {k: v.isoformat() if isinstance(v, datetime) else v for k, v in facts.items()}
    common = {"platform": platform, "provider": f"{platform} ltd"}
    data = common | {
        "product": None,
        "facts": {"category": category, "basis": "article_16", "court_order": False} | moments,
        "items": [{"id": n + 1, "kind": "post"} for n in range(items)],
    }
    if imported is not None:
        data["imported"] = imported
    story = [event(logged, "logged", **data)]
    if submitted is not None:
        terms = common | {
            "category": category,
            "basis": "article_16",
            "targets": {"receipt_hours": 24, "gone_hours": 24},
            "reply_expected": reply_expected,
        }
        recorded = max(logged, submitted)
        story.append(event(submitted, "submitted", recorded=recorded, **terms))
    numbers = count(1)
    entries = [
        Entry(next(numbers), e.kind, after(e.at), after(e.recorded), e.items, e.data, e.voids)
        for e in [*story, *events]
    ]
    return Timeline(reference, entries)


def question(hours: float, **rest: Any) -> dict[str, Any]:
    return {"zone": "Europe/Brussels", "as_of": after(hours)} | rest


def group(timelines: list[Timeline], hours: float, **rest: Any) -> dict[str, Any]:
    """The one group of `by=all`."""
    [found] = answer(timelines, question(hours, **rest))["groups"]
    return found


def many(number: int, *events: StoryEvent, **rest: Any) -> list[Timeline]:
    """The same story told of many takedowns."""
    mark = rest.pop("mark", "T")
    return [takedown(f"{mark}{n}", *events, **rest) for n in range(number)]
