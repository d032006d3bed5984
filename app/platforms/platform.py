"""One platform: who runs it, how it is reached, how its links look.

Pure: plain values.
"""

from dataclasses import dataclass

from pydantic import Field

from app.platforms.channels import Channel, ChannelSections
from app.platforms.rules import PlatformRules
from app.platforms.schema import Data, Sentence


class Head(Data):
    """What a platform's file says of itself first."""

    slug: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Sentence
    provider: Sentence | None


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform as its file describes it; `provider` is the legal entity behind it.

    It is None where each request says who it is: of any other website.
    """

    slug: str
    name: str
    provider: str | None
    dealings: ChannelSections
    rules: PlatformRules

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Return its channels in the file's order, which is our order of preference."""
        return self.dealings.channels

    def serving(self, basis: str, category: str) -> tuple[Channel, ...]:
        """Return the channels for a basis and a category, in order of preference."""
        return tuple(channel for channel in self.channels if channel.serves(basis, category))


def environment_name(slug: str, channel_id: str) -> str:
    """Return the setting that holds a confidential channel's address."""
    return f"TAKEDOWN_CHANNEL_{slug}_{channel_id}".upper()
