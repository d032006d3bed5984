"""What is said of a link: what it points at, or why that cannot be told.

Pure: plain values.
"""

from datetime import datetime
from typing import NamedTuple, TypeAlias

from app.platforms.identity import identity
from app.platforms.vocabularies import ContentKind, Hint, LinkWarning, Unreadable


class Recognised(NamedTuple):
    """A link to a platform; `text` is what was pasted, `url` what goes into a notice.

    `also` are other spellings of it in the same text, `space` is where its number counts,
    `landing` the address an advertisement leads to, and `product` matters where a notice takes one.
    """

    text: str
    url: str
    platform: str
    kind: ContentKind
    content_id: str | None
    account: str | None
    canonical_url: str
    posted_at: datetime | None = None
    warnings: tuple[LinkWarning, ...] = ()
    space: str = "address"
    also: tuple[str, ...] = ()
    landing: str | None = None
    product: str | None = None

    @property
    def identity(self) -> str:
        """The same string for the same content, and for no other."""
        return identity(self)

    @property
    def is_told(self) -> bool:
        """Whether it names content or an account, and not only a platform."""
        return self.content_id is not None or self.account is not None


class Unrecognised(NamedTuple):
    """A link to no platform we know, and why; `place` counts the links of a text from 0."""

    text: str
    reason: Unreadable
    hint: Hint | None = None
    place: int = 0


Answer: TypeAlias = Recognised | Unrecognised
