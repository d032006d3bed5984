"""Help: what a person is asked on the way from a spreadsheet to requests.

Pure: data.
"""

from collections.abc import Mapping

from app.kit.wording import N_
from app.web.help.entry import Entry
from app.web.help.vocabularies import HelpWord

ENTRIES: Mapping[HelpWord, Entry] = {
    HelpWord.IMPORT: Entry(
        N_("Import a spreadsheet"),
        gist=N_("Requests that were kept in a file come into the record, one for each row."),
        what=(
            N_(
                "Each row becomes a request, as if it had been logged here. You say what each"
                " column is; that is remembered for the next file with the same headings."
            ),
        ),
        do=(
            N_(
                "Check first: every fault is told at its row, also as a file of these rows "
                "alone. Nothing is imported before you start it."
            ),
            N_(
                "Correct the file and bring it in again: what is there already is not "
                "imported twice."
            ),
        ),
        figures=N_(
            "What a file has no column for is left out of that figure: without a column for "
            "receipts its rows are in no figure about receipts."
        ),
        related=(HelpWord.IMPORT_COLUMNS, HelpWord.REQUEST),
    ),
    HelpWord.IMPORT_SHEET: Entry(
        N_("Row of headings"),
        gist=N_("The row with the names of the columns; what stands below it is imported."),
        what=(
            N_(
                "The likeliest row is chosen. Titles above it are passed over, and so is a row of"
                " totals. A merged cell stands for each of its cells."
            ),
            N_(
                "Hidden rows and columns are read like all others: the page says how many there "
                "are."
            ),
        ),
        do=(
            N_(
                "Take the row just above the first request; of two rows of headings the lower. A "
                "workbook with several sheets is imported sheet by sheet: send it again for the "
                "next."
            ),
        ),
        related=(HelpWord.IMPORT_COLUMNS, HelpWord.IMPORT),
    ),
    HelpWord.IMPORT_COLUMNS: Entry(
        N_("Columns of a spreadsheet"),
        gist=N_("What each column of the file is, guessed by its heading and said by you."),
        what=(
            N_(
                "Each row needs a web address, the number of its case and a category; the "
                "category may be the same for all. A notice that was submitted also needs an "
                "explanation."
            ),
            N_(
                "An answer needs the day of the notice, and a decision its day: alone they would "
                "be refused."
            ),
        ),
        do=(
            N_(
                "Look at the examples beside each column. What is still missing stands above "
                "them. Leave out what nobody needs here, such as the name of a person."
            ),
        ),
        related=(HelpWord.IMPORT_WORDS, HelpWord.IMPORT),
    ),
    HelpWord.IMPORT_WORDS: Entry(
        N_("Words of a spreadsheet"),
        gist=N_("What a word of the file stands for here: a category, a platform, an answer."),
        what=(
            N_(
                "Each different word is asked about once. A word that stays open keeps its rows "
                "out; one that says nothing leaves the cell empty."
            ),
            N_(
                "A day without a time makes hours of days. One time may stand for all such days; "
                "the record of each request says so."
            ),
        ),
        do=(
            N_("Choose what the hotline meant by the word then, not what it would be called now."),
            N_(
                "If you do not know the time of day, choose one in the middle of your working "
                "hours."
            ),
        ),
        related=(HelpWord.IMPORT_CHECK, HelpWord.IMPORT_COLUMNS),
    ),
    HelpWord.IMPORT_CHECK: Entry(
        N_("Check of a spreadsheet"),
        gist=N_("What would become of each row; nothing is imported before you say so."),
        what=(
            N_(
                "A row that is there already is passed over: its address stands in an open "
                "request, in one of the same case, or in an earlier row."
            ),
            N_("A row that breaks a rule is left out, and the others are imported all the same."),
        ),
        do=(
            N_(
                "Take the rows to correct as a file, correct them there, and send that file: its "
                "columns and words are known by then."
            ),
            N_(
                "If a row that is there already is a second notice about the same address, tick "
                "it and check again."
            ),
        ),
        related=(HelpWord.SAME_CONTENT, HelpWord.IMPORT),
    ),
}
