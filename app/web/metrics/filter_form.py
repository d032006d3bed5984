"""What a page of figures is asked for: read from its address, and written into its links."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from app.kit.clock import stamp
from app.kit.errors import Fault, Refused
from app.metrics import earlier, periods
from app.metrics.earlier import Part
from app.metrics.periods import Comparison, Period, PeriodName
from app.metrics.questions import Question, Viewpoint
from app.metrics.vocabularies import Imported
from app.schemas.list_filters import Name
from app.schemas.values import Code, Day, Moment, refuse_future
from app.schemas.vocabularies import Basis
from app.web.shell import addresses, forms
from app.web.shell.forms import YES_OR_NO, Form

Scale = Literal["48", "168", "1008"]
DAYS = frozenset({"from", "until", "compare_from", "compare_until"})
_DAY = timedelta(days=1)
_MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)


class Of(StrEnum):
    """Of which takedowns a list of rows is."""

    PERIOD = "period"
    BEFORE = "before"  # those that the period is set beside
    UNDER_WAY = "under_way"  # of any day, and not closed
    CLOSED = "closed"  # of the period


class Filters(BaseModel):
    """The filters as they stand in the address; days given win over a period's name."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)

    period: PeriodName = "last_12_months"
    from_: Annotated[Day | None, Field(alias="from")] = None
    until: Day | None = None
    compare: Comparison = "previous"
    compare_from: Day | None = None
    compare_until: Day | None = None
    platform: Code | None = None
    without: Code | None = None  # a platform: all the others
    provider: Name | None = None  # of the rows behind a figure
    category: Code | None = None
    basis: Basis | None = None
    urgent: Literal["true", "false"] | None = None
    imported: Imported = Imported.INCLUDE
    scale: Scale = "168"
    of: Of = Of.PERIOD


@dataclass(frozen=True)
class Asked(Viewpoint):
    """A question to the figures, every day and moment of it known."""

    filters: Filters
    is_pinned: bool  # the moment was asked for, rather than now

    @property
    def stamped(self) -> str:
        """`as_of` as addresses carry it."""
        return stamp(self.as_of)

    @property
    def is_custom(self) -> bool:
        """Tell whether days were given instead of a period's name."""
        return bool(self.filters.from_ or self.filters.until)

    @property
    def period(self) -> Period:
        """The days asked for."""
        if self.is_custom:
            return _days(self.filters.from_, self.filters.until)
        return periods.preset(self.filters.period, self.today)

    @property
    def last_day(self) -> date | None:
        """The last day of the period that has begun."""
        until = self.period.until
        return until and min(until, self.today)

    @property
    def other(self) -> Period | None:
        """The days to compare with, if any."""
        if self.filters.compare_from or self.filters.compare_until:
            return _days(self.filters.compare_from, self.filters.compare_until)
        return periods.compared(self.period, self.filters.compare)

    @property
    def part(self) -> Part | None:
        """The part of those days that is as long and as old as the period is."""
        return self.other and earlier.same_part(self.period, self.other, self)

    def question(self, *spans: Period, **changes: Any) -> Question:
        """Ask for what was submitted in some spans, whatever the platform unless told."""
        told = self.filters
        return Question(
            zone=self.zone,
            periods=spans,
            category=told.category,
            basis=told.basis,
            urgent=None if told.urgent is None else YES_OR_NO[told.urgent],
            imported=told.imported,
            **changes,
        )

    def link(self, path: str, **changes: str | None) -> str:
        """Write an address with the same filters but these; None leaves one out."""
        return addresses.of(path, self._words() | {"provider": None} | changes)

    def rows(
        self,
        figure: str,
        days: Period | None = None,
        *,
        of: Of = Of.PERIOD,
        ending: str = "",
        **changes: str | None,
    ) -> str:
        """Write the address of the rows behind a figure, as of exactly this moment.

        `days` are others than the page's: a month of it. With an `ending` it is a spreadsheet.
        """
        told = {"figure": figure, "as_of": self.stamped}
        if days is not None:
            told |= {"from": _iso(days.from_day), "until": _iso(days.until)}
        if of != Of.PERIOD:
            told |= {"of": of}
        return addresses.of(f"/metrics/rows{ending}", self._words() | told | changes)

    def _words(self) -> dict[str, str | None]:
        told = self.filters.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return told | ({"as_of": stamp(self.as_of)} if self.is_pinned else {})


def read(
    query: Mapping[str, str], zone: ZoneInfo, latest: datetime
) -> tuple[Filters, datetime | None]:
    """Read filters and `as_of` from an address; raises Refused naming what does not fit."""
    told: dict[str, Any] = {name: value for name, value in query.items() if value.strip()}
    try:
        filters: Filters = forms.checked(Filters, told)
    except Refused as error:
        raise _named(error) from None
    _refuse_backwards(filters)
    as_of = _moment(told, zone)
    refuse_future(latest, as_of=as_of)
    return filters, as_of


def _named(error: Refused) -> Refused:
    """Say of a day that does not fit what would."""
    found = [
        fault._replace(code="day_invalid") if fault.pointer.strip("/") in DAYS else fault
        for fault in error.faults
    ]
    return Refused(error.code, error.detail, found)


def _refuse_backwards(filters: Filters) -> None:
    spans = (
        ("until", filters.from_, filters.until),
        ("compare_until", filters.compare_from, filters.compare_until),
    )
    found = [
        Fault(f"/{name}", "ends_too_early", "a day from the first one on")
        for name, first, last in spans
        if first and last and last < first
    ]
    if found:
        raise Refused("invalid_request", "days run backwards", found)


def _moment(told: Mapping[str, str], zone: ZoneInfo) -> datetime | None:
    if "as_of" not in told:
        return None
    try:
        return _MOMENT.validate_python(told["as_of"])
    except ValidationError:
        return Form(tuple(told.items())).moment("as_of", zone)


def _days(first: date | None, last: date | None) -> Period:
    return Period(first, last and last + _DAY)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
