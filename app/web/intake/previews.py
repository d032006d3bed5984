"""What a draft amounts to before anything is written down: what would be logged, what not."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.accounts.vocabularies import Scope
from app.kit.errors import TrackerError
from app.notices.notice import Notice
from app.notices.vocabularies import Lack
from app.operations import intake_of_text
from app.operations.intake_of_text import Content, Plan
from app.platforms.channels import Channel
from app.takedowns.addressees import Addressee
from app.web.intake import case_facts
from app.web.intake.contents import Contents
from app.web.intake.request_drafts import PLACE, RequestDraft
from app.web.notices.notice_card import RECIPIENT
from app.web.shell import error_messages, masking
from app.web.shell.error_messages import Complaint
from app.web.shell.request_context import Visit


class Spot(NamedTuple):
    """What is to be reported, and where in it: as typed, or kept and not shown."""

    content: Content
    where: str = ""
    is_kept: bool = False


class Group(NamedTuple):
    """What would become one takedown; `notice` None while the facts do not suffice."""

    to: Addressee
    site: str | None  # as it may be shown
    places: Sequence[Spot]
    notice: Notice | None
    channel: Channel | None

    @property
    def lacks(self) -> Sequence[tuple[str, str]]:
        """What its notice lacks, as the kinds and codes of labels, each once."""
        found = self.notice.missing if self.notice else ()
        return list(
            dict.fromkeys(
                ("absent", lack.field)
                if lack.reason == Lack.REQUIRED and lack.field == RECIPIENT
                else ("lack", lack.reason)
                for lack in found
            )
        )


class Confirmation(NamedTuple):
    """What a provision needs, to be confirmed: its code and words, and whether it was."""

    code: str
    words: str
    is_confirmed: bool


class Preview(NamedTuple):
    """What would be logged of a draft, and what is to be decided."""

    draft: RequestDraft
    entered: Contents
    plan: Plan
    groups: Sequence[Group]
    complaints: Sequence[Complaint]
    confirmations: Sequence[Confirmation]

    @property
    def added(self) -> list[Content]:
        """What was added without a link, and stood in no takedown before."""
        told = {one.content.key for one in self.plan.before}
        return [one for one in self.entered.without_link if one.key not in told]

    @property
    def links(self) -> int:
        """How many links would be logged."""
        return sum(one.link is not None for one in self.plan.wanted)

    @property
    def without_link(self) -> int:
        """How much would be logged that has no link."""
        return len(self.plan.wanted) - self.links

    @property
    def platforms(self) -> int:
        """How many platforms there are among the notices."""
        return len({group.to.platform for group in self.groups})

    @property
    def already(self) -> int:
        """How much of it some takedown asks for still."""
        return sum(one.is_open for one in self.plan.before)

    @property
    def before(self) -> int:
        """How much of it stood in takedowns that ended."""
        return len(self.plan.before) - self.already


def preview(
    visit: Visit, draft: RequestDraft, entered: Contents, *, is_shown: bool = False
) -> Preview:
    """Say what would be logged of what was entered; nothing of it is kept.

    Of the places kept earlier it says that they are there, unless they are to be shown.
    """
    workspace, category = visit.workspace, draft.facts["category"]
    to_confirm = confirmations(visit, category, draft.facts["conditions"].split())
    plan, error = Plan(entered.to_report), None
    notices: Mapping[Addressee, Notice] = {}
    try:
        with visit.read() as unit:
            plan = intake_of_text.plan(
                unit,
                entered.to_report,
                beside=len(entered.left_out),
                may_record=visit.may(Scope.EVENTS_WRITE),
            )
        if category and plan.wanted:
            of_no_case = replace(draft, facts={**draft.facts, "case_ref": "preview"})
            told = case_facts.of(of_no_case, entered, workspace)
            with visit.context.database.rehearse() as unit:
                logged = intake_of_text.log(
                    unit, workspace, plan.wanted, given=told, by=visit.actor
                )
            notices = {one.to: one.notice for one in logged}
    except TrackerError as refused:
        error = refused
    spots: dict[Addressee, list[Spot]] = {}
    for one in plan.wanted:
        where = draft.places.get(one.key, "")
        is_seen = is_shown or visit.form.given(PLACE + one.key) is not None
        spot = Spot(one, where) if is_seen else Spot(one, is_kept=bool(where))
        spots.setdefault(one.to, []).append(spot)
    groups = [_group(visit, to, places, notice=notices.get(to)) for to, places in spots.items()]
    complaints = error_messages.told(error, visit.words) if error else []
    return Preview(draft, entered, plan, groups, complaints, to_confirm)


def confirmations(visit: Visit, category: str, confirmed: Container[str]) -> list[Confirmation]:
    """Return what may be confirmed of a case: what the provisions in force today need."""
    workspace = visit.workspace
    found = workspace.catalogue.categories.get(category)
    if found is None:
        return []
    today = visit.context.clock().astimezone(workspace.zone).date()
    codes = dict.fromkeys(one.condition for one in found.claimable_on(today) if one.condition)
    known = workspace.catalogue.taxonomy.by_condition
    return [
        Confirmation(code, known[code].label[visit.language], code in confirmed) for code in codes
    ]


def _group(visit: Visit, to: Addressee, places: Sequence[Spot], *, notice: Notice | None) -> Group:
    channels = visit.workspace.catalogue.platforms[to.platform].channels
    taken = (one for one in channels if notice is not None and one.id == notice.channel.id)
    site = to.site if visit.may(Scope.CONTENT_READ) else to.site and masking.HIDDEN
    return Group(to, site, places, notice, next(taken, None))
