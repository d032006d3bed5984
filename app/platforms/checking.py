"""What `takedown templates check` says: every fault of the template files, and what is unwise.

Pure: texts in, faults out.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from app.kit.languages import Language
from app.platforms import assembly, link_checking, proofreading
from app.platforms.assembly import TAXONOMY, Assembled
from app.platforms.channels import Channel
from app.platforms.platform import Platform
from app.platforms.taxonomy import Taxonomy
from app.platforms.template_files import FileFault, TemplateFile, Where
from app.platforms.vocabularies import Mark, SenderIdentity
from app.schemas.vocabularies import Basis

# Names a caseworker's edit of an e-mail may carry beside the fields'.
RESERVED = frozenset({"subject", "body"})
# The elements of DSA Article 16(2): what a form without one box for all of it must ask for.
ELEMENTS = {
    "explanation": "(a)",
    "urls": "(b)",
    "locator": "(b)",
    "name": "(c)",
    "email": "(c)",
    "good_faith": "(d)",
}


def check(files: Mapping[str, str], today: date | None = None) -> list[FileFault]:
    """Return every fault by file and line; with `today`, also days that have not come yet."""
    found = assembly.assemble(files)
    proofreading.proofread(found)
    for platform in found.platforms.values():
        file = found.file_of(platform)
        if found.taxonomy is not None:
            _check_coverage(file, platform, found.taxonomy)
        for number, channel in enumerate(platform.channels):
            _check_channel(file, channel, number)
            _check_knowledge(file, platform, number)
            _check_categories(file, channel, number)
        _check_published(file, platform, today)
    link_checking.check(found)
    if today is not None:
        _check_days(found, today)
    return found.faults


def _check_channel(file: TemplateFile, channel: Channel, number: int) -> None:
    where: Where = ("channels", number)
    filled_by = channel.filled_by
    if "statement" not in filled_by:
        for source in sorted(ELEMENTS.keys() - filled_by):
            detail = f"channel {channel.id} lacks Article 16(2){ELEMENTS[source]}: {source}"
            mend = f"add a field `{source}`, or one with `source: statement`"
            file.report((*where, "fields"), "missing_element", detail, mend=mend)
    for at, field in enumerate(channel.fields):
        if field.id in RESERVED:
            detail = f"the field id {field.id} is reserved"
            file.report((*where, "fields", at), "reserved_id", detail, mend="choose another id")
        if "statement" in filled_by and field.filled_by in ("explanation", "request"):
            detail = f"channel {channel.id} says the {field.filled_by} twice"
            mend = "remove this field, or let the statement be an explanation"
            file.report((*where, "fields", at), "said_twice", detail, mend=mend)


def _check_knowledge(file: TemplateFile, platform: Platform, number: int) -> None:
    """What is said of a channel must be known, and its address one that takes notices."""
    where: Where = ("channels", number)
    channel = platform.channels[number]
    if "mark" not in channel.model_fields_set:
        detail = f"channel {channel.id} does not say how well it is known"
        mend = "add `mark: read`, `second_hand` or `unverified`"
        file.report(where, "missing_mark", detail, mend=mend)
    if channel.verified and channel.mark != Mark.READ:
        detail = f"channel {channel.id} is called verified, but nobody read its source"
        file.report((*where, "verified"), "verified_unread", detail, mend="set `verified: false`")
    for other in platform.dealings.not_channels:
        if channel.address is not None and other.address in channel.address:
            detail = f"channel {channel.id} goes where no notice goes: {other.because}"
            at = "form_url" if channel.form_url else "to"
            file.report((*where, at), "no_channel_of_ours", detail, mend="use another address")
    others = [one.id for one in platform.channels] + [
        name for one in platform.channels[:number] for name in one.formerly
    ]
    for name in channel.formerly:
        if name in others:
            detail = f"the id {name} is another channel's"
            file.report((*where, "formerly"), "duplicate_id", detail, mend="give each its own")
    if Basis.TAKE_IT_DOWN in channel.bases:
        _check_us_request(file, channel, where)


def _check_us_request(file: TemplateFile, channel: Channel, where: Where) -> None:
    """A TAKE IT DOWN request is in English, signed, and made on behalf of the person shown."""
    if channel.languages != (Language.EN,):
        detail = f"channel {channel.id} takes requests of US law, which are written in English"
        file.report((*where, "languages"), "not_in_english", detail, mend="add `languages: [en]`")
    if channel.identity != SenderIdentity.REQUIRED or not channel.needs_mandate:
        detail = f"channel {channel.id} takes requests of US law, which are signed and mandated"
        mend = "add `identity: required` and `needs_mandate: true`"
        file.report(where, "unsigned", detail, mend=mend)


def _check_categories(file: TemplateFile, channel: Channel, number: int) -> None:
    """Words and questions of a channel must be about categories that it takes."""
    if channel.categories == "all":
        return
    asked: list[tuple[Where, Iterable[str]]] = [(("words",), channel.words)]
    for at, field in enumerate(channel.fields):
        asked.append((("fields", at, "categories"), field.categories))
    for where, codes in asked:
        for code in sorted(set(codes) - set(channel.categories)):
            detail = f"channel {channel.id} does not take {code}"
            mend = "remove it, or add it to the channel's `categories`"
            file.report(("channels", number, *where), "not_taken", detail, mend=mend)


def _check_published(file: TemplateFile, platform: Platform, today: date | None) -> None:
    """A period has one figure of a category and method, and is over."""
    taken = set[tuple[str | None, ...]]()
    for number, figure in enumerate(platform.dealings.published):
        where: Where = ("published", number)
        row = (figure.period, figure.category, figure.method)
        if row in taken:
            detail = f"{figure.period} has two figures of this category and method"
            file.report(where, "duplicate_figure", detail, mend="keep the one last published")
        taken.add(row)
        if today is not None and figure.days[1] >= today:
            detail = f"the period {figure.period} is not over"
            file.report((*where, "period"), "future_day", detail, mend="write the period it is of")


def _check_coverage(file: TemplateFile, platform: Platform, taxonomy: Taxonomy) -> None:
    """Every category must have a channel under Article 16 that asks for no mandate.

    Where none of them goes without a name, the organisation is named.
    """
    for category in taxonomy.categories:
        channels = platform.serving("article_16", category.code)
        if not any(not channel.needs_mandate for channel in channels):
            detail = f"no channel takes {category.code} under article_16"
            mend = "add a channel without `needs_mandate`"
            file.report(("channels",), "no_channel", detail, mend=mend)
    for basis in Basis:
        if not any(basis in channel.bases for channel in platform.channels):
            detail = f"no channel serves the basis {basis}"
            mend = "add one; without a known address: `confidential: true`"
            file.report(("channels",), "no_channel", detail, mend=mend)


def _check_days(found: Assembled, today: date) -> None:
    days: list[tuple[TemplateFile, Where, date]] = []
    if found.taxonomy is not None:
        days.append((found.files[TAXONOMY], ("checked",), found.taxonomy.checked))
    for language, texts in found.texts.items():
        days.append((found.files[f"texts/{language}.yaml"], ("checked",), texts.checked))
    for language, replies in found.replies.items():
        days.append((found.files[f"replies/{language}.yaml"], ("checked",), replies.checked))
    for platform in found.platforms.values():
        file = found.file_of(platform)
        days.append((file, ("checked",), platform.dealings.checked))
        for number, channel in enumerate(platform.channels):
            days.append((file, ("channels", number, "checked"), channel.checked))
    for file, where, day in days:
        if day > today:
            mend = "write the day somebody looked"
            file.report(where, "future_day", f"{day} lies in the future", mend=mend)
