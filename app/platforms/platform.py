"""One platform: who runs it, how it is reached, how its links look, what its replies say.

Pure: plain values.
"""

from dataclasses import dataclass, replace

from pydantic import Field

from app.platforms.channels import Channel, ChannelSections
from app.platforms.replies import OwnReplies
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
    replies: OwnReplies

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Return its channels in the file's order, which is our order of preference."""
        return self.dealings.channels

    def channel(self, name: str) -> Channel | None:
        """Return the channel of this id, or that had it before; None where there is none."""
        return next((one for one in self.channels if one.is_called(name)), None)

    def words(self, channel: Channel, category: str) -> str | None:
        """Return the platform's own name of a category: the channel's, else that of its rules."""
        return channel.words.get(category) or self.dealings.words.get(category)

    def serving(self, basis: str, category: str) -> tuple[Channel, ...]:
        """Return the channels for a basis and a category, in order of preference."""
        return tuple(channel for channel in self.channels if channel.serves(basis, category))

    def dealt_with(self, **otherwise: object) -> "Platform":
        """Return the platform with other channels, targets or the like than its file gives."""
        return replace(self, dealings=self.dealings.model_copy(update=otherwise))


def environment_name(slug: str, channel_id: str) -> str:
    """Return the setting that holds a confidential channel's address."""
    return f"TAKEDOWN_CHANNEL_{slug}_{channel_id}".upper()
