"""Forms of which two people may have the same open: what one wrote is not written over by another.

Pure. Beside each field stands the digest of what it was filled in from; another one now means that
somebody changed it meanwhile. What a person left as it was takes over what the other wrote.
"""

import hashlib
from collections.abc import Mapping
from typing import Generic, NamedTuple, TypeVar

from app.kit import canonical
from app.kit.canonical import Json
from app.web.shell.forms import Form

FIELD = "seen"
K = TypeVar("K", bound=str)


class Merged(NamedTuple, Generic[K]):
    """What each field is to say, and those that two people changed to different things."""

    texts: Mapping[K, str]
    clashes: tuple[K, ...]


def of(part: Json) -> str:
    """Return the digest of a part of a report."""
    return hashlib.sha256(canonical.text(part).encode()).hexdigest()[:16]


def merged(form: Form, standing: Mapping[K, str], typed: Mapping[K, str]) -> Merged[K]:
    """Put together what stands and what was typed."""
    texts, clashes = dict[K, str](), list[K]()
    for name, now in standing.items():
        text, then = typed[name], form.text(f"{FIELD}-{name}")
        is_touched = of(text) != then
        texts[name] = text if is_touched else now
        if is_touched and then != of(now) and text != now:
            clashes.append(name)
    return Merged(texts, tuple(clashes))
