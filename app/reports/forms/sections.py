"""A document put together for reading: the first page, the tables by part, texts, and the method.

Pure.
"""

from collections.abc import Iterator

from app.kit.wording import N_
from app.reports.document import CountedTable, Document
from app.reports.forms import first_page, method, open_data, written
from app.reports.forms.beside import beside
from app.reports.forms.edition import Edition
from app.reports.forms.naming import Names
from app.reports.forms.table_views import counts_anything, name_of, part_name, view_of
from app.reports.forms.view import Block, Prose, Section, View
from app.reports.vocabularies import Heading, Part

# What a report says of a part, or of a table, in which nothing stands.
_NONE_OF_PART = {
    Part.ARTICLE_22: N_("No notice was sent as a trusted flagger."),
    Part.OTHER_BASIS: N_("No notice was sent on another basis."),
    Part.TERMS_ONLY: N_("No notice was about content that only the platform's own rules forbid."),
}
_NONE_OF_TABLE = {
    "seen_live": N_("After no removal was the content seen online again."),
    "complaints": N_("No complaint was made about these notices."),
    "promotion": N_("No item promoted an app that undresses people in pictures."),
}
_NOTHING = N_("Nothing was counted here.")


def view(document: Document, edition: Edition) -> View:
    """Show a document in the language of an edition."""
    names = Names(edition, document.types)
    title = names.label("report_kind", document.kind)
    period = names.period(document)
    sha256 = document.sha256()
    return View(
        language=edition.language,
        name=f"{title}, {period}, {document.organisation}",
        title=title,
        organisation=document.organisation,
        facts=(
            (names.gettext("Organisation"), document.organisation),
            (names.gettext("Period"), period),
            (names.gettext("Version"), written.number(edition.number, edition.language)),
            (
                names.gettext("As recorded on"),
                written.moment(document.as_of, edition.language),
            ),
            (names.gettext("Licence"), document.licence or names.gettext("not chosen")),
        ),
        sections=tuple(_sections(document, names)),
        open_data=open_data.section(document, names),
        foot=names.gettext(
            "%(organisation)s · version %(number)s · SHA-256 %(hash)s…",
            organisation=document.organisation,
            number=written.number(edition.number, edition.language),
            hash=sha256[:12],
        ),
        skip=names.gettext("Skip to the content"),
        sha256=sha256,
        as_of=document.as_of,
    )


def _sections(document: Document, names: Names) -> Iterator[Section]:
    yield Section(names.gettext("In short"), first_page.blocks(document, names))
    yield from _tables(document, names)
    yield from beside(document, names)
    yield from _texts(document, names)
    yield method.section(document, names)


def _tables(document: Document, names: Names) -> Iterator[Section]:
    """Show the tables, under a heading for each part of the report."""
    by_part: dict[str, list[CountedTable]] = {}
    for table in document.tables:
        by_part.setdefault(table.id.rpartition(".")[0], []).append(table)
    for part, tables in by_part.items():
        yield Section(part_name(tables[0], names), tuple(_of_part(part, tables, names)))


def _of_part(part: str, tables: list[CountedTable], names: Names) -> Iterator[Block]:
    if not any(counts_anything(table) for table in tables):
        nothing = _NONE_OF_PART.get(Part(part)) if Part.has(part) else None
        yield Prose((names.say(nothing or _NONE_OF_TABLE.get(name_of(tables[0]), _NOTHING)),))
        return
    for table in tables:
        if counts_anything(table):
            yield view_of(table, names)
        elif nothing := _NONE_OF_TABLE.get(name_of(table)):
            yield Prose((names.say(nothing),))


def _texts(document: Document, names: Names) -> Iterator[Section]:
    """Show what the organisation says of itself, as it was typed: plain paragraphs."""
    said = [
        (heading, text)
        for heading in Heading
        if (text := document.texts.get(heading, {}).get(names.language, "").strip())
    ]
    if said:
        intro = names.gettext("The organisation says this of itself, in its own words.")
        yield Section(names.gettext("Independence and procedures"), (Prose((intro,)),))
    for heading, text in said:
        paragraphs = tuple(one.strip() for one in text.replace("\r\n", "\n").split("\n\n"))
        prose = Prose(tuple(filter(None, paragraphs)))
        yield Section(names.label("heading", heading), (prose,), level=3)
