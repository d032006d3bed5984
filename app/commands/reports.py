"""Commands about reports that stand in public: `takedown report …`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.terminal import DataDir, one_of, opened, say

if TYPE_CHECKING:
    from app.kit.database import Database
    from app.reports.checks import Finding
    from app.reports.document import Document
    from app.reports.forms.edition import Edition
    from app.reports.report import Report
    from app.reports.vocabularies import ReportForm

app = typer.Typer(no_args_is_help=True)


@app.callback()  # or its one command would go by the name of the group
def about() -> None:
    """Reports that stand in public."""


@app.command("article-22")
def article_22(
    year: Annotated[int, typer.Argument(metavar="YEAR", min=1990, max=2198)],
    language: Annotated[str, typer.Option(help="The language of the form.")] = "en",
    form: Annotated[str, typer.Option(help="Its form: json, csv, html, pdf or xlsx.")] = "csv",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write it here.", dir_okay=False)
    ] = None,
    freeze: Annotated[bool, typer.Option("--freeze", help="Freeze it as a version.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Make the report of a year under Article 22(3) DSA; begins it where nobody did.

    What is to be looked at is told; exit code 1 while something of it blocks the freeze.
    """
    from app import main
    from app.accounts import audit
    from app.kit import settings as settings_of
    from app.kit.languages import Language
    from app.metrics import cohort_reading
    from app.reports import archive, checks, freezing, making
    from app.reports.forms import RENDERERS
    from app.reports.forms.edition import Edition
    from app.reports.vocabularies import ReportForm

    one_of(language, Language, "--language")
    one_of(form, (ReportForm.JSON, *RENDERERS), "--form")
    with opened(data_dir) as database:
        report, as_of = _of_year(database, year), cohort_reading.latest(database)
        with database.read() as unit:
            workspace = main.workspace_of(settings_of.read(data_dir), unit)
            made = making.make(unit, workspace, report, as_of=as_of)
            number = len(archive.versions(unit, report.id)) + 1
        found = freezing.findings(workspace, report, made, as_of=as_of)
        _tell(found)
        if freeze:
            freezing.freeze(
                database, workspace, report.id, by=audit.COMMAND_LINE, version=report.version
            )
            with database.read() as unit:
                content = archive.frozen_form(
                    unit, report.id, number, form=ReportForm(form), language=Language(language)
                ).content
        else:
            edition = Edition(Language(language), number, workspace.catalogue)
            content = _drafted(made.document, edition, ReportForm(form))
    _write(content, output)
    if not checks.is_ready(found):
        raise typer.Exit(1)


def _of_year(database: "Database", year: int) -> "Report":
    """Return the report of a year, begun where there is none."""
    from datetime import date

    from app.accounts import audit
    from app.metrics.periods import Period
    from app.reports import drafts
    from app.reports.vocabularies import ReportKind

    days = Period(date(year, 1, 1), date(year + 1, 1, 1))
    with database.write() as unit:
        for one in drafts.every(unit, days):
            if one.kind == ReportKind.ARTICLE_22 and one.period == days:
                return one
        return drafts.begin(unit, ReportKind.ARTICLE_22, days, by=audit.COMMAND_LINE)


def _drafted(document: "Document", edition: "Edition", form: "ReportForm") -> bytes:
    """Write a report as it would be frozen now."""
    from app.reports.forms import RENDERERS

    return RENDERERS[form](document, edition) if form in RENDERERS else document.canonical()


def _tell(found: "list[Finding]") -> None:
    """Tell what is to be looked at, what blocks the freeze marked so."""
    for one in found:
        place = one.cell or (one.heading, one.language, one.provider)
        words = (*filter(None, place), *one.references)
        say("\t".join(("blocks" if one.blocks else "look", one.check, " ".join(words))))


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        typer.echo(content, nl=False)
    else:
        output.write_bytes(content)
