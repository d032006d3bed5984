"""The filters of the list as they stand in its address; what is unknown is as if not there.

They are those of the API (schemas/list_filters.py), but for what people say otherwise: late is
yes or no, and the last day of a span belongs to it.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError

from app.schemas.list_filters import MANY, Filters, separated
from app.web.shell.request_context import Visit

LAST_DAYS = ("logged_to", "submitted_to")
YES_OR_NO = {"yes": "true", "no": "false"}


class Asked(NamedTuple):
    """What an address asks for: as it says it, and as the list takes it."""

    told: Mapping[str, str]
    filters: Filters


def read(visit: Visit, providers: Collection[str]) -> Asked:
    """Read the address of the page that is asked for."""
    query, catalogue = visit.request.query_params, visit.workspace.catalogue
    known: Mapping[str, Collection[str]] = {
        "platform": catalogue.platforms,
        "category": catalogue.categories,
        "provider": providers,
    }
    told, values = dict[str, str](), dict[str, Any]()
    for name in Filters.model_fields:
        texts = [text.strip() for text in separated(query.getlist(name))]
        kept = [text for text in texts if text in known.get(name, texts) and _is_one(name, text)]
        if kept:
            told[name] = ",".join(kept)
            values[name] = _value(name, kept)
    filters = _with_last_days(Filters.model_validate(values))
    return Asked(told, filters.in_zone(visit.workspace.zone))


def _is_one(name: str, text: str) -> bool:
    """Tell whether a filter takes this value."""
    try:
        Filters.model_validate({name: _value(name, [text])})
    except ValidationError:
        return False
    return True


def _value(name: str, texts: Sequence[str]) -> object:
    if name in MANY:
        return texts
    return YES_OR_NO.get(texts[-1], texts[-1]) if name == "overdue" else texts[-1]


def _with_last_days(filters: Filters) -> Filters:
    """Let spans end with the last of their days, not before it."""
    ends = {name: getattr(filters, name) for name in LAST_DAYS}
    return filters.model_copy(
        update={
            name: end + timedelta(days=1)
            for name, end in ends.items()
            if isinstance(end, date) and not isinstance(end, datetime)
        }
    )
