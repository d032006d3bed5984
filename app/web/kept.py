"""What was typed into a form that came after the session had ended: carried through signing in.

The sign-in page holds it sealed, for an hour; whoever signs in then sees the form filled in again.
Nothing is recorded of it until that person sends it themselves. The hour is one of the steady time.
"""

import base64
import json
from datetime import timedelta
from typing import NamedTuple

from app.kit.canonical import text
from app.kit.clock import moment, stamp
from app.kit.database import Database
from app.kit.vault import CannotOpen
from app.web.forms import Form

FIELD = "unsent"
LIFE = timedelta(hours=1)
_PLACE = "kept form"
_SECRET = frozenset((FIELD, "csrf", "password", "current", "code", "offer"))
_NOT_TYPED = frozenset(("next", "back", "act", "do"))


class Kept(NamedTuple):
    """A form that was not sent: where it was to go, and its fields."""

    path: str
    form: Form


def sealed(database: Database, path: str, form: Form) -> str:
    """Seal what was typed for the sign-in page; empty without anything typed or a path of ours."""
    if not path or not is_typed(form):
        return ""
    fields = [(name, value) for name, value in form.fields if name not in _SECRET]
    until = database.steady.reading() + LIFE
    told = {"path": path, "fields": fields, "until": stamp(until)}
    wrapped = database.vault.wrap(text(told).encode(), _PLACE)
    return base64.urlsafe_b64encode(wrapped).decode()


def opened(database: Database, kept: str | None) -> Kept | None:
    """Return what was sealed; None for nothing, for what is too old or none of ours."""
    if not kept:
        return None
    try:
        wrapped = base64.urlsafe_b64decode(kept.encode("ascii"))
        told = json.loads(database.vault.unwrap(wrapped, _PLACE))
    except (CannotOpen, ValueError):
        return None
    if moment(told["until"]) <= database.steady.reading():
        return None
    return Kept(told["path"], Form([(name, value) for name, value in told["fields"]]))


def is_typed(form: Form) -> bool:
    """Tell whether a form holds anything that would be missed."""
    left_out = _SECRET | _NOT_TYPED
    return any(value.strip() for name, value in form.fields if name not in left_out)
