"""What is wrong with a file to import, a column or a cell, and the mend. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from app.kit.wording import N_

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # the file
        "old_workbook": N_(
            "This is an old Excel file (.xls) or one with a password. Open it and save it as .xlsx "
            "without a password."
        ),
        "open_document": N_("This is a file of LibreOffice (.ods). Open it and save it as .xlsx."),
        "not_a_table": N_("This is no spreadsheet. Send an Excel workbook (.xlsx) or a CSV."),
        "too_many_rows_to_import": N_("A sheet has more than 50,000 rows. Split it."),
        "unforeseen": N_("The file could not be read to its end. Save it anew as .xlsx."),
        # its columns
        "no_column_url": N_("Say which column holds the web addresses."),
        "no_column_case_ref": N_("Say which column holds the number of the case."),
        "no_column_category": N_(
            "Say which column holds the category, or choose one for all rows."
        ),
        "column_chosen_twice": N_("Two columns are the same. Choose one of them."),
        "no_clock_time": N_("Write a time, like 12:00."),
        # a cell
        "value_not_matched": N_("Nobody said what this word stands for. Go back to the words."),
        "no_time": N_(
            "The day has no time. Write it behind the day, like 31-12-2025 14:30, or go back to "
            "the words and choose one time for all such days."
        ),
        "not_yes_or_no": N_("Write yes or no."),
        "formula_unsolved": N_(
            "The formula has no result. Open the file in Excel, save it and send it again."
        ),
        "formula_failed": N_("The formula ends in an error. Write its value."),
        "shortened": N_(
            "The spreadsheet shortened this number. Format the cell as text, then enter it whole."
        ),
        "cell_too_long": N_("The cell holds more than 8,192 characters. Shorten it."),
        # a row
        "partly_reported": N_(
            "Some of these addresses stand in another request. Give them a row of their own."
        ),
    }
)
