"""The template files that come with the tracker, read once for all tests."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.kit.languages import Language
from app.platforms import catalogue
from app.platforms.catalogue import Catalogue
from app.platforms.platform import environment_name

FOLDER = Path(__file__).resolve().parents[1] / "platform_templates"


@cache
def files() -> Mapping[str, str]:
    """Return the texts of all template files by name."""
    return catalogue.read_folder(FOLDER)


@cache
def few() -> Mapping[str, str]:
    """Return enough files for every kind of fault, quick to read."""
    names = [f"texts/{language}.yaml" for language in Language]
    names += ["other.yaml", "snapchat.yaml", "taxonomy.yaml"]
    return {name: files()[name] for name in names}


@cache
def shipped() -> Catalogue:
    """Return the catalogue as it comes, no confidential address set."""
    return catalogue.load(files())


@cache
def addressed() -> Catalogue:
    """Return the catalogue with every confidential address set."""
    names = {
        environment_name(platform.slug, channel.id): "https://forms.example.org/notice"
        for platform in shipped().platforms.values()
        for channel in platform.channels
        if channel.confidential
    }
    return catalogue.load(files(), names)
