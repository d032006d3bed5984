"""A hotline's own workbook, kept by hand for a year by somebody who never saw the importer."""

# ruff: noqa: DTZ001 - the cells of a sheet have no zone

import io
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook

GROUPS = {"A3:A4": "Dossiernr.", "B3:E3": "Wat", "F3:K3": "Melding aan het platform"}
GROUPS |= {"L3:O3": "Afloop", "P3:P4": "Opmerkingen"}
HEADINGS = (
    "Soort feiten", "Platform", "Link", "Omschrijving", "Binnen op", "Gemeld op", "Uur", "Via",
    "Ticketnr.", "Dringend", "Antwoord op", "Beslissing", "Offline gezien op", "Uren tot weg",
)  # fmt: skip
TEXT = "Beelden van een minderjarige, leeftijd geschat op 14 jaar door een opgeleide analist."
INSTAGRAM, SITE = "https://www.instagram.com/p/C{}zzfixture/", "https://zzforum.example/draad/{}"


def row(number: Any, kind: str, platform: str, link: str, *rest: Any) -> list[Any]:
    return [number, kind, platform, link, TEXT, *rest]


ROWS: tuple[list[Any], ...] = (
    row(
        "2025/001", "naaktbeelden minderjarige", "Instagramm", INSTAGRAM.format(1),
        "14/01/2025 9:00", "15-01-2025", "9u15", "formulier", "T-1001", "ja", "17 jan 2025 10:00",
        "verwijderd", "18/01/2025 8:30", "71,25",
    ),
    row(
        2, "Kinderporno", "Tik Tok", "https://www.tiktok.com/@zzfixture/video/7400000000000000002",
        datetime(2025, 2, 3, 8, 30), datetime(2025, 2, 3), time(9, 15), "mail", "geen", "nee",
        None, "geen antwoord", None, None,
    ),
    row(
        "2025/003", "sextortion", "X (Twitter)", "https://x.com/zzfixture/status/1790000000000000003",
        "3 mrt 2025 11:00", date(2025, 3, 4), "14:30", "formulier", "T-1003", "x",
        "6/3/2025 12.00", "geweigerd", None, None,
    ),
    row(None, "grooming", "You Tube", "https://www.youtube.com/watch?v=zzfixtur004",
        "1/4/2025 9:00", "1/4/2025", "10:00", "formulier", "T-4", "", None, "", None, None),
    row("2025/005", "grooming", "Instagram", INSTAGRAM.format(5),
        "1/5/2025 9:00", "volgende week", "10:00", "formulier", "T-5", "", None, "", None, None),
    row("2025/006", "AI-beelden", "Instagram", INSTAGRAM.format(6),
        "1/6/2025", "2/6/2025 10:00", None, "formulier", "T-6", "nee", None, "", None, None),
)  # fmt: skip


def workbook() -> bytes:
    """Three sheets; the second has a merged title, headings in two rows, and a line of totals."""
    book = Workbook()
    overview = book.active
    overview.title = "Overzicht"
    overview.merge_cells("A1:D1")
    overview["A1"] = "Meldpunt Zzfixture – jaaroverzicht 2025"
    overview.append(["Platform", "Aantal", "Weg", "Gem. uren tot weg"])
    overview.append(["Instagram", 14, 11, "31,5"])
    sheet = book.create_sheet("Meldingen 2025")
    sheet.merge_cells("A1:P1")
    sheet["A1"] = "Gemelde inhoud 2025 (vertrouwelijk – niet doorsturen)"
    sheet["A2"] = "bijgewerkt door An, laatst op 6-1-2026"
    for cells, name in GROUPS.items():
        sheet[cells.partition(":")[0]] = name
        sheet.merge_cells(cells)
    for column, name in enumerate(HEADINGS, start=2):
        sheet.cell(4, column, name)
    for number, cells in enumerate(ROWS, start=5):
        for column, value in enumerate(cells, start=1):
            cell = sheet.cell(number, column, value)
            if type(value) is datetime and not value.hour:
                cell.number_format = "dd/mm/yyyy"
    sheet.cell(len(ROWS) + 6, 1, "Totaal")
    sheet.cell(len(ROWS) + 6, 2, len(ROWS))
    lists = book.create_sheet("Lijsten")
    lists.append(["Soort feiten", "Via", "Beslissing"])
    lists.append(["kindermisbruik", "webformulier", "verwijderd"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
