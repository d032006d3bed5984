"""What stands beside the counted tables: times, our own quality, the status, figures by hand.

Pure.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

from app.reports.document import Document, ReportedShare, StatusEntry, Times
from app.reports.forms import written
from app.reports.forms.naming import Names
from app.reports.forms.view import Column, Row, Section, Table, Unit, Value
from app.reports.vocabularies import Axis, HandFigure, Part
from app.schemas.vocabularies import StatusChange


def beside(document: Document, names: Names) -> Iterator[Section]:
    """Show each of them that the report has."""
    if document.times:
        yield Section(names.gettext("How fast providers were"), ())
        for part in Part:
            told = [one for one in document.times if one.part == part]
            if told:
                yield Section(names.label("report_part", part), _times(told, names), level=3)
    if document.own_quality:
        yield Section(names.gettext("How our own notices fared"), (_own_quality(document, names),))
    if document.status:
        yield Section(names.gettext("Status as a trusted flagger"), (_status(document, names),))
    if any(count is not None for count in document.figures.values()):
        yield Section(names.gettext("Figures entered by hand"), (_figures(document, names),))


def _times(told: list[Times], names: Names) -> tuple[Table, ...]:
    return (_until_gone(told, names), _gone_within(told, names), _as_platforms_count(told, names))


def _until_gone(told: list[Times], names: Names) -> Table:
    return Table(
        caption=names.gettext("Hours until content was gone"),
        corner=names.label("axis", "provider"),
        columns=(
            Column(names.label("counted", "notices")),
            Column(names.label("counted", "items")),
            Column(names.gettext("Half gone after (hours)"), Unit.HOURS),
            Column(names.gettext("90% gone after (hours)"), Unit.HOURS),
        ),
        rows=_by_provider(
            told,
            names,
            lambda one: (
                one.notices,
                one.items,
                _hours(one.median_hours, names),
                _hours(one.p90_hours, names),
            ),
        ),
        notes=(
            names.gettext(
                "Items that are still online count as waiting: leaving them out would make silence"
                " look fast."
            ),
        ),
    )


def _gone_within(told: list[Times], names: Names) -> Table:
    interval = Column(names.gettext("95% interval"), Unit.TEXT)
    return Table(
        caption=names.gettext("Share of the items that was gone in time"),
        corner=names.label("axis", "provider"),
        columns=(
            Column(names.gettext("Gone within 24 hours"), Unit.SHARE),
            interval,
            Column(names.gettext("Gone within 7 days"), Unit.SHARE),
            interval,
        ),
        rows=_by_provider(
            told,
            names,
            lambda one: (*_share(one.within_24h, names), *_share(one.within_7d, names)),
        ),
    )


def _as_platforms_count(told: list[Times], names: Names) -> Table:
    return Table(
        caption=names.gettext("Median hours as platforms count them"),
        corner=names.label("axis", "provider"),
        columns=(
            Column(names.gettext("Notices acted on")),
            Column(names.gettext("Median hours to an action"), Unit.HOURS),
            Column(names.gettext("Notices decided")),
            Column(names.gettext("Median hours to a decision"), Unit.HOURS),
        ),
        rows=_by_provider(
            told,
            names,
            lambda one: (
                one.acted_n,
                _median(one.acted_median_hours, names),
                one.decided_n,
                _median(one.decided_median_hours, names),
            ),
        ),
        notes=(
            names.gettext(
                "Notices without an action, or without a decision, are left out of these medians."
            ),
        ),
    )


def _by_provider(
    told: list[Times], names: Names, values: Callable[[Times], tuple[Value, ...]]
) -> tuple[Row, ...]:
    """Show a row for each provider; all of them together stand last."""
    rows = sorted(told, key=lambda one: (one.provider is None, one.provider or ""))
    together = names.gettext("All providers")
    return tuple(
        Row(one.provider or together, values(one), is_total=one.provider is None) for one in rows
    )


def _hours(told: str | None, names: Names) -> Value:
    return names.gettext("not reached") if told is None else Decimal(told)


def _median(told: str | None, names: Names) -> Value:
    """Write a plain median, which is there wherever ten notices stand behind it."""
    return names.gettext("too few") if told is None else Decimal(told)


def _share(told: ReportedShare | None, names: Names) -> tuple[Value, str]:
    if told is None:
        return names.gettext("too early"), ""
    if told.low is None or told.high is None:
        return Decimal(told.share), ""
    interval = written.share_between(told.low, told.high, names.language)
    return Decimal(told.share), interval


def _own_quality(document: Document, names: Names) -> Table:
    own = document.own_quality
    assert own  # noqa: S101 - asked for only where it is there
    counted = (
        (names.gettext("Refused"), own.refused),
        (names.gettext("The provider asked for information"), own.information_asked),
        (names.gettext("Sent back: the wrong channel"), own.wrong_channel),
        (names.gettext("Sent back: a notice about the same was there"), own.duplicates),
        (names.gettext("Withdrawn by us after it was sent"), own.withdrawn_after_submission),
    )
    never = names.gettext("never recorded")
    rows = [Row(reason, (never if count is None else count,)) for reason, count in counted]
    return Table(
        caption=names.gettext("Notices of every basis that were refused, sent back or withdrawn"),
        corner=names.gettext("Reason"),
        columns=(Column(names.label("counted", "notices")),),
        rows=(*rows, Row(names.gettext("All notices"), (own.notices,), is_total=True)),
        notes=(names.gettext("One notice may stand in several rows, or in none."),),
    )


def _status(document: Document, names: Names) -> Table:
    """Show the history; who does not honour an award stands in a column only if there is one."""
    columns = [
        Column(names.gettext("From"), Unit.TEXT),
        Column(names.gettext("Last day"), Unit.TEXT),
        Column(names.gettext("Coordinator"), Unit.TEXT),
        Column(names.gettext("Types of content"), Unit.TEXT),
    ]
    is_limited = any(entry.exceptions for entry in document.status)
    if is_limited:
        columns.append(Column(names.gettext("Platforms that do not honour it"), Unit.TEXT))
    rows = tuple(
        Row(names.label("status_change", entry.kind), _entry(entry, names)[: len(columns)])
        for entry in document.status
    )
    return Table(
        caption=names.gettext("Award, suspensions and end of the status"),
        corner=names.gettext("What happened"),
        columns=tuple(columns),
        rows=rows,
    )


def _entry(entry: StatusEntry, names: Names) -> tuple[str, ...]:
    types = "; ".join(map(names.category, entry.categories))
    if entry.kind == StatusChange.AWARDED and not types:
        types = names.gettext("All types")
    return (
        written.day(entry.on, names.language),
        written.day(entry.until - timedelta(days=1), names.language) if entry.until else "",
        entry.coordinator,
        types,
        "; ".join(names.of(Axis.PLATFORM, slug) for slug in entry.exceptions),
    )


def _figures(document: Document, names: Names) -> Table:
    return Table(
        caption=names.gettext("Figures that the organisation keeps elsewhere: entered by hand"),
        corner=names.gettext("Figure"),
        columns=(Column(names.gettext("Entered by hand")),),
        rows=tuple(
            Row(names.label("hand_figure", figure), (count,))
            for figure in HandFigure
            if (count := document.figures.get(figure)) is not None
        ),
    )
