"""Which names of providers a report prints: those of the catalogue, and those that leak nothing.

Pure.
"""

from collections.abc import Iterable

from app.platforms.catalogue import Catalogue
from app.platforms.leaks import leaks


def not_printed(names: Iterable[str], catalogue: Catalogue) -> set[str]:
    """Return of these names those that would tell where something is, or anybody's data."""
    known = {platform.provider for platform in catalogue.platforms.values()}
    typed = set(names) - known
    return {name for name in typed if any(leaks(name, catalogue.host_endings))}
