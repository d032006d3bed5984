"""What a filter may be set to: codes with what they are called in the visitor's language."""

from app.takedowns.platform_names import named
from app.web.shell.request_context import Visit


def platforms(visit: Visit) -> list[tuple[str, str]]:
    """Return the platforms to choose from, by name."""
    known = visit.workspace.catalogue.platforms.values()
    found = [(one.slug, named(visit.words, one.name)) for one in known]
    return sorted(found, key=lambda one: one[1].casefold())


def categories(visit: Visit) -> list[tuple[str, str]]:
    """Return the categories to choose from, the gravest first."""
    known = visit.workspace.catalogue.categories.values()
    return [
        (one.code, one.labels[visit.language])
        for one in sorted(known, key=lambda one: one.severity)
    ]
