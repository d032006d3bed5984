"""How notices ended, in one sentence for each line or few lines of the action.

Pure. The numbers of these sentences add up to all notices.
"""

from collections.abc import Iterator

from app.reports.document import CountedTable
from app.reports.forms.naming import Names
from app.reports.tables import TOTAL
from app.reports.vocabularies import Counted, ReportedAction


def outcomes(actions: CountedTable, names: Names) -> Iterator[str]:
    """Say for how many notices the provider did what; what never happened is not said."""
    yield from _told(actions, names)
    yield from _untold(actions, names)


def _told(actions: CountedTable, names: Names) -> Iterator[str]:
    if count := _count(actions, ReportedAction.REMOVED, ReportedAction.ACCOUNT_ACTION):
        yield names.ngettext(
            "For %(num)s notice, the provider removed all the content, or suspended or closed the"
            " account.",
            "For %(num)s notices, the provider removed all the content, or suspended or closed the"
            " account.",
            count,
        )
    if count := _count(
        actions,
        ReportedAction.PARTLY_REMOVED,
        ReportedAction.BLOCKED_IN_COUNTRIES,
        ReportedAction.RESTRICTED_OTHERWISE,
    ):
        yield names.ngettext(
            "For %(num)s notice, it removed part of the content, blocked it in some countries or"
            " restricted it otherwise.",
            "For %(num)s notices, it removed part of the content, blocked it in some countries or"
            " restricted it otherwise.",
            count,
        )
    if count := _count(actions, ReportedAction.REFUSED):
        yield names.ngettext("%(num)s notice was refused.", "%(num)s notices were refused.", count)
    if count := _count(actions, ReportedAction.OTHER):
        yield names.ngettext(
            "%(num)s notice led to another decision.",
            "%(num)s notices led to another decision.",
            count,
        )


def _untold(actions: CountedTable, names: Names) -> Iterator[str]:
    if count := _count(actions, ReportedAction.GONE_WITHOUT_A_WORD):
        yield names.ngettext(
            "After %(num)s notice the content was gone, without a word from the provider.",
            "After %(num)s notices the content was gone, without a word from the provider.",
            count,
        )
    if count := _count(actions, ReportedAction.NO_REACTION):
        yield names.ngettext(
            "%(num)s notice got no reaction, and the time we had set for it has passed.",
            "%(num)s notices got no reaction, and the time we had set for them has passed.",
            count,
        )
    if count := _count(actions, ReportedAction.PENDING):
        yield names.ngettext(
            "%(num)s notice is still pending.", "%(num)s notices are still pending.", count
        )
    if count := _count(
        actions,
        ReportedAction.ALREADY_GONE,
        ReportedAction.COURT_ORDER,
        ReportedAction.WITHDRAWN,
    ):
        yield names.ngettext(
            "%(num)s notice says nothing of the provider: the content was already gone, a court"
            " had ordered its removal, or we withdrew the notice unanswered.",
            "%(num)s notices say nothing of the provider: the content was already gone, a court"
            " had ordered its removal, or we withdrew the notice unanswered.",
            count,
        )


def _count(actions: CountedTable, *lines: ReportedAction) -> int:
    column = TOTAL if TOTAL in actions.columns else Counted.NOTICES
    return sum(actions.value(line, column) for line in lines)
