"""What a transparency report says is read as far as it is right, and told where it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kit.errors import Refused
from app.transparency import reading
from app.transparency.headings import FRENCH, GERMAN, Headings
from app.transparency.layout import CODES, MEDIANS, NUMBERS, OTHER, TOTAL
from app.transparency.rows import Finding
from app.transparency.vocabularies import ReportColumn, ReportRule
from tests.transparency.report_files import (
    CSAM,
    HEADING,
    MINORS,
    PERIOD,
    ROWS,
    SERVICE,
    as_csv,
    as_workbook,
    heading_of,
    line,
    numbers_of,
    report,
)

RIGHT = {
    TOTAL: ("1081646", "471", "349915", "423", "5.6", "12.3", "59375", "137", "32881", "63"),
    MINORS: ("89340", "27", "28884", "25"),
    CSAM: ("89340", "27", "28884", "25", "7.7", "1.2"),
}
GROOMING = "KEYWORD_GROOMING_SEXUAL_ENTICEMENT_MINORS"


def of_rows(found: reading.Reading) -> list[Finding]:
    return [one for one in found.findings if one.row]


@pytest.mark.parametrize("written", [as_csv, as_workbook])
def test_a_report_as_it_should_be_is_read_whole(written: object) -> None:
    assert callable(written)
    found = reading.read(written(report(RIGHT)))

    assert (len(found.rows), found.total, found.findings) == (ROWS, ROWS, ())
    assert (found.services, found.periods, found.left_out) == ((SERVICE,), (PERIOD,), ())
    minors = next(row for row in found.rows if row.keyword == CSAM)
    assert (minors.category, minors.counted(ReportColumn.TF_NOTICES)) == (MINORS, 27)
    assert minors.hours(ReportColumn.TF_MEDIAN) == 1.2
    assert minors.counted(ReportColumn.ACTIONS_LAW) is None  # blank is not 0


@pytest.mark.parametrize(
    ("column", "text", "rule"),
    [
        (ReportColumn.NOTICES, "6,564", ReportRule.COMMA),
        (ReportColumn.NOTICES, "1 656", ReportRule.COMMA),
        (ReportColumn.NOTICES, "1'656", ReportRule.COMMA),
        (ReportColumn.NOTICES, "50236.0", ReportRule.NOT_A_COUNT),
        (ReportColumn.NOTICES, "007", ReportRule.NOT_A_COUNT),
        (ReportColumn.NOTICES, " 7", ReportRule.NOT_A_COUNT),
        (ReportColumn.NOTICES, "7 ", ReportRule.NOT_A_COUNT),
        (ReportColumn.NOTICES, "٣", ReportRule.NOT_A_COUNT),
        (ReportColumn.NOTICES, "1e3", ReportRule.NOT_A_COUNT),
        (ReportColumn.NOTICES, "n/a", ReportRule.NOT_A_COUNT),
        (ReportColumn.NOTICES, "-", ReportRule.NOT_A_COUNT),
        (ReportColumn.NOTICES, "-4", ReportRule.NEGATIVE),
        (ReportColumn.NOTICES, "12%", ReportRule.PERCENTAGE),
        (ReportColumn.TF_MEDIAN, "1.3hrs", ReportRule.NOT_HOURS),
        (ReportColumn.TF_MEDIAN, "00:42:00", ReportRule.NOT_HOURS),
        (ReportColumn.TF_MEDIAN, "1,3", ReportRule.COMMA),
        (ReportColumn.TF_MEDIAN, ".5", ReportRule.NOT_HOURS),
        (ReportColumn.TF_MEDIAN, "-0.5", ReportRule.NEGATIVE),
        (ReportColumn.TF_MEDIAN, "=A1", ReportRule.FORMULA),
        (ReportColumn.TF_MEDIAN, "nan", ReportRule.NOT_HOURS),
    ],
)
def test_a_number_that_is_not_plainly_one_leaves_its_row_out(
    column: ReportColumn, text: str, rule: ReportRule
) -> None:
    lines = report(RIGHT)
    lines[1][5 + NUMBERS.index(column)] = text

    found = reading.read(as_csv(lines))

    assert of_rows(found) == [Finding(3, rule, column, text)]
    assert (found.left_out, len(found.rows)) == ((3,), ROWS - 1)


def test_what_a_row_is_of_is_told_by_the_rules() -> None:
    lines = [
        line(TOTAL, "1", period="2026-01-01  / 2026-06-30"),
        line(TOTAL, "1", period="2026-06-30/2026-01-01"),
        line(TOTAL, "1", period="2026-02-30/2026-06-30"),
        line(OTHER, "1", description="What stands below no category"),
        line(MINORS, "1"),
        line("KEYWORD_OTHER_PRIVACY", "1"),
        line(OTHER, "1", description='Text to detail the "Other" keyword.'),
        line(OTHER, "1"),
        line(OTHER, "0"),
    ]

    found = reading.read(as_csv(lines))

    assert [(one.row, one.rule, one.found) for one in of_rows(found)] == [
        (2, ReportRule.NO_PERIOD, "2026-01-01  / 2026-06-30"),
        (3, ReportRule.NO_PERIOD, "2026-06-30/2026-01-01"),
        (4, ReportRule.NO_PERIOD, "2026-02-30/2026-06-30"),
        (5, ReportRule.NO_CATEGORY_ABOVE, OTHER),
        (7, ReportRule.UNKNOWN_CODE, "KEYWORD_OTHER_PRIVACY"),
        (8, ReportRule.NOT_DESCRIBED, 'Text to detail the "Other" keyword.'),
        (9, ReportRule.NOT_DESCRIBED, ""),
        (9, ReportRule.ROW_TWICE, "10"),
        (10, ReportRule.ROW_TWICE, "9"),
    ]
    assert [row.number for row in found.rows] == [6]


def test_other_sub_categories_belong_to_the_category_above_them() -> None:
    speech = "STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH"
    found = reading.read(
        as_csv(
            [
                line(MINORS, "5"),
                line(OTHER, "3", description="Threats"),
                line(OTHER, "2", description="Coercion"),
                line(speech, "1"),
                line(OTHER, "1", description="Threats"),
            ]
        )
    )

    assert [(row.category, row.keyword) for row in found.rows] == [
        (MINORS, ""), (MINORS, OTHER), (MINORS, OTHER), (speech, ""), (speech, OTHER),
    ]  # fmt: skip


def test_every_one_of_two_rows_for_the_same_is_left_out() -> None:
    found = reading.read(
        as_csv([line(TOTAL, "9"), line(MINORS, "4"), line(CSAM, "4"), line(CSAM, "5")])
    )

    assert of_rows(found) == [
        Finding(4, ReportRule.ROW_TWICE, ReportColumn.CATEGORY, "5"),
        Finding(5, ReportRule.ROW_TWICE, ReportColumn.CATEGORY, "4"),
    ]
    assert [row.number for row in found.rows] == [2, 3]


def test_a_category_that_is_not_the_sum_of_its_parts_is_left_out_and_they_stand() -> None:
    found = reading.read(
        as_csv([line(MINORS, "9", "4"), line(CSAM, "4", "4"), line(GROOMING, "4", "")])
    )

    assert of_rows(found) == [Finding(2, ReportRule.NOT_THE_SUM, ReportColumn.NOTICES, "9 ≠ 8")]
    assert [row.number for row in found.rows] == [3, 4]


def test_of_a_category_with_a_broken_part_no_sum_is_judged() -> None:
    for broken in (line(GROOMING, "1,5"), line("KEYWORD_OTHER_OURS", "1"), line(GROOMING)[:9]):
        found = reading.read(as_csv([line(MINORS, "9"), line(CSAM, "4"), broken]))

        assert [row.number for row in found.rows] == [2, 3]


def test_a_row_that_ends_too_early_or_too_late_is_left_out() -> None:
    lines = report(RIGHT)
    lines[2] = lines[2][:11]  # the actions are cut off: blank, or lost?
    lines[4] = lines[4][:15]  # only words about the numbers are
    lines[6] = [*lines[6], ""]  # as an unquoted comma within a number makes it

    found = reading.read(as_csv(lines))

    assert of_rows(found) == [
        Finding(4, ReportRule.ROW_TOO_SHORT, None, "11 ≠ 25"),
        Finding(8, ReportRule.ROW_TOO_LONG, None, "26 ≠ 25"),
    ]
    assert len(found.rows) == ROWS - 2


def test_what_is_odd_but_right_is_told_and_kept() -> None:
    lines = report(RIGHT | {CSAM: ("0", "27", "28884", "25", "7.7", "1.2"), MINORS: ()})
    lines[0][-5] = "Median in minutes between receipt and action"

    found = reading.read(b"\xef\xbb\xbf" + as_csv(lines[:-1]))

    assert len(found.rows) == ROWS - 1
    assert [one[:3] for one in found.findings] == [
        (0, ReportRule.BYTE_ORDER_MARK, None),
        (0, ReportRule.CODES_MISSING, ReportColumn.CATEGORY),
        (2, ReportRule.MINUTES, ReportColumn.TF_MEDIAN),
        (next(row.number for row in found.rows if row.keyword == CSAM), ReportRule.MORE_THAN_ALL,
         ReportColumn.TF_NOTICES),
    ]  # fmt: skip


def test_cells_parted_otherwise_are_read_and_told() -> None:
    content = as_csv([line(TOTAL, "4", "2", "", "", "1.5")]).replace(b",", b";")

    found = reading.read(content.replace(b"services; including", b"services, including"))

    assert [row.texts[:5] for row in found.rows] == [("4", "2", "", "", "1.5")]
    assert ReportRule.DELIMITER in [one.rule for one in found.findings]


def test_a_column_of_their_own_moves_no_number() -> None:
    heading = [*HEADING[:3], "Category label", *HEADING[3:]]
    lines = [[*one[:3], "Category 9b", *one[3:]] for one in report(RIGHT)]

    assert reading.read(as_csv(lines, heading)).rows == reading.read(as_csv(report(RIGHT))).rows


@pytest.mark.parametrize("known", [GERMAN, FRENCH])
def test_headings_of_a_language_that_was_seen_are_told_by_name(known: Headings) -> None:
    lines = report(RIGHT)
    lines[0][-5] = "Median in Minuten; médiane en minutes"

    found = reading.read(as_csv(lines, heading_of(known)))

    assert found == reading.read(as_csv(lines))
    assert [one.rule for one in found.findings] == [ReportRule.MINUTES]


def test_headings_in_another_language_are_told_by_their_place_under_a_title() -> None:
    heading = ["Toepasselijkheid", "Dienst", "Periode", *(f"Kolom {n}" for n in range(22))]
    titled = [["NOTIFICATIONS", *[""] * 24], [""] * 25, heading, *report(RIGHT)]

    found = reading.read(as_csv(titled[1:], titled[0]))

    assert [row.texts for row in found.rows] == [
        row.texts for row in reading.read(as_csv(report(RIGHT))).rows
    ]
    assert found.findings == (Finding(0, ReportRule.BY_POSITION),)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_notices"),
        (b"a,b\r\n1,2\r\n", "no_notices"),
        (as_csv(report())[:-3] + b'"', "broken_quotes"),
        ("Début".encode("cp1252") + as_csv(report()), "not_utf8"),
        (as_csv(report()).decode().encode("utf-16"), "not_utf8"),
        (as_csv([one[:10] for one in report()], HEADING[:10]), "columns_missing"),
        (b"PK\x03\x04 and nothing of the kind", "not_a_workbook"),
        (as_csv([line(TOTAL), line(TOTAL, service="Another")]), "several_services"),
        (as_csv([line(TOTAL)] * 5_001), "too_many_rows"),
        (as_csv(report()) + b" " * 8_000_000, "file_too_large"),
    ],
)
def test_what_is_no_such_report_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        reading.read(content)

    assert refused.value.code == code


def test_of_several_services_one_is_named_and_the_others_rows_are_left_out() -> None:
    content = as_csv([line(TOTAL, "4"), line(TOTAL, "5", service="Another")])

    found = reading.read(content, "Another")

    assert [row.texts[0] for row in found.rows] == ["5"]
    assert of_rows(found) == [Finding(2, ReportRule.OTHER_SERVICE, ReportColumn.SERVICE, SERVICE)]
    with pytest.raises(Refused):
        reading.read(content, "A third")


TEXTS = st.sampled_from(
    ["", "0", "1", "12", "471", "5.6", "1,234", "1.234", "-1", "50%", "n/a", "1.3hrs", "=1", " "]
) | st.integers(0, 10**9).map(str)


@st.composite
def dirty(draw: st.DrawFn) -> list[list[str]]:
    """Rows in any order and number, some right, some with anything in their numbers."""
    codes = st.sampled_from([*sorted(CODES), OTHER, "KEYWORD_UNHEARD_OF"])
    periods = st.sampled_from([PERIOD, "2025-07-01/2025-12-31", "2026-H1"])
    return [
        line(
            draw(codes),
            *draw(st.lists(TEXTS, max_size=len(NUMBERS))),
            description=draw(st.sampled_from(["", "Threats", "Coercion"])),
            period=draw(periods),
        )[: draw(st.sampled_from([25, 25, 25, 9, 15]))]
        for _ in range(draw(st.integers(0, 20)))
    ]


@given(lines=dirty(), is_workbook=st.booleans())
def test_every_row_is_kept_as_it_is_written_or_left_out_and_named(
    lines: list[list[str]], *, is_workbook: bool
) -> None:
    lines = [line(TOTAL), *lines]
    written = as_workbook(lines) if is_workbook else as_csv(lines)

    found = reading.read(written)

    assert sorted([row.number for row in found.rows] + list(found.left_out)) == list(
        range(2, len(lines) + 2)
    )
    assert found.total == len(lines)
    for row in found.rows:
        texts = numbers_of([*lines[row.number - 2], *[""] * 25])
        for column, text in texts.items():
            told = row.hours(column) if column in MEDIANS else row.counted(column)
            assert (told is None) == (text == "")
            assert told is None or (told == float(text) and told >= 0)
