"""The shapes of reports that go in and out."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from app.api.shapes import Digest, Maskable, Name, Page, Stamp
from app.kit.languages import Language
from app.reports.document import Document
from app.reports.vocabularies import Check, Fact, HandFigure, Heading, ReportKind
from app.schemas.values import Count, Day, In, Moment, Short, Words, absent, each_once

MOST_CELLS = 5000


class ReportIn(In):
    """Of which local days to make which report; `to` no longer belongs to it."""

    kind: ReportKind
    from_: Day = Field(alias="from")
    to: Day


class CellIn(In):
    """A cell of a report's table, by the keys of its row and column."""

    table: Short
    row: Short
    column: Short


class ReportPatch(In):
    """What of a report is to be different; languages, headings and figures not named stay."""

    languages: Annotated[
        list[Language], Field(min_length=1, max_length=len(Language)), AfterValidator(each_once)
    ] = absent()
    texts: dict[Heading, dict[Language, Words]] = absent()
    figures: dict[HandFigure, Count | None] = absent()
    confirmed: Annotated[list[CellIn], Field(max_length=MOST_CELLS)] = absent()
    as_of: Moment = absent()


class Cell(BaseModel):
    """A cell of a report's table, by the keys of its row and column."""

    table: str
    row: str
    column: str


class ReportEntry(BaseModel):
    """A report in the list."""

    id: int
    kind: ReportKind
    from_: date = Field(alias="from")
    to: date
    languages: list[Language]
    version: int
    created_at: Stamp
    created_by: str
    changed_at: Stamp
    changed_by: str


class ReportVersion(BaseModel):
    """One freeze of a report; its bytes never change."""

    number: int
    as_of: Stamp
    sha256: Digest
    frozen_at: Stamp
    frozen_by: str


class Report(ReportEntry):
    """A report as people work on it."""

    texts: dict[Heading, dict[Language, str]]
    figures: dict[HandFigure, int | None]
    confirmed: list[Cell]
    confirmed_at: Stamp | None
    confirmed_by: str | None
    versions: list[ReportVersion]


class ReportAsMade(Report):
    """The same, with the document as it would be frozen now."""

    document: Document


class ReportFinding(BaseModel):
    """One thing to look at before the freeze; what it is not about is null."""

    code: Check
    blocks: bool
    heading: Heading | None
    language: Language | None
    cell: Cell | None
    provider: str | None
    requests: int
    references: list[Name] | None


class ReportChecks(Maskable):
    """What a report is checked for; `ready` while nothing blocks the freeze."""

    as_of: Stamp
    version: int
    ready: bool
    cells_of_one: list[Cell]
    findings: list[ReportFinding]


class FactChange(BaseModel):
    """What stands at the head of a report and is another; several words with commas between."""

    fact: Fact
    before: str
    after: str


class CellChange(Cell):
    """A cell that counts something else."""

    before: int
    after: int


class TextChange(BaseModel):
    """A text that reads otherwise."""

    heading: Heading
    language: Language
    before: str
    after: str


class FigureChange(BaseModel):
    """A figure entered by hand that is another."""

    figure: HandFigure
    before: int | None
    after: int | None


class ReportChanges(BaseModel):
    """What is different in a version, against the one before it."""

    number: int
    against: int
    facts: list[FactChange]
    cells: list[CellChange]
    texts: list[TextChange]
    figures: list[FigureChange]
    layout: bool
    types: bool
    times: bool
    status: bool
    own_quality: bool


class ReportPage(Page[ReportEntry]):
    """A page of reports."""
