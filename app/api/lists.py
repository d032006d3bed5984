"""Lists: one page of data, where the next one starts, and a link to it.

A cursor belongs to the list it came with: its address, its filters, and the body that was sent.
"""

import json
from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from starlette.responses import Response

from app.api.dependencies import Answer, Call
from app.api.parameters import PageQuery
from app.kit import paging
from app.kit.paging import Place

T = TypeVar("T")
# Parameters that choose from a list; all others say which list it is.
_PAGE = ("cursor", "limit", "after", "wait")


def start(call: Call, query: PageQuery) -> Place | None:
    """Return where the page before ended; raises Refused for a cursor that is not of this list."""
    return None if query.cursor is None else paging.place(query.cursor, _list_of(call))


def cut(
    found: Sequence[T], query: PageQuery, place_of: Callable[[T], Place]
) -> tuple[Sequence[T], Place | None]:
    """Part a page from the rows after its start; returns it with where it ends, if more follow."""
    page = found[: query.limit]
    return page, place_of(page[-1]) if len(found) > query.limit else None


def whole(call: Call, data: Sequence[object], query: PageQuery) -> Response:
    """Answer with a page of a list that is short enough to lie in memory."""
    after = start(call, query)
    numbered = list(enumerate(data, start=1))[after.id if after else 0 :]
    page, end = cut(numbered, query, lambda entry: Place(entry[0]))
    return answered(call, [entry for _, entry in page], end)


def answered(call: Call, data: Sequence[object], end: Place | None) -> Response:
    """Answer with a page; `end` is the place it ends at when more follow."""
    cursor = None if end is None else paging.cursor(end, _list_of(call))
    headers = {}
    if cursor is not None:
        asked = call.request.query_params.multi_items()
        kept = [(name, value) for name, value in asked if name not in ("cursor", "after")]
        address = f"{call.request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"
        headers["Link"] = f'<{address}>; rel="next"'
    return Answer(200, {"data": data, "next_cursor": cursor}, headers).response()


def _list_of(call: Call) -> bytes:
    """Name the list that is asked for; keyed, for a search holds what may stand in no address."""
    filters = sorted(one for one in call.request.query_params.multi_items() if one[0] not in _PAGE)
    body = json.loads(call.body) if call.body else None
    asked = json.dumps([call.request.url.path, filters, body], sort_keys=True)
    return call.context.database.vault.fingerprint(asked.encode())[: paging.LIST_BYTES]
