"""Which passwords are good enough, and how they are kept: Argon2id, 19 MiB, 2 passes, 1 lane.

Length counts, not composition; every character is allowed and none is changed (NIST SP 800-63B,
OWASP ASVS 5.0 section 6.2).
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.kit.errors import Fault, Refused, TrackerError

MIN_LENGTH = 15
MAX_LENGTH = 128
# What must be left of a password when the words anybody would try are taken out of it.
_MIN_REST = 8
_MIN_DIFFERENT = 5
_MIN_WORD = 4
_WELL_KNOWN = (
    "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "azertyuiopqsdfghjklmwxcvbn",
    "correct", "horse", "battery", "staple", "the", "quick", "brown", "fox", "jumps", "over",
    "lazy", "dog", "12345678901234567890",
    "motdepasse", "wachtwoord", "password", "passwort", "administrator", "administrateur",
    "beheerder", "bienvenue", "welkom", "welcome", "letmein", "iloveyou", "ikhouvanjou", "jetaime",
    "qwertyuiop", "azertyuiop", "qwerty", "azerty", "changeme", "secret", "geheim", "admin",
    "bonjour", "hallo", "hello", "belgium", "belgique", "belgie", "hotline", "meldpunt",
    "takedown", "tracker", "1234567890", "123456789", "12345678", "1234567", "123456", "12345",
    "abcdef", "abc123", "2024", "2025", "2026", "2027", "1234", "123", "000", "111",
)  # fmt: skip
# Many at once would only share the cores, and each takes its own 19 MiB.
_AT_ONCE = BoundedSemaphore(4)
# Those who wait for their turn occupy threads that everybody needs.
_THERE = BoundedSemaphore(16)
_HASHING = PasswordHash((Argon2Hasher(memory_cost=19 * 1024, time_cost=2, parallelism=1),))


class Busy(TrackerError):
    """So many passwords are being compared that another would hold everybody up."""


def check(password: str, context: Iterable[str] = ()) -> None:
    """Raise Refused, with the mend, when a password is too short, too long or easy to guess.

    `context` is what somebody who knows the person would try: names, the address, the house.
    """
    if len(password) < MIN_LENGTH:
        _refuse("password_too_short", f"use at least {MIN_LENGTH} characters; a few words do well")
    if len(password) > MAX_LENGTH:
        _refuse("password_too_long", f"use at most {MAX_LENGTH} characters")
    rest = _rest(password.casefold(), context)
    if len(rest) < _MIN_REST or len(set(rest)) < _MIN_DIFFERENT:
        _refuse("easy_to_guess", "add words that nobody would expect beside these")


def kept(password: str) -> str:
    """Return what the database keeps of a password."""
    with _AT_ONCE:
        return _HASHING.hash(password)


def matches(password: str, kept_as: str | None) -> bool:
    """Tell whether this is the password; takes as long when there is none to compare with.

    Raises Busy.
    """
    compared = kept_as or _nobodys()
    with turn():
        is_same = _HASHING.verify(password[: MAX_LENGTH + 1], compared)
    return is_same and kept_as is not None


@contextmanager
def turn() -> Iterator[None]:
    """Wait for a turn to compare; raises Busy where too many wait."""
    if not _THERE.acquire(blocking=False):
        raise Busy("too many sign in at this moment")
    try:
        with _AT_ONCE:
            yield
    finally:
        _THERE.release()


@cache
def _nobodys() -> str:
    return kept("no account has this password")


def _rest(password: str, context: Iterable[str]) -> str:
    """Return a password without spaces and without the words anybody would try."""
    words = {word for text in context for word in re.split(r"[\W_]+", text.casefold())}
    known = {word for word in words if len(word) >= _MIN_WORD}.union(_WELL_KNOWN)
    for word in sorted(known, key=len, reverse=True):
        password = password.replace(word, " ")
    return "".join(password.split())


def _refuse(code: str, mend: str) -> None:
    raise Refused(code, mend, [Fault("/password", code, mend)])
