"""Which channel a notice takes, and whether it names us.

Pure: docs/definitions.md section 2. DSA Article 16(2)(c) lets name and e-mail be left out for the
offences of Articles 3 to 7 of Directive 2011/93/EU; a trusted flagger who leaves them out loses
priority.
"""

from collections.abc import Sequence
from typing import NamedTuple

from app.kit.errors import Fault, Refused
from app.kit.languages import SOURCE, Language
from app.notices.request import NoticeRequest
from app.platforms.channels import Channel
from app.platforms.platform import Platform
from app.platforms.taxonomy import Category
from app.platforms.vocabularies import SenderIdentity
from app.schemas.vocabularies import Basis

DSA = frozenset({"article_16", "article_22"})
PRIORITY = frozenset({"article_22", "voluntary"})


class Identity(NamedTuple):
    """Whether the notice names the organisation, and whether the law lets it be left out.

    `is_needed`: the law would, but the form cannot be sent without.
    """

    given: bool
    may_be_left_out: bool
    is_needed: bool = False


def identity(category: Category, basis: str, asked: bool | None) -> Identity:
    """Decide on naming the organisation; `asked` None takes the default of the basis."""
    excepted = category.identity_withheld and basis in DSA
    if asked is not None:
        return Identity(asked, excepted or basis == Basis.VOLUNTARY)
    return Identity(basis != Basis.ARTICLE_16 or not category.identity_withheld, excepted)


def identity_at(channel: Channel, identity: Identity, asked: bool | None) -> Identity:
    """Return who is named at a channel: by default the organisation, where its form needs one."""
    if asked is None and not identity.given and channel.identity == SenderIdentity.REQUIRED:
        return identity._replace(given=True, is_needed=True)
    return identity


def language(channel: Channel, basis: str, named: Language | None, *, wished: Language) -> Language:
    """Return the language of a notice: the one it is asked for by name, else one the channel reads.

    A request of US law is written in English, whatever was asked.
    """
    if basis == Basis.TAKE_IT_DOWN:
        return Language.EN
    if named is not None or channel.languages is None or wished in channel.languages:
        return named or wished
    return channel.languages[0]


class Way(NamedTuple):
    """How a notice goes: its channel, who it names, and its language."""

    channel: Channel
    identity: Identity
    language: Language


def way(
    platform: Platform,
    category: Category,
    request: NoticeRequest,
    *,
    channel_id: str | None,
    named: Language | None,
) -> Way:
    """Return how a notice goes: as asked for by name, else by its facts, else by default.

    Raises Refused where no such channel, or none at all, takes it.
    """
    basis, asked = request.basis, request.fact("include_identity")
    given = identity(category, basis, asked)
    wanted = channel_id or request.fact("channel")
    if wanted is not None:
        channel = asked_for(platform, wanted, basis, category=category.code)
    else:
        may_act = bool(request.fact("authorised_by_person"))
        channel = choose(platform, basis, category.code, identity=given, may_act=may_act)
    wished = Language(request.fact("language") or SOURCE)
    spoken = language(channel, basis, named, wished=wished)
    return Way(channel, identity_at(channel, given, asked), spoken)


class Hindrances(NamedTuple):
    """What stands between a notice and a channel, the worst first."""

    wants_a_name: bool
    wants_a_mandate: bool
    is_without_address: bool


def hindrances(channel: Channel, identity: Identity, *, may_act: bool) -> Hindrances:
    """Tell what stands in the way of a channel that serves basis and category."""
    return Hindrances(
        channel.identity == SenderIdentity.REQUIRED and not identity.given,
        channel.needs_mandate and not may_act,
        not channel.reachable,
    )


def choose(
    platform: Platform, basis: str, category: str, *, identity: Identity, may_act: bool
) -> Channel:
    """Return the first channel that fits; one that does not quite, rather than none at all.

    `may_act` is the mandate of the person shown. Raises Refused when no channel serves both
    basis and category.
    """
    serving = platform.serving(basis, category)
    if not serving:
        detail = f"{platform.name} has no channel for {category} under {basis}"
        mend = f"choose another basis: {', '.join(_bases_for(platform, category))}"
        raise _refused(f"{detail}; {mend}", "/basis", mend)
    return min(serving, key=lambda channel: hindrances(channel, identity, may_act=may_act))


def asked_for(platform: Platform, channel_id: str, basis: str, *, category: str) -> Channel:
    """Return a channel by its id, or one it had before.

    Raises Refused naming the right ones where it does not apply.
    """
    serving = platform.serving(basis, category)
    channel = platform.channel(channel_id)
    if channel is not None and channel in serving:
        return channel
    detail = f"{platform.name} has no such channel"
    if channel is not None:
        detail = f"{channel_id} does not take {category} under {basis}"
    mend = f"use one of: {', '.join(channel.id for channel in serving) or 'none'}"
    raise _refused(f"{detail}; {mend}", "/channel", mend)


def _bases_for(platform: Platform, category: str) -> Sequence[str]:
    """Give the bases under which some channel takes the category."""
    found = [
        basis
        for channel in platform.channels
        if channel.categories == "all" or category in channel.categories
        for basis in channel.bases
    ]
    return tuple(dict.fromkeys(found))


def _refused(detail: str, pointer: str, mend: str) -> Refused:
    code = "channel_not_for_category"
    return Refused(code, detail, [Fault(pointer, code, mend)])
