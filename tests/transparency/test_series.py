"""What a platform publishes is one series: its file's rows, and those of its reports."""

from datetime import UTC, datetime

from app.platforms.published import Published
from app.platforms.vocabularies import PublishedMethod
from app.transparency import reading, series
from app.transparency.layout import TOTAL
from app.transparency.reading import Reading
from app.transparency.series import Report
from tests.shipped_platforms import shipped
from tests.transparency.report_files import CSAM, MINORS, SERVICE, as_csv, line

AT = datetime(2026, 9, 1, tzinfo=UTC)
YEAR = "2025-01-01/2025-12-31"
NCII = "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"
CATALOGUE = shipped()
CATEGORIES = list(CATALOGUE.categories.values())


def kept(number: int, *lines: list[str], platform: str = "facebook") -> Report:
    read = reading.read(as_csv(list(lines)))
    return Report(number, platform, SERVICE, "4.csv", f"{number:064}", "Heron", AT, read)


def told(*reports: Report, platform: str = "facebook") -> list[Published]:
    known = CATALOGUE.platforms[platform]
    found = series.series_of(known, reports, CATEGORIES)
    return [one for one in found if one not in known.dealings.published]


def test_a_row_is_a_figure_by_the_way_its_platform_counts() -> None:
    row = line(TOTAL, "9", "4", "90", "40", "3.5", "1.5", "2", "1", "5", "3", period=YEAR)

    assert told(kept(1, row)) == [
        Published(
            period="2025", category=None, method=PublishedMethod.ACTED, median_hours=1.5, n=4,
            source=f"{series.ANNEX}: {SERVICE}, 4.csv (SHA-256 000000000000)", items=40,
            median_hours_all=3.5, actions_law=1, actions_terms=3,
            note="Time to the first action in a notice; notices without action excluded.",
        )
    ]  # fmt: skip
    assert [one.method for one in told(kept(1, row), platform="tiktok")] == [None]


def test_a_sub_category_is_of_the_category_that_has_its_code() -> None:
    found = told(
        kept(
            1,
            line(MINORS, "9", "9"),
            line(CSAM, "8", "8"),
            line("KEYWORD_OTHER", "1", "1", description="Threats"),
            line("STATEMENT_CATEGORY_CYBER_VIOLENCE", "2", "2"),
            line(NCII, "2", "2"),
            line("KEYWORD_ANIMAL_HARM", "2", "2"),
        )
    )

    assert {one.category: one.n for one in found} == {"csam": 8, "ncii_adult": 2}


def test_no_notices_have_no_median_and_blanks_are_no_figure() -> None:
    found = told(kept(1, line(TOTAL, "9", "0", "", "", "3", "0"), line(MINORS), line(CSAM)))

    assert [(one.n, one.median_hours) for one in found] == [(0, None)]


def test_of_one_period_the_newest_report_counts_and_other_periods_stay() -> None:
    first = kept(1, line(TOTAL, "9", "4", period=YEAR), line(CSAM, "1", "1", period=YEAR))
    other = kept(2, line(TOTAL, "9", "7"))
    mended = kept(3, line(TOTAL, "9", "5", period=YEAR, service="ZZFIXTURE"))
    mended = mended._replace(service="ZZFIXTURE")

    assert [(one.period, one.n) for one in told(mended, first, other)] == [
        ("2026-H1", 7), ("2025", 5),
    ]  # fmt: skip


def test_a_report_without_rows_says_nothing() -> None:
    empty = kept(1, line(TOTAL, "9", "4"))._replace(reading=Reading((), (), 0))

    assert told(empty) == []
