"""The workspace as it is now: files and settings, with what administrators changed laid over.

What is changed lies in the preferences: `organisation` {name, email, licence}, `addresses` (of
confidential channels, by the name of their setting), `targets` (hours by platform), and what was
seen of forms.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from app.kit import preferences
from app.kit.settings import Settings
from app.notices import form_changes
from app.notices.filling import Workspace
from app.notices.request import Organisation
from app.platforms import catalogue as catalogues
from app.platforms.catalogue import Catalogue
from app.platforms.recognition import Recogniser

NOTHING: preferences.Set = {}
CHANGEABLE = ("addresses", "organisation", "targets", form_changes.CHANGED, form_changes.CONFIRMED)


def build(
    settings: Settings, environment: Mapping[str, str], changed: preferences.Set = NOTHING
) -> Workspace:
    """Read the catalogue and what else is needed to recognise links and fill notices.

    Raises Misconfigured when a file, a setting or a preference does not fit.
    """
    files = catalogues.read_folder(settings.templates_dir)
    catalogue = catalogues.load(files, environment, changed.get("addresses", {}))
    seen = form_changes.laid_over(catalogue.platforms, changed)
    catalogue = replace(catalogue, platforms=seen)
    own = changed.get("organisation", {})
    return Workspace(
        catalogue=_with_targets(catalogue, changed.get("targets", {})),
        recogniser=_recogniser(tuple(sorted(files.items())), demo=settings.demo),
        organisation=Organisation(
            own.get("name") or settings.organisation_name,
            own.get("email") or settings.organisation_email,
            settings.zone,
            own.get("licence", ""),
        ),
        zone=settings.zone,
    )


@lru_cache(maxsize=4)
def _recogniser(files: tuple[tuple[str, str], ...], *, demo: bool) -> Recogniser:
    """Links are recognised by the files alone, whatever administrators change."""
    return Recogniser(catalogues.load(dict(files)).rules, demo=demo)


def _with_targets(catalogue: Catalogue, changed: Mapping[str, Mapping[str, int]]) -> Catalogue:
    platforms = dict(catalogue.platforms)
    for slug, hours in changed.items():
        if slug in platforms:
            platform = platforms[slug]
            targets = platform.dealings.targets.model_copy(update=dict(hours))
            platforms[slug] = platform.dealt_with(targets=targets)
    return replace(catalogue, platforms=platforms)
