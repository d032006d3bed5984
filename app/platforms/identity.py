"""What makes two links the same content, however they are spelled.

Pure. An identity begins with the number of the rules it was made by: what an earlier release kept
under other rules is never mistaken for it.
"""

import unicodedata
from typing import Protocol

from app.platforms.vocabularies import ContentKind

# Counted up by a release in which some link gets another identity.
RULES = 2
ADDRESS, ACCOUNT = "address", "account"
# Ways to look at one thing, which has one number in all of them.
_VIEWS = frozenset(
    {ContentKind.POST, ContentKind.VIDEO, ContentKind.SHORT, ContentKind.PHOTO, ContentKind.LIVE}
)
# Kinds of place rather than of content: only the address tells two of them apart.
_PLACES = frozenset({ContentKind.SEARCH_RESULT, ContentKind.SITE, ContentKind.OTHER})
_ACCOUNTS = frozenset({ContentKind.PROFILE, ContentKind.BOT})
CONTENT = "content"


class Identifiable(Protocol):
    """What of a link says which content it is; `space` is where its number counts."""

    @property
    def platform(self) -> str:
        """The slug."""

    @property
    def kind(self) -> str:
        """The kind of content."""

    @property
    def content_id(self) -> str | None:
        """Its number, if it has one."""

    @property
    def account(self) -> str | None:
        """Whose it is, if the address says so."""

    @property
    def canonical_url(self) -> str:
        """Its address as it is written for good."""

    @property
    def space(self) -> str:
        """A word for all content among which its number is given once."""


def identity(link: Identifiable) -> str:
    """The same string for the same content, and for no other."""
    if link.content_id is not None and link.space != ADDRESS:
        space = link.space
        if space == ACCOUNT:
            space = f"{link.kind} {_key_of(link.account or '')}"
        return content_identity(link.platform, link.content_id, space)
    if link.kind in _ACCOUNTS and link.account and link.content_id is None:
        return f"{RULES} {link.platform} account {_key_of(link.account)}"
    return f"{RULES} {link.platform} url {link.canonical_url}"


def content_identity(platform: str, content_id: str, space: str) -> str:
    """The identity of content by its number, which counts within a space."""
    return f"{RULES} {platform} {space} {content_id}"


def account_identity(platform: str, account: str) -> str:
    """The identity of an account as such."""
    return f"{RULES} {platform} account {account_key(account)}"


def message_identity(platform: str, account: str, message_id: str) -> str:
    """The identity of a message by its number; a short one counts within a channel only."""
    space = "message" if len(message_id) >= 15 else f"message {account_key(account)}"
    return content_identity(platform, message_id, space)


def locator_identity(platform: str, told: str) -> str:
    """The identity of what has neither address nor number: all that is told of where it is."""
    return f"{RULES} {platform} locator {told}"


def account_key(account: str) -> str:
    """An account as it is compared: composed letters, no case, no spaces or `@` around it."""
    return unicodedata.normalize("NFC", account.strip().removeprefix("@")).casefold()


def _key_of(account: str) -> str:
    """The same for an account of a link: rules that keep its capitals tell two apart by them."""
    return account_key(account) if account == account.lower() else account


def space_of(kind: str, unique_within: str | None, *, is_short_link: bool) -> str:
    """Where the numbers of a kind count, unless a rule says so itself."""
    if unique_within is not None:
        return kind if unique_within == "kind" else unique_within
    if kind in _PLACES or is_short_link:
        return ADDRESS
    return CONTENT if kind in _VIEWS else kind
