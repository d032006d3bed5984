"""The rows that every way is given, the questions asked of them, and the right answer by hand."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from math import ceil, inf
from typing import NamedTuple

from sqlalchemy import select

from app.takedowns.models import items, takedowns
from benchmarks import databases, stock

FIRST, LAST = (stock.END - stock.QUARTER).date(), stock.END.date()  # the last is out of it
AS_OF = stock.END - stock.QUARTER / 3
SOUGHT = len(stock.PLATFORMS)  # a takedown of Instagram


class Job(StrEnum):
    """What a hotline does day by day, and at the end of a quarter."""

    LOG = "log"
    ANSWER = "answer"
    FIGURES = "figures"
    FIND = "find"
    PAST = "past"


JOBS: Mapping[Job, str] = {
    Job.LOG: "a request logged, its notice filled in",
    Job.ANSWER: "an answer recorded",
    Job.FIGURES: "median and 90th percentile of a quarter by platform, open ones counted",
    Job.FIND: "found again by its link",
    Job.PAST: "the same figures as of two months ago",
}


class Row(NamedTuple):
    """An item that was submitted: when, in local time, and after how many hours it was gone."""

    url: str
    platform: str
    submitted: str
    gone: float | None


def rows_of(place: databases.Place) -> list[Row]:
    """Return a row for each item; every platform has a host of its own, as it would."""
    database = place.database()
    query = (
        select(
            takedowns.c.id, takedowns.c.platform, takedowns.c.submitted_at, items.c.number,
            items.c.stands, items.c.ended_at,
        )
        .join(items, items.c.takedown_id == takedowns.c.id)
        .where(items.c.stands.is_not(None))
    )  # fmt: skip
    with database.read() as unit:
        found = [
            Row(
                url_of(row.platform, row.id, row.number),
                row.platform,
                row.submitted_at.astimezone(place.settings.zone).isoformat(),
                hours(row.ended_at - row.submitted_at) if row.stands == "gone" else None,
            )
            for row in unit.connection.execute(query)
        ]
    database.close()
    return found


def url_of(platform: str, number: int, item: int = 1) -> str:
    """Return the link of an item, as it is written down everywhere."""
    return f"https://www.{platform}.com/p/{stock.content_of(number, item)}/"


def notice_of(url: str) -> str:
    """Return a notice, filled in by hand."""
    return f"Please remove {url}: assessed by a trained analyst as AI-made abuse material."


def hours(time: timedelta) -> float:
    """Return how many hours a time is."""
    return time / timedelta(hours=1)


def medians_of(rows: Iterable[Row], zone: tzinfo) -> dict[str, float]:
    """Return by hand the hour by which half of a platform's items of the quarter were gone."""
    ends: dict[str, list[float]] = {}
    for row in rows:
        if FIRST <= datetime.fromisoformat(row.submitted).astimezone(zone).date() < LAST:
            ends.setdefault(row.platform, []).append(inf if row.gone is None else row.gone)
    return {platform: at_share(each, 0.5) for platform, each in ends.items()}


def at_share(ends: list[float], share: float) -> float:
    """Return the hour by which such a share had ended: what is open comes last, at no hour."""
    return sorted(ends)[ceil(len(ends) * share) - 1]
