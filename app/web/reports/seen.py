"""What a form was filled in from, as a short digest: another one means it changed meanwhile.

Pure. Each form names only its own part of a report, so that two people can work on two of them.
"""

import hashlib

from app.kit import canonical
from app.kit.canonical import Json

FIELD = "seen"


def of(part: Json) -> str:
    """Return the digest of a part of a report."""
    return hashlib.sha256(canonical.text(part).encode()).hexdigest()[:16]
