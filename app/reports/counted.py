"""Notices as reports count them: each submitted request once, with its line and its items.

Pure: timelines come in. Docs/definitions.md section 6, "Report for a period".
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from app.platforms.catalogue import Catalogue
from app.platforms.taxonomy import Category
from app.reports.actions import Asked, Reading, reading_of
from app.reports.vocabularies import ChannelUsed, Concerned, Deepnude, Part
from app.schemas.vocabularies import AiGenerated, Basis, EventKind, Standing
from app.takedowns import clocks, item_story, lifecycle
from app.takedowns.event_kinds import Logged, Submitted
from app.takedowns.facts import UNKNOWN
from app.takedowns.item_story import Story, story_of
from app.takedowns.lifecycle import Event, State
from app.takedowns.measures import Complaint

Categories = Mapping[str, Category]


class CountedRequest(NamedTuple):
    """One takedown request as a report counts it; `reading` is None as long as it is a draft."""

    reference: str
    case_ref: str
    logged_at: datetime
    submitted_at: datetime | None
    platform: str
    provider: str  # UNKNOWN where nobody named it, or its name is not printed
    category: str
    dsa: Mapping[str, str]  # the codes frozen in the submission; of a draft none
    basis: Basis
    channel: ChannelUsed | None  # of a draft none
    part: Part
    reading: Reading | None
    items: int  # asked for; of a draft all of them
    link_kinds: tuple[str, ...]  # of each of these items
    deepnude: Deepnude
    concerned: Concerned
    sexual_extortion: bool
    case_has_extortion: bool  # a request of its case says so
    complaints: tuple[Complaint, ...]
    unprinted: str = ""  # the name of its provider where that gives away what it must not


def counted_request(
    reference: str, timeline: Sequence[Event], *, as_of: datetime, catalogue: Catalogue
) -> CountedRequest | None:
    """Read one request off its timeline as it stood; None where it was not logged by then."""
    if not any(event.kind == EventKind.LOGGED for event in lifecycle.known_at(timeline, as_of)):
        return None
    story = lifecycle.story_of(timeline, as_of)
    state = lifecycle.replay(timeline, as_of, check=False)
    logged = story[0].data
    assert isinstance(logged, Logged)  # noqa: S101 - as every timeline begins
    kinds = {item.id: item.kind for item in logged.items}
    asked_for = [
        item.id
        for item in state.items
        if item.measured.stands is not None
        or (state.submitted_at is None and item.withdrawn_at is None)
    ]
    category = catalogue.categories[str(state.category)]
    is_extortion = bool(state.facts.get("sexual_extortion"))
    return CountedRequest(
        reference=reference,
        case_ref=str(state.facts["case_ref"]),
        logged_at=state.logged_at,
        submitted_at=state.submitted_at,
        platform=state.platform,
        provider=state.provider or UNKNOWN,
        category=category.code,
        dsa=state.submission.dsa if state.submission else {},
        basis=Basis(state.basis or Basis.ARTICLE_16),
        channel=_channel(state.submission, catalogue) if state.submission else None,
        part=part_of(category, state.basis),
        reading=_reading(state, story, as_of) if state.submitted_at else None,
        items=len(asked_for),
        link_kinds=tuple(kinds[item] for item in asked_for),
        deepnude=deepnude_of(category, state.facts.get("ai_generated")),
        concerned=concerned_by(category),
        sexual_extortion=is_extortion,
        case_has_extortion=is_extortion,
        complaints=state.measures.complaints,
    )


def _channel(submission: Submitted, catalogue: Catalogue) -> ChannelUsed:
    """Tell which way a notice went; one of a channel that is no more known, by how it was sent."""
    platform = catalogue.platforms.get(submission.platform)
    channel = platform.channel(submission.channel) if platform else None
    if channel is not None and channel.knows_us:
        return ChannelUsed.KNOWS_US
    return ChannelUsed(submission.how)


def part_of(category: Category, basis: str | None) -> Part:
    """Tell in which tables it stands: what only breaks a platform's own rules is apart."""
    if not category.illegal:
        return Part.TERMS_ONLY
    return Part.ARTICLE_22 if basis == Basis.ARTICLE_22 else Part.OTHER_BASIS


# Made with AI by their name; and those of images, where the fact `ai_generated` says it.
DEEPNUDES = frozenset({"csam_ai", "deepfake_adult"})
OF_IMAGES = frozenset({"csam", "intimate_image_minor", "ncii_adult"})


def deepnude_of(category: Category, ai_generated: object) -> Deepnude:
    """Tell whether it is about an AI-made nude image."""
    if category.code in DEEPNUDES:
        return Deepnude.YES
    if category.code in OF_IMAGES or category.sexual_extortion:
        told = {AiGenerated.YES: Deepnude.YES, AiGenerated.SUSPECTED: Deepnude.SUSPECTED}
        return told.get(AiGenerated(str(ai_generated or AiGenerated.UNKNOWN)), Deepnude.NO)
    return Deepnude.NO


def concerned_by(category: Category) -> Concerned:
    """Tell whom the content shows, by its category."""
    if category.concerns_minor is None:
        return Concerned.NOT_SAID
    return Concerned.MINOR if category.concerns_minor else Concerned.ADULT


def _reading(state: State, story: Sequence[Event], as_of: datetime) -> Reading:
    counting = [
        item for item in state.items if item.measured.stands not in (None, Standing.ALREADY_GONE)
    ]
    about = lifecycle.by_item(story, [item.id for item in state.items])
    withdrawn = [item.measured.withdrawn_at for item in counting]
    target_at, submitted_at = clocks.removal_target(state), state.submitted_at
    assert target_at is not None  # noqa: S101 - both begin with the submission
    assert submitted_at is not None  # noqa: S101
    return reading_of(
        Asked(
            stories=[_story(about[item.id], submitted_at) for item in counting],
            is_court_ordered=bool(state.facts.get("court_order")),
            answered_at=state.answered_at,
            target_at=target_at,
            withdrawn_at=max(filter(None, withdrawn), default=None) if all(withdrawn) else None,
            as_of=as_of,
        )
    )


def _story(events: Sequence[Event], submitted_at: datetime) -> Story:
    until, _ = item_story.until_withdrawal(events)
    return story_of(until, submitted_at)
