"""When something was made, as its id tells.

Pure. An estimate of creation, never a proof.
"""

import base64
from datetime import UTC, datetime, timedelta

from app.platforms.rules import Clock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_DIGITS = {
    character: value
    for value, character in enumerate(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    )
}


def time_of(content_id: str, clock: Clock, now: datetime) -> datetime | None:
    """UTC time in an id; None when it tells none, or one before the platform's start or to come."""
    milliseconds = milliseconds_of(content_id, clock)
    if milliseconds is None or not 0 <= milliseconds < 1 << 47:
        return None
    moment = _EPOCH + milliseconds * _MILLISECOND
    return moment if clock.since <= moment <= now else None


def milliseconds_of(content_id: str, clock: Clock) -> int | None:
    """Unix milliseconds as the scheme reads them, plausible or not."""
    if clock.scheme == "packed_milliseconds":
        return _packed(content_id, clock.length, slice(clock.start, clock.end))
    if clock.scheme == "shortcode":
        number = number_of(content_id)
    else:
        number = int(content_id) if content_id.isdecimal() and len(content_id) <= 20 else None
    if number is None:
        return None
    if clock.scheme == "shifted_seconds":
        return (number >> clock.shift) * 1000
    return (number >> clock.shift) + clock.epoch_ms


def number_of(shortcode: str) -> int | None:
    """The media id that a shortcode writes in base 64; None when it is no shortcode."""
    number = 0
    for character in shortcode:
        value = _DIGITS.get(character)
        if value is None:
            return None
        number = number << 6 | value
    return number


def _packed(content_id: str, length: int, field: slice) -> int | None:
    if len(content_id) != length:
        return None
    text = content_id[field]
    try:
        return int.from_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), "big")
    except ValueError:
        return None
