"""What platforms and providers are called. Pure."""

from app.web.labels import N_
from app.web.languages import Words

ANY_OTHER = (N_("Other website"), N_("Other provider"))


def named(words: Words, name: str) -> str:
    """Return a name as it is; what stands for any other platform or provider is translated."""
    return words.gettext(name) if name in ANY_OTHER else name
