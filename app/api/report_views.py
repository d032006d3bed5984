"""Reports as the API shows them.

Pure: what was read comes in, JSON goes out.
"""

from collections.abc import Sequence
from typing import Any

from app.kit.clock import stamp
from app.kit.languages import Language
from app.reports import checks
from app.reports.checks import Finding
from app.reports.difference import Difference
from app.reports.made import Made
from app.reports.report import Place, Report, Version
from app.reports.vocabularies import HandFigure, Heading

Json = dict[str, Any]


def entry(report: Report) -> Json:
    """Show a report as a list does."""
    return {
        "id": report.id,
        "kind": report.kind,
        "from": report.from_day.isoformat(),
        "to": report.to_day.isoformat(),
        "languages": list(report.languages),
        "version": report.version,
        "created_at": stamp(report.created_at),
        "created_by": report.created_by,
        "changed_at": stamp(report.changed_at),
        "changed_by": report.changed_by,
    }


def whole(report: Report, versions: Sequence[Version]) -> Json:
    """Show a report as it is worked on: every heading in every language, empty where it is."""
    return entry(report) | {
        "texts": {
            heading: {one: report.texts.get(heading, {}).get(one, "") for one in Language}
            for heading in Heading
        },
        "figures": {figure: report.figures.get(figure) for figure in HandFigure},
        "confirmed": [_cell(place) for place in sorted(report.confirmed)],
        "confirmed_at": report.confirmed_at and stamp(report.confirmed_at),
        "confirmed_by": report.confirmed_by,
        "versions": [version(one) for one in versions],
    }


def version(one: Version) -> Json:
    """Show one freeze."""
    return {**vars(one), "as_of": stamp(one.as_of), "frozen_at": stamp(one.frozen_at)}


def checked(report: Report, made: Made, found: Sequence[Finding], *, with_references: bool) -> Json:
    """Show what is to be looked at; who may not read takedowns is only told of how many."""
    return {
        "as_of": made.document.as_of,
        "version": report.version,
        "ready": checks.is_ready(found),
        "cells_of_one": [_cell(place) for place in sorted(checks.cells_of_one(made))],
        "findings": [_finding(one, with_references=with_references) for one in found],
        **({} if with_references else {"masked": True}),
    }


def changes(number: int, found: Difference) -> Json:
    """Show what became different in a version."""
    return {
        "number": number,
        "against": number - 1,
        "facts": [one._asdict() for one in found.facts],
        "cells": [one._asdict() for one in found.cells],
        "texts": [one._asdict() for one in found.texts],
        "figures": [one._asdict() for one in found.figures],
        "layout": found.layout,
        "types": found.types,
        "times": found.times,
        "status": found.status,
        "own_quality": found.quality,
    }


def _finding(one: Finding, *, with_references: bool) -> Json:
    return {
        "code": one.check,
        "blocks": one.blocks,
        "heading": one.heading,
        "language": one.language,
        "cell": one.cell and _cell(one.cell),
        "provider": one.provider if with_references else None,
        "requests": len(one.references),
        "references": list(one.references) if with_references else None,
    }


def _cell(place: Place) -> Json:
    return dict(zip(("table", "row", "column"), place, strict=True))
