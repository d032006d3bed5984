"""The log, for who runs it: one line each, as text or JSON, on standard error.

Nothing that was sent stands in it. Our own records hold words and fields of ours; what a library
says may repeat anything, so of that only who said it where is told, and of an exception its type.
"""

import json
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

# Whose messages are told as they are; uvicorn's name no more than what it listens on.
_OURS = ("app", "uvicorn")


def configure(level: str, form: str, stream: TextIO | None = None) -> None:
    """Write our records from this level on, and those of libraries from `warning` on."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(AsJson() if form == "json" else AsText())
    root, ours = logging.getLogger(), logging.getLogger("app")
    root.handlers = [handler]
    ours.setLevel(level.upper())
    root.setLevel(max(logging.WARNING, ours.level))
    # Else what cannot be written would be printed, with all that was to be left out.
    logging.raiseExceptions = False
    # Else Python would print them, with the values that libraries warn of.
    logging.captureWarnings(True)


class AsText(logging.Formatter):
    """A line for people: moment, level, what happened, then its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        told = _told(record)
        start = f"{told.pop('at')} {str(told.pop('level')).upper()} {told.pop('message')}"
        return " ".join([start, *(f"{name}={_shown(value)}" for name, value in told.items())])


class AsJson(logging.Formatter):
    """A line for machines: one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record."""
        return json.dumps(_told(record), ensure_ascii=False)


def _told(record: logging.LogRecord) -> dict[str, object]:
    moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
    fields: Mapping[str, object] = getattr(record, "fields", {})
    told = {
        "at": moment.replace("+00:00", "Z"),
        "level": record.levelname.lower(),
        "message": " ".join(_message(record).split()),
        **fields,
    }
    error = record.exc_info[0] if record.exc_info else None
    return told if error is None else told | {"error": error.__qualname__}


def _message(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in _OURS:
        return record.getMessage()
    return f"{record.name} at {record.module}:{record.lineno}"


def _shown(value: object) -> str:
    return "-" if value is None else str(value)
