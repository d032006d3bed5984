"""Everything the template files say, read once and kept together.

Pure but for `read_folder`, which is the only place that touches the disk.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

from app.kit.errors import Misconfigured
from app.kit.languages import Language
from app.platforms import assembly
from app.platforms.assembly import FOLDERS, TAXONOMY
from app.platforms.placeholders import fill
from app.platforms.platform import Platform, environment_name
from app.platforms.replies import Replies
from app.platforms.rules import PlatformRules
from app.platforms.taxonomy import Category, Taxonomy
from app.platforms.texts import Texts

ADDRESS_SETTING = re.compile(r"TAKEDOWN_CHANNEL_[A-Z0-9_]+")
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Catalogue:
    """Platforms by slug, categories by code, texts and words of replies by language.

    `fingerprint` is the SHA-256 over all files; `digests` holds the one of each file by name.
    """

    platforms: Mapping[str, Platform]
    taxonomy: Taxonomy
    texts: Mapping[Language, Texts]
    replies: Mapping[Language, Replies]
    fingerprint: str
    digests: Mapping[str, str]

    @property
    def categories(self) -> Mapping[str, Category]:
        """Return the categories by code, in the file's order."""
        return self.taxonomy.by_code

    @cached_property
    def usual_explanations(self) -> Mapping[tuple[str, str], str]:
        """Return the explanation of each category in each language that says but its name."""
        return {
            (code, language): fill(text.assessed_as, {"category": category.labels[language]})
            for code, category in self.categories.items()
            for language, text in self.texts.items()
        }

    @property
    def rules(self) -> tuple[PlatformRules, ...]:
        """Return how each platform's links are recognised."""
        return tuple(platform.rules for platform in self.platforms.values())

    @cached_property
    def host_endings(self) -> frozenset[str]:
        """Return the last words of hosts, in ASCII."""
        of_any = (rules.any_host.tlds for rules in self.rules if rules.any_host)
        return frozenset().union(*of_any)

    def category_name(self, code: str, language: Language) -> str:
        """Return what a category is called; one that no file names any more goes by its code."""
        known = self.categories.get(code)
        return known.labels[language] if known else code

    def product_name(self, slug: str, code: str, language: Language) -> str:
        """Return what a platform's product is called, or its code."""
        known = self.platforms.get(slug)
        product = known and known.rules.products.get(code)
        return product.label[language] if product else code

    def channel_name(self, slug: str, code: str, language: Language) -> str:
        """Return what a platform's channel is called, by the code that it had before too."""
        known = self.platforms.get(slug)
        channel = known and known.channel(code)
        return channel.label[language] if channel else code

    def version(self, slug: str, language: str) -> str:
        """Return the version of a platform's notices in a language: it changes with their files."""
        names = (f"{slug}.yaml", f"texts/{language}.yaml", TAXONOMY)
        return _digest("\n".join(self.digests[name] for name in names))[:12]


def load(
    files: Mapping[str, str],
    environment: Mapping[str, str] = NOTHING,
    kept: Mapping[str, str] = NOTHING,
) -> Catalogue:
    """Put the catalogue together from texts of files by name, such as "texts/en.yaml".

    `environment` may set addresses of confidential channels, and so may those that were `kept`: of
    them, one whose channel has a public address by now is left out. Raises Misconfigured with the
    first fault in one line, and how many there are.
    """
    found = _assembled(tuple(sorted(files.items())))
    faults = found.faults
    if faults or found.taxonomy is None:
        more = f" (and {len(faults) - 1} more: takedown templates check)" if faults[1:] else ""
        raise Misconfigured(f"{faults[0]}{more}")
    digests = {name: _digest(text) for name, text in sorted(files.items())}
    return Catalogue(
        platforms=MappingProxyType(_with_addresses(found.platforms, environment, kept)),
        taxonomy=found.taxonomy,
        texts=MappingProxyType(found.texts),
        replies=MappingProxyType(found.replies),
        fingerprint=_digest("\n".join(f"{name} {value}" for name, value in digests.items())),
        digests=MappingProxyType(digests),
    )


@lru_cache(maxsize=4)
def _assembled(files: tuple[tuple[str, str], ...]) -> assembly.Assembled:
    """What the files say, read once however often addresses change; nobody changes it."""
    return assembly.assemble(dict(files))


def read_folder(folder: Path) -> Mapping[str, str]:
    """Read the template files of a folder; raises Misconfigured when there are none."""
    try:
        paths = sorted(
            [*folder.glob("*.yaml"), *(p for one in FOLDERS for p in folder.glob(f"{one}/*.yaml"))]
        )
        texts = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}
    except (OSError, UnicodeDecodeError) as problem:
        raise Misconfigured(f"{folder}: not readable as template files: {problem}") from None
    if not texts:
        raise Misconfigured(f"{folder}: no template files here")
    return texts


def _with_addresses(
    platforms: Mapping[str, Platform], environment: Mapping[str, str], kept: Mapping[str, str]
) -> dict[str, Platform]:
    given = {**environment, **kept}
    wanted = {name for name in given if ADDRESS_SETTING.fullmatch(name) and given[name]}
    known = {
        environment_name(platform.slug, channel.id): (platform.slug, number)
        for platform in platforms.values()
        for number, channel in enumerate(platform.channels)
        if channel.confidential
    }
    placed = dict(platforms)
    for name in sorted(wanted):
        if name not in known and name in kept:
            continue
        if name not in known:
            raise Misconfigured(f"{name}: there is no such confidential channel")
        slug, number = known[name]
        placed[slug] = _at(placed[slug], number, given[name].strip(), name=name)
    return placed


def _at(platform: Platform, number: int, address: str, *, name: str) -> Platform:
    channels = list(platform.channels)
    try:
        channels[number] = channels[number].at(address)
    except ValueError as problem:
        raise Misconfigured(f"{name}: {problem}") from None
    return platform.dealt_with(channels=tuple(channels))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
