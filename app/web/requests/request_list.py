"""All requests, under any filter and in any order; as a page or as a spreadsheet."""

from collections.abc import Collection, Mapping
from typing import Annotated, NamedTuple

from fastapi import APIRouter
from starlette.responses import Response

from app.accounts.vocabularies import Scope
from app.kit import paging
from app.kit.wording import N_
from app.schemas.values import REF_PATTERN
from app.takedowns import cache, listing, queries
from app.takedowns.facts import UNKNOWN
from app.takedowns.listing import Order
from app.takedowns.platform_names import named
from app.web.requests import list_address, list_sheet
from app.web.requests.list_address import Asked
from app.web.shell import addresses, choices, downloads, labels, sites
from app.web.shell.request_context import Visit, require_rights

router = APIRouter()
Reader = Annotated[Visit, require_rights(Scope.TAKEDOWNS_READ)]
ROWS = 50
# What a filter is called, in the order of the form.
TITLES: Mapping[str, str] = {
    "platform": N_("Platform"),
    "category": N_("Category"),
    "stage": N_("Stage"),
    "whose_turn": N_("Whose turn"),
    "next_step": N_("Next step"),
    "provider": N_("Provider"),
    "overdue": N_("Late"),
    "submitted_from": N_("Submitted from"),
    "submitted_to": N_("Submitted until"),
    "case_ref": N_("Case"),
    "sort": N_("Order"),
    "item_state": N_("State of a location"),
    "basis": N_("Legal basis"),
    "logged_from": N_("Logged from"),
    "logged_to": N_("Logged until"),
    "updated_since": N_("Changed since"),
    "external_ref": N_("Number in the case system"),
}
# Those that the form folds away until one of them is used.
RARE = ("item_state", "basis", "logged_from", "logged_to", "updated_since", "external_ref")
# The closed lists of words that filters choose from (shell/labels.py).
LISTED = {
    "stage": "stage", "whose_turn": "turn", "next_step": "step", "item_state": "state",
    "basis": "basis", "sort": "order",
}  # fmt: skip
ANY_OF: Mapping[str, str] = {
    "platform": N_("All platforms"), "category": N_("All categories"), "sort": N_("Newest first")
}  # fmt: skip
LATE: Mapping[str, str] = {"yes": N_("Late"), "no": N_("Not late")}
# A reference as browsers check it (HTML `pattern`, flag `v`): the form puts it into the address.
REF_TYPED = rf" *{REF_PATTERN[1:-1]} *".replace("/", r"\/").replace("-]", r"\-]")


class Field(NamedTuple):
    """A filter as the form shows it: a choice of codes, or where there is none a text or a day."""

    name: str
    title: str
    value: str
    options: list[tuple[str, str]] | None
    empty: str


@router.get("/takedowns")
def see(visit: Reader) -> Response:
    """Show a page of the list."""
    cache.catch_up(visit.context.database)
    providers = _providers(visit)
    asked = list_address.read(visit, providers)
    cursor = visit.request.query_params.get("cursor")
    with visit.read() as unit:
        after = paging.place(cursor) if cursor else None
        found = listing.page(unit, asked.filters, limit=ROWS + 1, after=after)
        rows = found[:ROWS]
        shown_sites = sites.of(unit, visit, rows)
        not_removed = queries.not_removed_of(unit, rows)
    last = Order.of(asked.filters).place_of(rows[-1]) if len(found) > ROWS else None
    fields = _fields(visit, asked, providers)
    further = {**asked.told, "cursor": paging.cursor(last)} if last else {}
    return visit.page(
        "requests/list.html",
        rows=rows,
        sites=shown_sites,
        not_removed=not_removed,
        fields=[one for one in fields if one.name not in RARE],
        rare_fields=[one for one in fields if one.name in RARE],
        ref_pattern=REF_TYPED,
        is_narrowed=bool(asked.filters.given),
        is_sorted=asked.filters.sort is not None,
        next_address=addresses.of("/takedowns", further) if further else "",
        as_sheets=downloads.addresses("/takedowns", asked.told),
        first_address=addresses.of("/takedowns", asked.told) if cursor else "",
    )


@downloads.at(router, "/takedowns")
def download(visit: Reader) -> Response:
    """Give the same list whole, as a spreadsheet: no link and no text."""
    cache.catch_up(visit.context.database)
    asked = list_address.read(visit, _providers(visit))
    found = list_sheet.table(visit, asked.filters)
    return list_sheet.handed_out(visit, found, downloads.asked_form(visit), what="takedowns")


def _fields(visit: Visit, asked: Asked, providers: Collection[str]) -> list[Field]:
    words = visit.words
    options: Mapping[str, list[tuple[str, str]]] = {
        "platform": choices.platforms(visit),
        "category": choices.categories(visit),
        "provider": [(name, named(words, name)) for name in providers],
        "overdue": [(code, words.gettext(text)) for code, text in LATE.items()],
        **{
            name: [(code, labels.of(words, kind, code)) for code in labels.CODES[kind]]
            for name, kind in LISTED.items()
        },
    }
    return [
        Field(
            name,
            words.gettext(title),
            asked.told.get(name, ""),
            _with_several(options.get(name), asked.told.get(name, "")),
            words.gettext(ANY_OF.get(name, N_("All"))),
        )
        for name, title in TITLES.items()
    ]


def _with_several(
    options: list[tuple[str, str]] | None, value: str
) -> list[tuple[str, str]] | None:
    """Add the choice of several at once, where an address asks for that."""
    if options is None or not value or value in dict(options):
        return options
    called = dict(options)
    return [*options, (value, ", ".join(called.get(one, one) for one in value.split(",")))]


def _providers(visit: Visit) -> list[str]:
    """Return the providers to choose from: the known, those people named, and `unknown` last."""
    known = {one.provider for one in visit.workspace.catalogue.platforms.values()}
    with visit.read() as unit:
        known |= listing.providers_named(unit)
    return [*sorted(name for name in known if name), UNKNOWN]
