"""What a page of figures must say: worked out once more, from the timelines that the API tells.

It knows the words of docs/definitions.md section 6 and nothing of how the application counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tests.api_client import ApiClient
from tests.metrics import oracle
from tests.metrics.oracle import HOUR, Entry, Item, Takedown
from tests.metrics.oracle_numbers import (
    MICRO,
    Point,
    acted,
    clock,
    curve,
    is_kept,
    is_open,
    kept,
    reached,
    target,
)
from tests.metrics.oracle_numbers import watched as seen_of

ZONE = ZoneInfo("Europe/Brussels")


class Number(NamedTuple):
    """A number of the row: what it says (None: words only), and the lengths of its lists."""

    value: float | None
    counts: list[int]


class Line(NamedTuple):
    """One line of a table of groups: shares by hour, and how many items were gone by then."""

    takedowns: int
    is_small: bool
    median: float | None
    limits: tuple[float | None, float | None] | None
    simple: float | None
    shares: list[float | None]
    gone_by: list[int]
    watched: int
    gone: int
    open: int
    refused: int


def told(api: ApiClient, as_of: datetime) -> list[Takedown]:
    """Ask the API for every takedown and its timeline, and replay them by the oracle."""
    references = [one["reference"] for one in _pages(api, "/takedowns?limit=100")]
    stories = [_pages(api, f"/takedowns/{one}/events?limit=100") for one in references]
    found = (oracle.takedown([_told(event) for event in story], as_of) for story in stories)
    return [takedown for takedown in found if takedown and takedown.submitted_at]


def within(
    takedowns: Iterable[Takedown], first: date | None, last: date | None, **terms: str
) -> list[Takedown]:
    """Those submitted on these local days, the last one included, with these terms."""
    return [
        one
        for one in takedowns
        if (first is None or day_of(one) >= first)
        and (last is None or day_of(one) <= last)
        and all(one.terms and one.terms[name] == value for name, value in terms.items())
    ]


def day_of(takedown: Takedown) -> date:
    """The local day of its submission."""
    assert takedown.submitted_at is not None
    return takedown.submitted_at.astimezone(ZONE).date()


def is_small(takedowns: Iterable[Takedown]) -> bool:
    """Whether there are too few for any percentage or median."""
    return sum(bool(kept(one)) for one in takedowns) < 10


def row(takedowns: Sequence[Takedown], as_of: datetime) -> dict[str, Number]:
    """Every number at the top of the page."""
    cohort = [one for one in takedowns if kept(one)]
    items = [(one, item) for one in cohort for item in kept(one)]
    ours = [pair for pair in items if not pair[0].facts["court_order"]]
    replying = [one for one in cohort if one.terms and one.terms["reply_expected"]]
    gone = _curve(ours, as_of)
    answers = curve([seen_of(one, as_of, one.answered_at) for one in replying])
    to_decide = [pair for pair in items if pair[0] in replying]
    decisions = curve([seen_of(one, as_of, item.decided_at) for one, item in to_decide])
    day_old = [one for one in replying if age(one, as_of) >= 24]
    week_old = [one for one in replying if age(one, as_of) >= 168]
    due = [(item, target(one)) for one, item in ours if target(one) <= as_of]
    gone_count = sum(item.gone_at is not None for _, item in ours)
    still_open = sum(is_open(item) for _, item in ours)
    answered = sum(one.answered_at is not None for one in replying)
    decided = [item for _, item in items if item.decided_at]
    hours = [one.our_time / HOUR for one in cohort if one.our_time is not None]
    found = {
        "time-to-gone": Number(reached(gone, Fraction(1, 2)), [gone_count, len(ours), still_open]),
        **{
            key: Number(
                share_at(gone, [age(one, as_of, item) for one, item in ours], span),
                [gone_by(ours, span), len(ours)],
            )
            for key, span in (("gone-24h", 24), ("gone-72h", 72), ("gone-7d", 168))
        },
        "receipt-24h": _part([_has_within(one, one.receipt_at, 24) for one in day_old]),
        "answer": Number(
            reached(answers, Fraction(1, 2)),
            [answered, len(replying), len(replying) - answered],
        ),
        **{
            key: Number(
                share_at(
                    decisions,
                    [_until(one, item.decided_at or as_of) for one, item in to_decide],
                    span,
                ),
                [
                    sum(_has_within(one, item.decided_at, span) for one, item in to_decide),
                    len(to_decide),
                ],
            )
            for key, span in (("decision-24h", 24), ("decision-7d", 168))
        },
        "refused": Number(
            _ratio(sum(i.state == "refused" for _, i in items), len(decided)),
            [sum(i.state == "refused" for _, i in items), len(decided)],
        ),
        "target-kept": _part([is_kept(item, moment) for item, moment in due]),
        "silent-7d": _part([one.answered_at is None for one in week_old]),
        "our-time": Number(median(hours) if hours else None, [len(hours), len(cohort)]),
    }
    if is_small(takedowns):
        found = {key: Number(None, number.counts) for key, number in found.items()}
    for key, hits in {
        "came-back": [item.state == "came_back" for _, item in items],
        "still-up": [item.still_up for _, item in items],
        "open": [is_open(item) for _, item in items],
    }.items():
        found[key] = Number(float(sum(hits)), [sum(hits), len(items)])
    return found


def line(takedowns: Sequence[Takedown], as_of: datetime, spans: Sequence[int]) -> Line:
    """A group's line in a table."""
    cohort = [one for one in takedowns if kept(one)]
    ours = [(one, item) for one in cohort if not one.facts["court_order"] for item in kept(one)]
    points, small = _curve(ours, as_of), is_small(takedowns)
    ages = [age(one, as_of, item) for one, item in ours]
    actions = acted([one for one in cohort if not one.facts["court_order"]])
    return Line(
        len(cohort),
        small,
        None if small else reached(points, Fraction(1, 2)),
        clock([seen_of(one, as_of, i.gone_at, i.competing_at) for one, i in ours], small)[
            "median_ci"
        ],
        median(actions) if actions and not small else None,
        [None if small else share_at(points, ages, span) for span in spans],
        [gone_by(ours, span) for span in spans],
        len(ours),
        sum(item.gone_at is not None for _, item in ours),
        sum(is_open(item) for _, item in ours),
        sum(item.state == "refused" for one in cohort for item in kept(one)),
    )


def steps(takedowns: Sequence[Takedown], as_of: datetime) -> list[tuple[float, float]]:
    """The curve of a group: hours and share of every step, from nothing at the start."""
    cohort = [one for one in takedowns if kept(one)]
    ours = [(one, item) for one in cohort if not one.facts["court_order"] for item in kept(one)]
    found = [(0.0, 0.0)] if ours else []
    found += [(point.micros * MICRO / HOUR, float(point.share)) for point in _curve(ours, as_of)]
    return [one for one, later in pairwise([*found, (-1.0, 0.0)]) if one[0] != later[0]]


def age(takedown: Takedown, as_of: datetime, item: Item | None = None) -> float:
    """Hours it was watched: to its end where it has one, else to `as_of`."""
    ended = item and (item.gone_at or item.competing_at)
    return _until(takedown, ended or as_of)


def share_at(points: Sequence[Point], ages: Sequence[float], span: int) -> float | None:
    """Share by so many hours; None where nobody was watched so long."""
    if not ages or max(ages) < span:
        return None
    passed = [point.share for point in points if point.micros <= span * HOUR / MICRO]
    return float(passed[-1]) if passed else 0.0


def gone_by(pairs: Iterable[tuple[Takedown, Item]], span: int) -> int:
    """How many items were gone within so many hours."""
    return sum(_has_within(one, item.gone_at, span) for one, item in pairs)


def _curve(pairs: Iterable[tuple[Takedown, Item]], as_of: datetime) -> list[Point]:
    return curve([seen_of(one, as_of, item.gone_at, item.competing_at) for one, item in pairs])


def _has_within(takedown: Takedown, moment: datetime | None, span: int) -> bool:
    return moment is not None and _until(takedown, moment) <= span


def _until(takedown: Takedown, moment: datetime) -> float:
    assert takedown.submitted_at is not None
    return (moment - takedown.submitted_at) / HOUR


def _part(answers: Sequence[bool]) -> Number:
    return Number(_ratio(sum(answers), len(answers)), [sum(answers), len(answers)])


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _pages(api: ApiClient, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor = ""
    while cursor is not None:
        answer = api.get(f"{path}{cursor}")
        found += answer["data"]
        cursor = answer["next_cursor"] and f"&cursor={answer['next_cursor']}"
    return found


def _told(event: dict[str, Any]) -> Entry:
    """An event of the API in the words of the oracle."""
    kind, data = event["kind"], event["data"]
    content = data["replacement"] if kind == "corrected" else _content(kind, event)
    moments = (datetime.fromisoformat(event[name]) for name in ("happened_at", "recorded_at"))
    return Entry(event["id"], kind, *moments, content, data.get("voids"))


def _content(kind: str, event: dict[str, Any]) -> dict[str, Any]:
    data = event["data"]
    if kind == "logged":
        return dict(_moments(data["facts"])) | {"items": len(data["items"])}
    if kind == "amended":
        return dict(_moments(data))
    if kind == "submitted":
        return {"terms": data}
    return data | {"items": event["items"]}


def _moments(facts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in facts.items():
        yield name, datetime.fromisoformat(value) if value and name.endswith("_at") else value
