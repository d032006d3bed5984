"""The tables of a page of figures to take away: their columns by what a reader calls them."""

import re
from collections.abc import Mapping

from app.kit.wording import N_, Words
from app.metrics import figure_tables
from app.metrics.view_model import Board
from app.metrics.vocabularies import Verdict
from app.web.metrics.filter_form import Asked
from app.web.shell.cell_words import Labels
from app.web.shell.downloads import Table

HEADINGS: Mapping[str, str] = {
    "figure": N_("Figure"),
    "clock": N_("Clock"),
    "platform": N_("Platform"),
    "month": N_("Month"),
    "value": N_("Value"),
    "low": N_("Lower limit"),
    "high": N_("Upper limit"),
    "counted": N_("Counted"),
    "of": N_("Out of"),
    "n": N_("Timed"),
    "requests": N_("Requests"),
    "items": N_("Items"),
    "running": N_("Still running"),
    "small": N_("Too few to tell"),
    "before": N_("Value before"),
    "difference": N_("Difference"),
    "difference_low": N_("Lower limit of the difference"),
    "difference_high": N_("Upper limit of the difference"),
    "happened": N_("Happened"),
    "ended_otherwise": N_("Ended otherwise"),
    "unknown_start": N_("Start not known"),
    "not_recorded": N_("Nothing recorded"),
    "follow_up_hours": N_("Follow-up (hours)"),
    "median_hours": N_("Median (hours)"),
    "p90_hours": N_("Nine in ten by (hours)"),
    "hours": N_("Hours"),
    "share": N_("Share"),
    "at_risk": N_("Waiting until then"),
    "gone": N_("Items gone"),
    "came_back": N_("Items that came back"),
    "refused": N_("Items refused"),
    "restricted": N_("Items restricted"),
    "withdrawn": N_("Items withdrawn"),
    "open": N_("Items open"),
    "others_24h": N_("The others within 24 hours"),
    "difference_24h": N_("Difference within 24 hours"),
    "low_24h": N_("Lower limit, 24 hours"),
    "high_24h": N_("Upper limit, 24 hours"),
    "share_7d": N_("Share within 7 days"),
    "others_7d": N_("The others within 7 days"),
    "difference_7d": N_("Difference within 7 days"),
    "low_7d": N_("Lower limit, 7 days"),
    "high_7d": N_("Upper limit, 7 days"),
    "verdict": N_("Verdict"),
    "strata_left_out": N_("Groups left out"),
    "gone_within_7d": N_("Items gone within 7 days"),
    "too_young": N_("Too young to tell"),
}
BY_HOURS: Mapping[str, str] = {
    "share": N_("Share within %(hours)s h"),
    "gone": N_("Items gone within %(hours)s h"),
}
TITLES: Mapping[str, str] = {
    "numbers": N_("All numbers"),
    "key_figures": N_("Key figures"),
    "clocks": N_("The six clocks"),
    "time": N_("The six clocks"),
    "curve": N_("How many are gone, hour by hour"),
    "platforms": N_("Platforms"),
    "comparison": N_("Each platform beside all the others"),
    "trend": N_("Gone within 7 days, month by month"),
}
# How many requests a verdict rests on stands in a column of its own.
OF_CELLS: Labels = {"verdict": {str(Verdict.NOT_TOLD_APART): N_("cannot be told from the others")}}
_BY_HOURS = re.compile(r"(share|gone)_(\d+)h")


def table(name: str, board: Board, asked: Asked, *, words: Words) -> Table:
    """Return one of the page's tables; raises KeyError where there is none of that name."""
    head, *rows = figure_tables.TABLES[name](board)
    file = f"{name}-{asked.today.isoformat()}"
    columns = {code: heading(words, code) for code in map(str, head)}
    title = words.gettext(TITLES[name])
    return Table(file, title, columns, (row for row in rows), labels=OF_CELLS)


def heading(words: Words, code: str) -> str:
    """Return what a column is called."""
    by = _BY_HOURS.fullmatch(code)
    if by:
        return words.gettext(BY_HOURS[by[1]]) % {"hours": by[2]}
    return words.gettext(HEADINGS[code])
