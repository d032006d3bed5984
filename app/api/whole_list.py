"""The whole list of takedowns in one answer, as CSV or as JSON lines, for who asks by `Accept`.

It is written some rows at a time, all of them from one moment.
"""

from collections.abc import Generator, Mapping
from itertools import chain

from starlette.responses import Response

from app.api import contract, views
from app.api.dependencies import Call, encoded
from app.http import negotiation
from app.http.streaming import Streamed
from app.kit import cells
from app.kit.errors import Fault, Refused
from app.schemas.list_filters import Filters
from app.takedowns import details, list_columns, listing

CSV, LINES = "text/csv", "application/x-ndjson"
_SHOWN = contract.EXAMPLES.get("listTakedowns", {}).get("answer", {}).get("data", [])[:1]
EXAMPLES: Mapping[str, str] = {
    CSV: cells.line(list_columns.names(content=False)),
    LINES: "".join(f"{encoded(one).decode()}\n" for one in _SHOWN),
}
PAGES_ONLY = ("limit", "cursor")


def form_of(call: Call) -> str | None:
    """Return the form in which all is asked for; None where a page of JSON is."""
    accept = ",".join(call.request.headers.getlist("accept"))
    form = negotiation.preferred(accept, ("application/json", CSV, LINES))
    return form if form in (CSV, LINES) else None


def answered(call: Call, wanted: Filters, form: str) -> Response:
    """Answer with every takedown under the filters; raises Refused where a page is asked for."""
    mend = "leave it out: a whole list has no pages"
    faults = [
        Fault(f"/query/{name}", "unknown", mend)
        for name in PAGES_ONLY
        if name in call.request.query_params
    ]
    if faults:
        raise Refused("invalid_request", mend, faults)
    if call.request.scope["state"]["is_head"]:
        return Streamed((_ for _ in ()), media_type=form)  # nobody sees it: read nothing
    write = _as_csv if form == CSV else _as_lines
    return Streamed(write(call, wanted, content=call.reads_content), media_type=form)


def _as_csv(call: Call, wanted: Filters, *, content: bool) -> Generator[str]:
    with call.read() as unit:
        now, chunks = unit.clock(), listing.everything(unit, wanted)
        first = next(chunks, [])
        yield cells.line(list_columns.names(content=content))
        for rows in chain([first], chunks):
            found = details.of(unit, rows, content=content)
            yield "".join(
                cells.line(list_columns.cells(one, now, content=content)) for one in found
            )


def _as_lines(call: Call, wanted: Filters, *, content: bool) -> Generator[str]:
    with call.read() as unit:
        now = unit.clock()
        for rows in listing.everything(unit, wanted):
            found = views.takedowns(unit, rows, content=content, now=now)
            yield "".join(f"{encoded(one).decode()}\n" for one in found)
