"""What platforms and providers are called. Pure."""

from app.kit.wording import N_, Words
from app.platforms.catalogue import Catalogue
from app.takedowns.facts import UNKNOWN

ANY_OTHER = N_("Other website")
PROVIDER_UNKNOWN = N_("Website, provider unknown")


def named(words: Words, name: str | None) -> str:
    """Return a name as it is; what stands for any other platform, or no provider, is translated."""
    if name is None or name == UNKNOWN:
        return words.gettext(PROVIDER_UNKNOWN)
    return words.gettext(name) if name == ANY_OTHER else name


def of_slug(words: Words, catalogue: Catalogue, slug: str) -> str:
    """Return a platform's name; one that the catalogue no longer knows goes by its slug."""
    known = catalogue.platforms.get(slug)
    return named(words, known.name) if known else slug
