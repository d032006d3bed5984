"""How a report counts, written by the system: the rules in plain sentences, and the DSA codes.

Pure. What they say in short stands in docs/definitions.md section 6.
"""

from collections.abc import Iterator

from app.reports.document import Document
from app.reports.forms.naming import Names
from app.reports.forms.view import Block, Column, Prose, Row, Section, Table, Unit
from app.reports.vocabularies import ReportKind


def section(document: Document, names: Names) -> Section:
    """Say by which rules this report counts."""
    is_campaign = document.kind == ReportKind.CAMPAIGN
    rules = _of_a_campaign(names) if is_campaign else _of_notices(document, names)
    blocks: list[Block] = [Prose((*rules, *_of_all(document, names)), points=True)]
    if document.types:
        blocks.append(_types(document, names))
    return Section(names.gettext("How this report counts"), tuple(blocks))


def _of_notices(document: Document, names: Names) -> Iterator[str]:
    yield names.gettext(
        "A notice is one message to one provider, counted on the day it was sent. Reminders and"
        " complaints are not counted again."
    )
    yield names.gettext(
        "An item is one exact place online, such as a link. One notice may name several."
    )
    yield names.gettext(
        "Each notice stands in one row of a table, once, so that rows and columns add up. No number"
        " is rounded or left out."
    )
    if document.kind == ReportKind.ARTICLE_22:
        yield from _of_article_22(names)
    if document.kind != ReportKind.HOTLINE:
        yield from _of_providers(names)
    yield from _of_actions(names)
    yield from _of_silence(names)
    if document.times:
        yield from _of_times(names)
    if any(count is not None for count in document.figures.values()):
        yield names.gettext(
            "Figures entered by hand come from the organisation's own records; this system did not"
            " count them."
        )


def _of_providers(names: Names) -> Iterator[str]:
    yield names.gettext(
        "Provider is the company that runs the service. A company with several services is"
        " counted once."
    )
    yield names.gettext(
        "A provider is counted as unknown where nobody named it, or where its name would give away"
        " a web address or personal data."
    )
    yield names.gettext(
        "Ground is what the provider said its decision rests on: the law or its own rules. Where it"
        " gave both, the law counts."
    )


def _of_article_22(names: Names) -> Iterator[str]:
    yield names.gettext(
        "A notice as a trusted flagger was sent under Article 22 DSA while the status was held,"
        " about content that is illegal. Every other notice is counted in a table of its own."
    )
    yield names.gettext(
        "A channel for trusted flaggers and partners is one whose readers know who we are. By a web"
        " form or e-mail means by one that anybody can use."
    )


def _of_actions(names: Names) -> Iterator[str]:
    yield names.gettext(
        "The action is what the provider told us, by its last decision on each item. Where items"
        " of a notice were decided differently, the first line of the table that fits counts."
    )
    yield names.gettext("Removed means that every item was removed or made unavailable.")
    yield names.gettext(
        "Under the line stand notices that say nothing of the provider: every item was gone before"
        " we asked, a court order was in place, or we withdrew the notice before any answer and"
        " before the time set."
    )


def _of_silence(names: Names) -> Iterator[str]:
    yield names.gettext(
        "Gone without a word: the provider told us nothing, but we saw every item gone. The"
        " uploader may have deleted it."
    )
    yield names.gettext(
        "No reaction: no answer, and the time that we give the provider has passed. An automatic"
        " confirmation of receipt is no answer. A later withdrawal changes nothing in this."
    )
    yield names.gettext(
        "The time that we give a provider is a target of our own. The law asks for a decision"
        " without undue delay and names no number of hours."
    )


def _of_times(names: Names) -> Iterator[str]:
    yield names.gettext(
        "Times are shown only where at least ten notices stand behind them. They are hours by the"
        " clock, nights and weekends included."
    )
    yield names.gettext(
        "A 95% interval says how far chance alone may have moved a share: in 95 of 100 such"
        " periods it would hold the true one. It counts notices, since one message often decides"
        " all items of a notice."
    )


def _of_a_campaign(names: Names) -> Iterator[str]:
    yield names.gettext(
        "A case is what one person told the hotline. It is counted once, however many platforms it"
        " was reported to, on the day it was recorded."
    )
    yield names.gettext(
        "A request asks one platform to remove one or more items. An item is one exact place"
        " online, such as a link."
    )
    yield names.gettext(
        "An image counts as made with AI where its type says so, or where the person who assessed"
        " it said so. Where that is only suspected, it is counted apart."
    )
    yield names.gettext(
        "Minor or adult follows from the type of content. A case is linked to sexual extortion"
        " where any of its requests says so."
    )
    yield names.gettext(
        "A case may stand in several cells; each row, column and total counts it once, so they may"
        " add up to more than the total."
    )


def _of_all(document: Document, names: Names) -> Iterator[str]:
    yield names.gettext(
        "Before publication a person looked at every cell that counts one, and confirmed that"
        " nobody can be recognised by it."
    )
    yield names.gettext("Days are those of the time zone %(zone)s.", zone=document.time_zone)
    yield names.gettext(
        "The numbers follow definition %(definition)s of Takedown Tracker, and the record as it"
        " stood at the moment given at the head. A later correction makes a new version; this one"
        " stays as it is.",
        definition=document.definition,
    )
    yield names.gettext(
        "SHA-256 of the numbers and texts (the JSON file of this report): %(hash)s",
        hash=document.sha256(),
    )


def _types(document: Document, names: Names) -> Table:
    return Table(
        caption=names.gettext("Types of content and their codes in the DSA Transparency Database"),
        corner=names.label("axis", "type"),
        columns=(
            Column(names.gettext("Category"), Unit.TEXT),
            Column(names.gettext("Keyword"), Unit.TEXT),
        ),
        rows=tuple(Row(names.category(code), dsa.short) for code, dsa in document.types.items()),
        notes=(names.gettext("In the database they begin with STATEMENT_CATEGORY_ and KEYWORD_."),),
    )
