"""What a platform's file says about its links: hosts, paths, ids, tracking.

Pure: shapes and their checks, no files. A new platform is a new mapping, never new code.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from app.platforms import grammar
from app.platforms.products import Products, product_of
from app.platforms.vocabularies import ContentKind, LinkWarning, Writing


class Section(BaseModel):
    """A part of a platform's file: read once, never changed, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


InUtc = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class Snowflake(Section):
    """Milliseconds since an epoch, above `shift` other bits of a decimal id."""

    scheme: Literal["snowflake"]
    shift: int = Field(ge=0, le=63)
    epoch_ms: int
    since: InUtc


class ShiftedSeconds(Section):
    """Unix seconds above `shift` other bits of a decimal id."""

    scheme: Literal["shifted_seconds"]
    shift: int = Field(ge=0, le=63)
    since: InUtc


class Shortcode(Section):
    """A snowflake written in base 64 (A-Z a-z 0-9 - _, A = 0)."""

    scheme: Literal["shortcode"]
    shift: int = Field(ge=0, le=63)
    epoch_ms: int
    since: InUtc


class PackedMilliseconds(Section):
    """Unix milliseconds, big-endian, in a slice of a base64url id of a fixed length."""

    scheme: Literal["packed_milliseconds"]
    length: int
    start: int
    end: int
    since: InUtc


Clock = Annotated[
    Snowflake | ShiftedSeconds | Shortcode | PackedMilliseconds, Field(discriminator="scheme")
]


class Pattern(Section):
    """How one value of an address is written, and what it tells."""

    match: str
    lower: bool = False
    unless_prefix: str = Field(default="", description="values with this beginning keep their case")
    last: str = Field(default="", description="a whole value ends in one of these characters")
    usual: str = Field(default="", description="how whole values look today; others may be cut")
    clock: Clock | None = None

    @field_validator("match", "usual")
    @classmethod
    def _compiles(cls, expression: str) -> str:
        try:
            compiled = re.compile(expression)
        except re.error as fault:
            raise ValueError(f"not a regular expression: {fault}") from fault
        if compiled.groups:
            raise ValueError("write (?:…) instead of (…): a pattern holds no groups")
        return expression


class Decode(Section):
    """A base64 value that holds the id: which group, and its text with (id) as the one group."""

    group: str
    base64: str


class LinkRule(Section):
    """Paths (one text, a space between) to one kind of content, or around another address."""

    paths: tuple[str, ...] = Field(min_length=1)
    query: Mapping[str, str] = {}
    kind: ContentKind | None = None
    canonical: str = Field(default="", description="empty: the path as it stands")
    keep: tuple[str, ...] = ()
    decode: Decode | None = None
    account_is_id: bool = False
    target: tuple[str, ...] = Field(
        default=(), description="parameters that carry an address; `?`: the query's first part"
    )
    written_in: Writing = Field(
        default=Writing.PLAIN, description="how that address is written there"
    )
    landing: tuple[str, ...] = Field(
        default=(), description="parameters with an address that is looked at beside this one"
    )
    unique_within: str | None = Field(
        default=None,
        pattern="^[a-z_]+$",
        description="account, address, kind, or a word of one's own for the ids' common space",
    )
    warnings: tuple[LinkWarning, ...] = ()

    @field_validator("paths", mode="before")
    @classmethod
    def _one_a_word(cls, paths: object) -> object:
        return tuple(paths.split()) if isinstance(paths, str) else paths

    @model_validator(mode="after")
    def _leads_somewhere(self) -> Self:
        wraps = bool(self.target) or any("{target" in path for path in self.paths)
        if wraps == (self.kind is not None):
            raise ValueError("a link has either a kind or a target")
        if self.landing and wraps:
            raise ValueError("a wrapper stands for its target: it has no landing page beside it")
        if self.written_in != Writing.PLAIN and not (wraps or self.landing):
            raise ValueError("written_in says how a target or a landing page is written")
        return self


class Site(Section):
    """Hosts that share one set of paths; `host` is how their addresses are written for good."""

    host: str
    aliases: tuple[str, ...] = ()
    mirrors: tuple[str, ...] = Field(default=(), description="others' copies; stand for `host`")
    domains: tuple[str, ...] = ()
    subdomains: str = Field(default="", description="sub-domains of `domains` that are this site")
    tlds: tuple[str, ...] = Field(default=(), description="what {tld} in a host stands for")
    reserved: tuple[str, ...] = Field(default=(), description="first segments that are no account")
    links: tuple[LinkRule, ...] = ()


class CommentRule(Section):
    """Parameters that turn a link to content into a link to a comment on it."""

    on: tuple[ContentKind, ...]
    parameters: tuple[str, ...] = Field(min_length=1, description="the most precise one last")
    pattern: str
    decode: str = Field(default="", description="expression of a base64 value, id as its group")


class AppLink(Section):
    """A scheme of the platform's app that stands for a web address.

    It is one on the first site, for these `hosts`; or `links` read what follows the scheme.
    """

    scheme: str
    hosts: tuple[str, ...] = ()
    links: tuple[LinkRule, ...] = ()


class AnyHost(Section):
    """What holds for addresses of every host."""

    tracking: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    shorteners: tuple[str, ...] = ()
    tlds: tuple[str, ...] = Field(
        default=(), description="last words of a host that is one without a scheme before it too"
    )
    gateways: tuple[Site, ...] = Field(default=(), description="of mail: they wrap others' links")


class PlatformRules(Section):
    """Everything needed to recognise one platform's links."""

    slug: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    names: tuple[str, ...] = Field(default=(), description="what look-alike hosts imitate")
    domains: tuple[str, ...] = Field(default=(), description="every host below is the platform's")
    tracking: tuple[str, ...] = Field(
        default=(), description="parameters that say how a link was shared, not what it leads to"
    )
    personal: tuple[str, ...] = Field(
        default=(), description="those that say by whom or to whom; leaving them out is told"
    )
    wraps: tuple[str, ...] = Field(
        default=(), description="parameters by which pages without a rule wrap another address"
    )
    patterns: Mapping[str, Pattern] = {}
    sites: tuple[Site, ...] = ()
    comments: tuple[CommentRule, ...] = ()
    app_links: tuple[AppLink, ...] = ()
    products: Products = Field(default={}, description="where one notice takes one product")
    any_host: AnyHost | None = None

    @classmethod
    def of(cls, platform: Mapping[str, object]) -> Self:
        """The recognition sections of a platform's whole file; other sections are left alone."""
        return cls.model_validate(
            {key: platform[key] for key in cls.model_fields if key in platform}
        )

    @model_validator(mode="after")
    def _every_link_can_be_compiled(self) -> Self:
        expressions = {name: pattern.match for name, pattern in self.patterns.items()}
        gateways = self.any_host.gateways if self.any_host else ()
        places = [(site.host, site, site.links) for site in (*self.sites, *gateways)]
        places += [(app.scheme, Site(host=app.scheme), app.links) for app in self.app_links]
        for name, site, links in places:
            for number, link in enumerate(links, start=1):
                try:
                    _check(link, site, expressions)
                except (grammar.Unreadable, re.error) as fault:
                    raise ValueError(f"{name}, link {number}: {fault}") from fault
        for comment in self.comments:
            if comment.pattern not in expressions and comment.pattern not in grammar.COMMON:
                raise ValueError(f"comments: there is no pattern {comment.pattern!r}")
        return self

    def product_of(self, canonical_url: str) -> str | None:
        """Which product an address is of; None where that cannot be told, or does not matter."""
        return product_of(self.products, canonical_url)

    def hosts(self) -> tuple[str, ...]:
        """All hosts, in the file's order; `*` stands for any name or country."""
        named = [
            re.sub(r"\{\w+\}", "*", host)
            for site in self.sites
            for host in (site.host, *site.aliases, *site.domains, *site.mirrors)
        ]
        return tuple(dict.fromkeys(named))

    def kinds(self) -> tuple[ContentKind, ...]:
        """Kinds of content the platform's addresses can name, in the file's order."""
        named = [link.kind for site in self.sites for link in site.links if link.kind]
        if self.comments:
            named.append(ContentKind.COMMENT)
        return tuple(dict.fromkeys(named))


def _check(link: LinkRule, site: Site, expressions: Mapping[str, str]) -> None:
    given = grammar.placeholders(site.host) | {"host"}
    for text in grammar.parameters(link.query).values():
        given |= set(re.compile(grammar.expression(text, expressions)).groupindex)
    if link.decode:
        given |= set(re.compile(link.decode.base64).groupindex)
    for path in link.paths:
        groups = set(re.compile(grammar.expression(path, expressions)).groupindex)
        unknown = grammar.placeholders(link.canonical) - given - groups
        if unknown:
            raise grammar.Unreadable(f"{path} does not give {', '.join(sorted(unknown))}")
        if link.unique_within == "account" and "account" not in given | groups:
            raise grammar.Unreadable(f"{path} gives no account, within which its ids would be one")
