"""What was typed into a form that came after the session had ended: carried through signing in.

The sign-in page holds it sealed, for an hour; whoever signs in then sees the form filled in again.
Nothing is recorded of it until that person sends it themselves. The hour is one of the steady time.
Before what is sealed stands its size, sealed too: so a large one is read on, and no other.
"""

import base64
import json
import re
from datetime import timedelta
from typing import Any, NamedTuple

from app.kit.canonical import text
from app.kit.clock import moment, stamp
from app.kit.database import Database
from app.kit.vault import CannotOpen
from app.web.shell.forms import Form

FIELD = "unsent"
LIFE = timedelta(hours=1)
_PLACE = "kept form"
_SIZE_PLACE = "size of a kept form"
_AFTER_SIZE = "."
_BEGINNING = re.compile(rb"(?:^|&)%s=([A-Za-z0-9_-]{1,400})\." % FIELD.encode())
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
    until = stamp(database.steady.reading() + LIFE)
    told = _locked(database, text({"path": path, "fields": fields, "until": until}), _PLACE)
    size = _locked(database, text({"size": len(told), "until": until}), _SIZE_PLACE)
    return f"{size}{_AFTER_SIZE}{told}"


def opened(database: Database, kept: str | None) -> Kept | None:
    """Return what was sealed; None for nothing, for what is too old or none of ours."""
    before, _, locked = (kept or "").rpartition(_AFTER_SIZE)
    told = _unlocked(database, locked, _PLACE)
    if told is None or _size(database, before) != len(locked):
        return None
    return Kept(told["path"], Form([(name, value) for name, value in told["fields"]]))


def size(database: Database, beginning: bytes) -> int:
    """Return how many bytes a form's sealed one has, from how the form begins; 0 without one."""
    found = _BEGINNING.search(beginning)
    return _size(database, found[1].decode()) if found else 0


def is_typed(form: Form) -> bool:
    """Tell whether a form holds anything that would be missed."""
    left_out = _SECRET | _NOT_TYPED
    return any(value.strip() for name, value in form.fields if name not in left_out)


def _size(database: Database, locked: str) -> int:
    told = _unlocked(database, locked, _SIZE_PLACE)
    return 0 if told is None else int(told["size"])


def _locked(database: Database, told: str, place: str) -> str:
    wrapped = database.vault.wrap(told.encode(), place)
    return base64.urlsafe_b64encode(wrapped).decode().rstrip("=")


def _unlocked(database: Database, locked: str, place: str) -> dict[str, Any] | None:
    """Return what was sealed; None for what is too old or none of ours."""
    try:
        wrapped = base64.urlsafe_b64decode(locked.rstrip("=").encode("ascii") + b"==")
        told: dict[str, Any] = json.loads(database.vault.unwrap(wrapped, place))
    except (CannotOpen, ValueError):
        return None
    return told if moment(told["until"]) > database.steady.reading() else None
