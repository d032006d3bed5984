"""Log and amend takedowns, and know what their notices lack: where links, facts and texts meet."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from app.kit import canonical
from app.kit.database import Database, Unit
from app.kit.errors import Fault, Refused
from app.notices import edits, filling
from app.notices.filling import Workspace
from app.notices.notice import Notice
from app.platforms.taxonomy import Category
from app.schemas.facts import FACTS, Facts, Given, Value
from app.schemas.vocabularies import AiGenerated
from app.takedowns import bases, basis_choice, cache, facts, intake, queries
from app.takedowns.addressees import Addressee
from app.takedowns.basis_choice import Asked, Record
from app.takedowns.facts import OTHER
from app.takedowns.intake import NewItem, NewTakedown
from app.takedowns.lifecycle import DRAFTS
from app.takedowns.models import takedowns
from app.takedowns.rows import TakedownRow
from app.takedowns.timeline import Actor


def log(
    unit: Unit,
    workspace: Workspace,
    given: Given,
    *,
    platform: str,
    items: Sequence[NewItem],
    by: Actor,
) -> TakedownRow:
    """Write down a takedown of one platform, and return its row.

    `given` are facts as told, without defaults. Raises Refused when no single notice may hold the
    items.
    """
    return log_with_notice(unit, workspace, given, platform=platform, items=items, by=by)[0]


def log_with_notice(
    unit: Unit,
    workspace: Workspace,
    given: Given,
    *,
    platform: str,
    items: Sequence[NewItem],
    by: Actor,
) -> tuple[TakedownRow, Notice]:
    """Do the same, and return its first notice too."""
    refuse_unknown_platform(workspace, platform)
    records, on = bases.records(unit, platform), unit.clock().astimezone(workspace.zone).date()
    new = made(workspace, given, platform=platform, items=items, on=on, records=records)
    notice = filling.first_of(workspace, new, on, records=records)
    return intake.log(unit, new._replace(missing=notice.lacking), by=by), notice


def refuse_unknown_platform(workspace: Workspace, platform: str) -> None:
    """Raise Refused where nothing is known of a platform."""
    if platform not in workspace.catalogue.platforms:
        mend = f"choose from {', '.join(workspace.catalogue.platforms)}"
        raise Refused("unknown_platform", mend, [Fault("/platform", "unknown_platform", mend)])


def made(
    workspace: Workspace,
    given: Given,
    *,
    platform: str,
    items: Sequence[NewItem],
    on: date,
    records: Sequence[Record],
) -> NewTakedown:
    """Make a takedown of what is told of it, to rest on what is held on a day."""
    settled = settle(workspace, platform, given, on=on, records=records)
    known = workspace.catalogue.platforms[platform]
    return NewTakedown(
        platform,
        settled.provider if platform == OTHER else known.provider,
        settled,
        items,
        given.get("explanation"),
        given.get("recipient"),
    )


def amend(unit: Unit, workspace: Workspace, row: TakedownRow, *, changed: Given, by: Actor) -> None:
    """Change facts of a draft, with everything that follows from them."""
    now = row.facts()
    given = now | dict(changed) | {"basis": changed.get("basis")}
    if "category" in changed:
        given |= dict.fromkeys(_follow_the_category(workspace, row, changed))
    if "conditions" not in changed:
        given["conditions"] = still_known(workspace, given["category"], row.conditions)
    on = unit.clock().astimezone(workspace.zone).date()
    records = bases.records(unit, row.platform)
    settled = settle(workspace, row.platform, given, on=on, records=records, draft=row)
    different = {name: value for name, value in settled.by_name().items() if value != now[name]}
    texts = _changed_texts(unit, row, changed)
    if not different and not texts and row.stage in DRAFTS:
        return
    if "external_ref" in different:
        site = queries.sites_of(unit, [row]).get(row.id)
        to = Addressee(row.platform, row.product, site)
        intake.refuse_taken(unit, to, settled.external_ref)
    request = filling.request_of(unit, workspace, row, changed=settled, texts=texts)
    notice = filling.first(workspace, request, edits.all_of(unit, row))
    intake.amend(unit, row, different, texts=texts, missing=notice.lacking, by=by)


def _follow_the_category(workspace: Workspace, row: TakedownRow, changed: Given) -> Iterator[str]:
    """Name the facts that another category says anew: what the one before said, and nobody else.

    Who is a minor stays one, so that a draft of a minor does not become one of an adult unseen.
    """
    if changed.get("sexual_extortion") is None:
        yield "sexual_extortion"
    before = workspace.catalogue.categories.get(row.category)
    if before and before.ai_generated and row.ai_generated == AiGenerated.YES:
        yield from {"ai_generated"} - changed.keys()
    if before and before.concerns_minor is False and row.person_is_minor is False:
        yield from {"person_is_minor"} - changed.keys()


def _said_by(category: Category) -> dict[str, Value]:
    """Return what a category says of the facts that may be unknown."""
    said: dict[str, Value] = {}
    if category.ai_generated:
        said["ai_generated"] = AiGenerated.YES
    if category.concerns_minor is not None:
        said["person_is_minor"] = category.concerns_minor
    return said


def _changed_texts(unit: Unit, row: TakedownRow, changed: Given) -> dict[str, str | None]:
    """Return the sealed texts that say something else than now; an explanation is never lost."""
    found = {
        "explanation": changed.get("explanation"),
        "recipient": changed.get("recipient"),
    }
    standing = {
        "explanation": queries.explanations_of(unit, [row]).get(row.id),
        "recipient": queries.recipients_of(unit, [row]).get(row.id),
    }
    return {
        name: text
        for name, text in found.items()
        if name in changed and text != standing[name] and (text or name != "explanation")
    }


def still_known(workspace: Workspace, category: str, conditions: Sequence[str]) -> list[str]:
    """Return of the conditions confirmed for another category those this one knows too."""
    found = workspace.catalogue.categories.get(category)
    return [code for code in conditions if found is not None and code in found.conditions]


def settle(
    workspace: Workspace,
    platform: str,
    given: Given,
    *,
    on: date,
    records: Sequence[Record],
    draft: TakedownRow | None = None,
) -> Facts:
    """Complete and check the facts: what the category says, the basis held, the channel.

    A basis that nobody names now is that of the draft, where there is one.
    """
    code = given["category"]
    category = workspace.catalogue.categories.get(code)
    if category is None:
        mend = f"choose from {', '.join(workspace.catalogue.categories)}"
        raise Refused("unknown_category", mend, [Fault("/category", "unknown_category", mend)])
    facts.refuse_contradiction(
        code, category.concerns_minor, given.get("person_is_minor"), better=category.better
    )
    values = {name: given[name] for name in FACTS if given.get(name) is not None}
    values.setdefault("sexual_extortion", category.sexual_extortion)
    for name, value in _said_by(category).items():
        if values.get(name) in (None, AiGenerated.UNKNOWN):
            values[name] = value
    facts.refuse_provider(platform, given.get("provider"), workspace.catalogue.host_endings)
    told = given.get("conditions") or ()
    values["conditions"] = facts.confirmed(category.conditions, code, told)
    asked = Asked(platform, category, on)
    values["basis"] = _basis(workspace, records, asked, named=given.get("basis"), draft=draft)
    settled = Facts(**values)
    if settled.channel is not None:
        filling.channel_of(workspace, platform, settled)
    return settled


def _basis(
    workspace: Workspace,
    records: Sequence[Record],
    asked: Asked,
    *,
    named: str | None,
    draft: TakedownRow | None,
) -> str:
    """Return the basis asked for by name, else that of the draft, else the default.

    A draft's that was the default of its category follows when that becomes another.
    """
    if named is not None:
        return basis_choice.named(records, named, asked)
    if draft is not None:
        before = workspace.catalogue.categories.get(draft.category, asked.category)
        usual = basis_choice.default(records, asked._replace(category=before)).basis
        if before is asked.category or draft.basis != usual:
            return draft.basis
    return basis_choice.default(records, asked).basis


def reassess(unit: Unit, workspace: Workspace, row: TakedownRow) -> None:
    """Note anew what a draft's notice lacks, after its edits or the templates changed."""
    if row.stage not in DRAFTS:
        return
    request = filling.request_of(unit, workspace, row)
    lacking = filling.first(workspace, request, edits.all_of(unit, row)).lacking
    if canonical.text(lacking) != row.missing:
        entries = queries.events_of(unit, [row.id])[row.id]
        cache.write(unit, row.id, entries, missing=lacking, now=unit.clock())


def reassess_all(database: Database, workspace: Workspace) -> None:
    """Note anew what every draft lacks; at the start, when templates may have changed."""
    with database.write() as unit:
        query = select(takedowns).where(takedowns.c.stage.in_(DRAFTS))
        for row in queries.rows(unit, query):
            reassess(unit, workspace, row)
