"""An address at a platform's host, as it stands and as it may have been meant.

Pure: values in, values out.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from app.platforms import addresses, parameters, spelling
from app.platforms.addresses import Address
from app.platforms.parameters import Names, Query
from app.platforms.vocabularies import LinkWarning

NOTHING = Query({})
# How a fragment begins that is a page of its own; one with a slash inside is one too.
_PAGE = ("/", "!", "@", "?")


class Visit(NamedTuple):
    """An address at a platform's host, and what else an answer needs.

    `raw` is its whole query, `query` what is read of it; `is_mended` tells that what was pasted
    leads nowhere as it stands.
    """

    text: str
    url: str
    path: str
    raw: str
    query: Query
    fragment: str
    now: datetime
    depth: int
    is_mended: bool = False
    warnings: tuple[LinkWarning, ...] = ()


def begun(address: Address, names: Names | None, text: str, *, now: datetime, depth: int) -> Visit:
    """An address as it is read first; without names nothing of its query is left out."""
    url, _, path, raw, fragment, _ = address
    is_mended = False
    if "%" in path:
        split = spelling.question(path)
        if split and split[2]:
            path, is_mended = split[0].rstrip("/"), True
            raw = "&".join(filter(None, (split[1], raw)))
    query = NOTHING
    if raw and names is None:
        query = parameters.whole(raw)
    elif raw and names is not None:
        query = names.read(raw)
        url = parameters.without(url, raw, query.rest)
    return Visit(text, url, path, raw, query, fragment, now, depth, is_mended)


def of_app(text: str, rest: str, names: Names, *, now: datetime, depth: int) -> Visit:
    """What follows the scheme of an app's own link, read as path and query."""
    path, _, raw = rest.partition("#")[0].partition("?")
    query = names.read(raw) if raw else NOTHING
    return Visit(text, text, f"/{path.strip('/')}", raw, query, "", now, depth, is_mended=True)


def repairs(visit: Visit, names: Names) -> Iterator[Visit]:
    """The same address with a sign that was lost or encoded, or with its fragment as the page."""
    split = spelling.question(visit.path) if "%" in visit.path else None
    if split:
        path, raw, _ = split
        query = names.read(raw) if raw else visit.query
        yield visit._replace(path=path.rstrip("/"), raw=raw, query=query, is_mended=True)
    if "%2F" in visit.path:
        path = addresses.tidy(visit.path.replace("%2F", "/"))
        yield visit._replace(path=path, is_mended=True)
    if "%" in visit.path[-4:]:
        path = spelling.without_marks(visit.path)
        yield visit._replace(path=path, is_mended=True)
    if "=3D" in visit.raw:
        # Mail as it is sent has this for "=".
        raw = visit.raw.replace("=3D", "=")
        yield visit._replace(raw=raw, query=names.read(raw), is_mended=True)
    hyphened = _with_plain_hyphens(visit)
    if hyphened is not None:
        yield hyphened
    if visit.fragment.startswith(_PAGE) or "/" in visit.fragment:
        page, _, raw = visit.fragment.lstrip("!/").partition("?")
        path = addresses.tidy(f"/{page}").rstrip("/")
        yield visit._replace(path=path, raw=raw, query=names.read(raw) if raw else NOTHING)
    elif "=" in visit.fragment:
        yield visit._replace(raw=visit.fragment, query=names.read(visit.fragment))


def _with_plain_hyphens(visit: Visit) -> Visit | None:
    """The address with hyphens as they are typed; None when it has no others."""
    if "%" not in visit.path and visit.raw.isascii() and "%" not in visit.raw:
        return None
    path, is_doubtful = spelling.with_plain_hyphens(visit.path)
    params = {name: spelling.with_plain_hyphens(raw) for name, raw in visit.query.params.items()}
    plain = {name: raw for name, (raw, _) in params.items()}
    if path == visit.path and plain == visit.query.params:
        return None
    is_doubtful = is_doubtful or any(doubtful for _, doubtful in params.values())
    return visit._replace(
        path=path,
        query=visit.query._replace(params=plain),
        is_mended=True,
        warnings=(LinkWarning.COPY_ERROR,) if is_doubtful else (),
    )
