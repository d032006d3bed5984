"""No form of a report tells what only a case may hold."""

import re
from collections.abc import Set

import pytest

from app.kit import personal_data
from app.kit.database import Database
from app.kit.languages import Language
from app.metrics import cohort_reading
from app.notices.filling import Workspace
from app.platforms.hostnames import names_a_host
from app.reports import freezing
from app.reports.document import Document
from app.reports.forms import RENDERERS
from app.reports.forms.edition import Edition
from app.reports.freezing import Prepared
from app.reports.vocabularies import ReportForm, ReportKind
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.reports.documents import document
from tests.reports.forms.reading import words_of
from tests.reports.frozen import begun, ready
from tests.sample_record import populate

# What stands in the sample record: links, accounts, tickets, cases, and what people wrote.
NEVER = re.compile(
    r"https?:|www\.|TD-\d|C7aB2cD3e|7312345678901234567|1413732588456181282|zz.?fixture|TICKET|AUTO-1"
    r"|REM-2|WD-6|RIGHT-8|OT-9|\bC-\d|\bX-[14]\b|trained analyst|In my own|Spoke to|Which account"
    r"|against our rules|Third picture|abuse@|@",
    re.IGNORECASE,
)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_no_form_tells_of_a_case(
    api: ApiClient, clock: ManualClock, database: Database, workspace: Workspace
) -> None:
    populate(api, clock)

    for kind in ReportKind:
        prepared = _prepared(database, workspace, kind)
        told = prepared.document
        assert sum(sum(map(sum, table.values)) for table in told.tables) > 0
        endings = workspace.catalogue.host_endings
        assert _leaks(ReportForm.JSON, told.canonical(), told, endings) == []
        for (language, form), content in prepared.forms.items():
            assert _leaks(form, content, told, endings) == [], (kind, language, form)


@pytest.mark.parametrize("form", RENDERERS)
def test_what_slipped_into_a_report_would_be_found_in_each_form(
    workspace: Workspace, form: ReportForm
) -> None:
    told = document(providers=("https://www.zz-fixture.example/7", "TD-2026-000001 of C-1"))

    words = words_of(form, RENDERERS[form](told, Edition(Language.NL, 1, workspace.catalogue)))

    assert {"https:", "www.", "TD-2", "C-1"} <= set(NEVER.findall(words))


def _prepared(database: Database, workspace: Workspace, kind: ReportKind) -> Prepared:
    report = ready(database, workspace, begun(database, kind))
    with database.read() as unit:
        as_of = cohort_reading.latest(database)
        return freezing.prepare(unit, workspace, report.id, as_of=as_of)


def _leaks(form: ReportForm, content: bytes, told: Document, endings: Set[str]) -> list[str]:
    """Return the lines that tell of a case, or name a host, as ids of tables seem to."""
    names = {table.id for table in told.tables}
    are_codes = form in (ReportForm.JSON, ReportForm.CSV)
    return [
        line
        for line in words_of(form, content).splitlines()
        if NEVER.search(line)
        or personal_data.scan(line)
        or (not are_codes and line not in names and names_a_host(line, endings))
    ]
