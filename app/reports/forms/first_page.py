"""The first page: a report in plain sentences made from its numbers, and one chart.

Pure. Each sentence holds one number, so that each language has its own plural of it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.reports.document import CountedTable, Document
from app.reports.forms.naming import Names
from app.reports.forms.outcomes import outcomes
from app.reports.forms.table_views import chart_of
from app.reports.forms.view import Block, Prose
from app.reports.tables import TOTAL, YES
from app.reports.vocabularies import Axis, Concerned, Counted, Part, ReportKind
from app.takedowns.facts import UNKNOWN


class _Told(NamedTuple):
    """The tables that are told: actions, items in all, and to whom the notices went."""

    actions: CountedTable
    items: CountedTable
    addressed: CountedTable


def blocks(document: Document, names: Names) -> tuple[Block, ...]:
    """Say the numbers of a report, and draw one chart of them."""
    is_campaign = document.kind == ReportKind.CAMPAIGN
    told = _of_a_campaign(document, names) if is_campaign else _of_notices(document, names)
    return (*_so_far(document, names), *told)


def _so_far(document: Document, names: Names) -> Iterator[Prose]:
    """Say of days that were not over that they were not, or their numbers look like all."""
    at = datetime.fromisoformat(document.as_of).astimezone(ZoneInfo(document.time_zone))
    if at.date() < document.to:
        said = names.gettext(
            "These days were not over when this was counted: the numbers are those until then."
        )
        yield Prose((said,))


def _of_notices(document: Document, names: Names) -> tuple[Block, ...]:
    part = _part_of(document)
    actions = _told(document, part).actions
    if not _notices(actions, TOTAL):
        said = names.gettext("%(days)s we sent no notice.", days=names.days(document))
        return (Prose((said,)),)
    came_of = names.gettext("What the providers did:")
    return (
        Prose((" ".join(_sent(document, names, part)),)),
        Prose((came_of,)),
        Prose(tuple(outcomes(actions, names)), points=True),
        *_beside(document, names, part),
        chart_of(actions, names, names.gettext("What came of the notices")),
    )


def _part_of(document: Document) -> Part | None:
    """Return the part that the page is about: the first one with notices, if there are parts."""
    if document.kind != ReportKind.ARTICLE_22:
        return None
    return next((part for part in Part if _sent_in(document, part)), Part.ARTICLE_22)


def _sent_in(document: Document, part: Part) -> int:
    return _notices(document.table(f"{part}.action"), TOTAL)


def _sent(document: Document, names: Names, part: Part | None) -> Iterator[str]:
    """Say how many notices went out, about how much, and to how many."""
    if part not in (None, Part.ARTICLE_22):
        yield names.gettext("In this period we sent no notice as a trusted flagger.")
    told = _told(document, part)
    yield _counted(document, part, names)
    yield names.ngettext(
        "In all, %(num)s item was named: one exact place online.",
        "In all, %(num)s items were named, each one exact place online.",
        told.items.value(TOTAL, TOTAL if TOTAL in told.items.columns else Counted.ITEMS),
    )
    yield from _addressed(told.addressed, names)


def _counted(document: Document, part: Part | None, names: Names) -> str:
    count, days = _notices(_told(document, part).actions, TOTAL), names.days(document)
    match part:
        case Part.ARTICLE_22:
            return names.ngettext(
                "%(days)s we sent %(num)s notice as a trusted flagger.",
                "%(days)s we sent %(num)s notices as a trusted flagger.",
                count,
                days=days,
            )
        case Part.OTHER_BASIS:
            return names.ngettext(
                "%(days)s we sent %(num)s notice on another basis.",
                "%(days)s we sent %(num)s notices on another basis.",
                count,
                days=days,
            )
        case Part.TERMS_ONLY:
            return names.ngettext(
                "%(days)s we sent %(num)s notice about content that only the"
                " platform's own rules forbid.",
                "%(days)s we sent %(num)s notices about content that only the"
                " platform's own rules forbid.",
                count,
                days=days,
            )
    return names.ngettext(
        "%(days)s we sent %(num)s notice.",
        "%(days)s we sent %(num)s notices.",
        count,
        days=days,
    )


def _addressed(table: CountedTable, names: Names) -> Iterator[str]:
    """Say to how many providers the notices went, or platforms where no provider is counted."""
    known = len(set(table.rows) - {TOTAL, UNKNOWN})
    if known and table.rows_by == Axis.PROVIDER:
        yield names.ngettext(
            "%(num)s provider was addressed.", "%(num)s providers were addressed.", known
        )
    elif known:
        yield names.ngettext(
            "%(num)s platform was addressed.", "%(num)s platforms were addressed.", known
        )
    if nameless := _notices(table, UNKNOWN):
        yield names.ngettext(
            "%(num)s notice was about a website whose provider is not known.",
            "%(num)s notices were about websites whose provider is not known.",
            nameless,
        )


def _beside(document: Document, names: Names, part: Part | None) -> Iterator[Prose]:
    """Say what else was counted: seen online afterwards, and the other parts of the report."""
    if part is None:
        return
    said = []
    if seen := document.table(f"{part}.seen_live").value(TOTAL, TOTAL):
        said.append(
            names.ngettext(
                "%(num)s notice ended with a removal, yet we saw its content online afterwards.",
                "%(num)s notices ended with a removal, yet we saw their content online afterwards.",
                seen,
            )
        )
    if part != Part.OTHER_BASIS and (count := _sent_in(document, Part.OTHER_BASIS)):
        said.append(
            names.ngettext(
                "Apart from this, we sent %(num)s notice on another basis; it is counted in a table"
                " of its own.",
                "Apart from this, we sent %(num)s notices on another basis; they are counted in"
                " tables of their own.",
                count,
            )
        )
    if part != Part.TERMS_ONLY and (count := _sent_in(document, Part.TERMS_ONLY)):
        said.append(
            names.ngettext(
                "%(num)s more notice was about content that only the platform's own rules forbid;"
                " it is counted in a table of its own.",
                "%(num)s more notices were about content that only the platform's own rules"
                " forbid; they are counted in tables of their own.",
                count,
            )
        )
    if said:
        yield Prose((" ".join(said),))


def _of_a_campaign(document: Document, names: Names) -> tuple[Block, ...]:
    cases = document.table("deepnude_yes.cases")
    said = Prose(tuple(_cases(document, names)), points=True)
    if not cases.value(TOTAL, TOTAL):
        return (said,)
    return said, chart_of(cases, names, names.gettext("Cases with AI-made nude images"))


def _cases(document: Document, names: Names) -> Iterator[str]:
    """Say how many cases there were, and of whom; what never happened is not said."""
    cases, days = document.table("deepnude_yes.cases"), names.days(document)
    if count := cases.value(TOTAL, TOTAL):
        yield names.ngettext(
            "%(days)s, %(num)s case with AI-made nude images was recorded.",
            "%(days)s, %(num)s cases with AI-made nude images were recorded.",
            count,
            days=days,
        )
        yield from _of_whom(cases, names)
    else:
        yield names.gettext("%(days)s, no case with AI-made nude images was recorded.", days=days)
    if count := document.table("deepnude_suspected.cases").value(TOTAL, TOTAL):
        yield names.ngettext(
            "In %(num)s case it is suspected that images were made with AI; these are counted"
            " apart.",
            "In %(num)s cases it is suspected that images were made with AI; these are counted"
            " apart.",
            count,
        )
    if count := document.table("promotion").value(TOTAL, TOTAL):
        yield names.ngettext(
            "%(num)s item promoted an app that undresses people in pictures.",
            "%(num)s items promoted apps that undress people in pictures.",
            count,
        )


def _of_whom(cases: CountedTable, names: Names) -> Iterator[str]:
    if count := cases.value(Concerned.MINOR, TOTAL):
        yield names.ngettext(
            "In %(num)s case, the images show a minor.",
            "In %(num)s cases, the images show a minor.",
            count,
        )
    if count := cases.value(Concerned.ADULT, TOTAL):
        yield names.ngettext(
            "In %(num)s case, the images show an adult.",
            "In %(num)s cases, the images show an adult.",
            count,
        )
    if count := cases.value(TOTAL, YES):
        yield names.ngettext(
            "%(num)s case was linked to sexual extortion.",
            "%(num)s cases were linked to sexual extortion.",
            count,
        )
    else:
        yield names.gettext("No case was linked to sexual extortion.")


def _told(document: Document, part: Part | None) -> _Told:
    """Return the tables of a part, or those that stand for them in a report by quarter."""
    if document.kind == ReportKind.HOTLINE:
        names = ("action_quarter", "type_quarter_items", "platform_quarter")
    else:
        prefix = f"{part}." if part else ""
        names = (f"{prefix}action", f"{prefix}action", f"{prefix}provider")
    return _Told(*map(document.table, names))


def _notices(table: CountedTable, row: str) -> int:
    return table.value(row, TOTAL if TOTAL in table.columns else Counted.NOTICES)
