"""Platforms' own figures are a series: every known row stands in the files, none is invented."""

from typing import Any

import pytest
from pydantic import ValidationError

from app.platforms.published import Published, newest, newest_first, published_for
from app.platforms.vocabularies import PublishedMethod
from tests.shipped_platforms import files, shipped

ACTED, DECIDED = PublishedMethod.ACTED, PublishedMethod.DECIDED
H1, H2 = "2026-H1", "2025-H2"
# Of each platform: period, category, method, median hours, notices, items; then of all notices the
# median hours, and actions by law and by terms.
PUBLISHED: dict[str, list[tuple[Any, ...]]] = {
    "facebook": [
        (H1, None, "acted", 19.2, 5873, 94752, 3.2, 0, 1118),
        (H1, "csam", "acted", 21.6, 53, 70, None, None, None),
    ],
    "instagram": [
        (H1, None, "acted", 3.72, 1401, 4943, 28.89, 0, 832),
        (H1, "csam", "acted", 17.9, 129, 215, None, None, None),
    ],
    "tiktok": [
        (H1, None, None, 12.3, 471, 423, 5.6, 137, 63),
        (H1, "csam", None, 1.2, 27, 25, None, None, None),
        (H2, None, None, 0.98, None, None, 5.83, None, None),
    ],
    "youtube": [
        (H1, None, None, 10, 213, 527, 0, 376, 0),
        (H1, "minor_other", None, None, 0, None, None, None, None),
    ],
    "snapchat": [
        (H2, None, "decided", 5, 638, 802, 72, 0, 407),
        (H2, "csam", "decided", 7, 44, 48, None, None, None),
        (H2, "grooming", "decided", 7, 96, 89, None, None, None),
    ],
    "x": [
        (H2, None, "acted", 1, 935, 1742, 3, 543, 379),
        (H2, "csam", "acted", 41, 9, 19, None, None, None),
        (H2, "grooming", "acted", 5, 5, 9, None, None, None),
    ],
}


def entry(period: str, category: str | None = None, method: str | None = "acted") -> Published:
    return Published.model_validate(
        {"period": period, "category": category, "method": method}
        | {"median_hours": 1, "n": 1, "source": "The report"}
    )


def rows(series: list[Published]) -> list[tuple[str, str | None, str | None]]:
    return [(one.period, one.category, one.method) for one in series]


@pytest.mark.parametrize("slug", sorted(shipped().platforms))
def test_every_known_figure_stands_in_the_file(slug: str) -> None:
    told = [one.model_dump(mode="json") for one in shipped().platforms[slug].dealings.published]
    columns = (
        "period category method median_hours n items median_hours_all actions_law actions_terms"
    )

    assert [tuple(one[name] for name in columns.split()) for one in told] == PUBLISHED.get(slug, [])
    assert all(one["source"] and one["note"] for one in told)


def test_what_is_known_second_hand_says_so() -> None:
    told = {
        (slug, one.period)
        for slug, platform in shipped().platforms.items()
        for one in platform.dealings.published
        if "second hand" in (one.note or "")
    }

    assert told == {("tiktok", H2)}
    assert files()["tiktok.yaml"].count("Annex I part 4") == 1


def test_a_period_is_as_new_as_its_last_day() -> None:
    periods = ["2025-H2", "2026-H1", "2025-H1", "2026", "2025", "2026-H2"]

    found = [one.period for one in newest_first(map(entry, periods))]

    assert found == ["2026-H2", "2026", "2026-H1", "2025-H2", "2025", "2025-H1"]


def test_the_newest_of_each_category_and_method_is_shown() -> None:
    series = [
        entry("2025-H1", "csam"),
        entry("2025-H2"),
        entry("2026-H1"),
        entry("2025-H2", method="decided"),
    ]

    assert rows(newest(series)) == [
        ("2026-H1", None, "acted"),
        ("2025-H2", None, "decided"),
        ("2025-H1", "csam", "acted"),
    ]


SERIES = (
    entry("2025-H1", "csam"),
    entry("2025-H2"),
    entry("2026-H1", "csam"),
    entry("2026-H1"),
    entry("2026-H1", "csam", "decided"),
    entry("2025-H1", None, None),
)


@pytest.mark.parametrize(
    ("category", "method", "found"),
    [
        ("csam", ACTED, [("2026-H1", "csam", "acted"), ("2025-H1", "csam", "acted")]),
        ("grooming", ACTED, [("2026-H1", None, "acted"), ("2025-H2", None, "acted")]),
        (None, ACTED, [("2026-H1", None, "acted"), ("2025-H2", None, "acted")]),
        ("csam", DECIDED, [("2026-H1", "csam", "decided")]),
        ("grooming", DECIDED, []),
        (None, DECIDED, []),
        ("csam", None, [("2025-H1", None, None)]),
    ],
)
def test_beside_ours_stands_the_same_method_and_category_else_the_widest(
    category: str | None,
    method: PublishedMethod | None,
    found: list[tuple[str, str | None, str | None]],
) -> None:
    assert rows(published_for(SERIES, category, method)) == found


@pytest.mark.parametrize(
    "changes",
    [
        {"n": 0},
        {"n": 0, "median_hours": 0},
        {"n": -1},
        {"median_hours": -0.5},
        {"median_hours": float("inf")},
        {"period": "2026-Q1"},
        {"period": "0000"},
        {"method": "seen"},
        {"notices": 1},
    ],
)
def test_what_is_no_figure_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Published.model_validate(entry("2026-H1").model_dump() | changes)


def test_no_notices_have_no_median() -> None:
    none = entry("2026-H1").model_dump() | {"n": 0, "median_hours": None}

    assert Published.model_validate(none).median_hours is None
