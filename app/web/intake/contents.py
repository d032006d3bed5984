"""What a draft holds, recognised once: what can be reported, and links that need a decision."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.kit.vault import Vault
from app.notices import assessments, new_items
from app.notices.assessments import Explanation
from app.operations.intake_of_text import LEAVE_OUT, Content
from app.platforms.hosts import site_of
from app.platforms.recognition import Answer, Recognised, Unrecognised
from app.web.intake.request_drafts import RequestDraft
from app.web.shell.request_context import Visit

DROP = "drop"  # content without a link


class Unplaced(NamedTuple):
    """A link of no platform we know; `as_any` is what it is as one of any website.

    `choice` is the platform it is to be reported to all the same, else LEAVE_OUT.
    """

    key: str
    link: Unrecognised
    as_any: Answer
    choice: str

    @property
    def may_be_reported(self) -> bool:
        """Tell whether it is a web address at all."""
        return isinstance(self.as_any, Recognised)

    @property
    def site(self) -> str | None:
        """Which site it is on."""
        return site_of(self.as_any.canonical_url) if isinstance(self.as_any, Recognised) else None


class Contents(NamedTuple):
    """All that a draft holds; `links` is how many were pasted, whatever becomes of them."""

    to_report: Sequence[Content]
    unplaced: Sequence[Unplaced]
    without_link: Sequence[Content]
    links: int
    explanation: Explanation

    @property
    def left_out(self) -> list[Unplaced]:
        """The links that are reported to nobody."""
        return [one for one in self.unplaced if one.choice == LEAVE_OUT]


def recognised(visit: Visit, draft: RequestDraft) -> Contents:
    """Recognise what was pasted, and add the content without a link."""
    catalogue, recogniser = visit.workspace.catalogue, visit.workspace.recogniser
    vault, now = visit.context.database.vault, visit.context.clock()
    explanation = assessments.explanation(
        catalogue,
        draft.explanation,
        category=draft.facts["category"],
        language=draft.facts["language"],
    )
    links = recogniser.links_of(draft.text, now=now)
    unplaced = list[Unplaced]()
    for link in links:
        if isinstance(link, Unrecognised):
            key, as_any = _key(vault, "pasted", link.text), recogniser.other(link.text, now=now)
            choice = draft.choice(key)
            if choice not in catalogue.platforms or isinstance(as_any, Unrecognised):
                choice = LEAVE_OUT
            unplaced.append(Unplaced(key, link, as_any, choice))
    placed = [(one.platform, one) for one in links if isinstance(one, Recognised)] + [
        (one.choice, one.as_any)
        for one in unplaced
        if one.choice != LEAVE_OUT and isinstance(one.as_any, Recognised)
    ]
    pasted = [Content(slug, new_items.item_of(link), link) for slug, link in placed]
    added = [
        Content(slug, new_items.item_without_url(slug, where))
        for slug, where in draft.places_without_link
        if slug in catalogue.platforms
    ]
    without_link = _each(vault, draft, added)
    included = [one for one in without_link if one.asked != DROP]
    to_report = _each(vault, draft, [*pasted, *included])
    return Contents(to_report, unplaced, without_link, len(links), explanation)


def _each(vault: Vault, draft: RequestDraft, contents: Iterable[Content]) -> list[Content]:
    """Return each content once, with what was typed for it: what is to be done, and where in it."""
    found: dict[str, Content] = {}
    for one in contents:
        key = _key(vault, "content", one.item.identity)
        item = one.item._replace(place=draft.place(key))
        found.setdefault(key, one._replace(key=key, item=item, asked=draft.choices.get(key)))
    return list(found.values())


def _key(vault: Vault, what: str, text: str) -> str:
    """Return what a page calls a content by without telling it."""
    return vault.index(what, text).hex()[:24]
