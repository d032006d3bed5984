"""One takedown beside everything its notice is written with.

Pure.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from app.kit.languages import Language
from app.notices.channel_choice import DSA, Identity
from app.notices.request import NoticeRequest, Organisation
from app.platforms.channels import Channel
from app.platforms.platform import Platform
from app.platforms.taxonomy import Category, LegalReference, Taxonomy
from app.platforms.texts import Texts
from app.platforms.texts_of_a_platform import Chosen
from app.schemas.vocabularies import Basis, Purpose


@dataclass(frozen=True, slots=True)
class Case:
    """What a notice is made from, chosen and settled."""

    request: NoticeRequest
    platform: Platform
    category: Category
    channel: Channel
    identity: Identity
    purpose: Purpose
    language: Language
    texts: Texts
    specific: tuple[Chosen, ...]
    taxonomy: Taxonomy
    organisation: Organisation
    own_explanation: str | None  # what a caseworker wrote, nothing made up by us

    @property
    def in_dsa(self) -> bool:
        """Tell whether it may cite the Digital Services Act: house rules are none of its matter."""
        return self.request.basis in DSA and self.category.illegal

    @property
    def ground(self) -> str:
        """Return what the notice rests on: its basis, or the platform's own rules alone."""
        is_of_law = self.category.illegal or self.request.basis == Basis.TAKE_IT_DOWN
        return self.request.basis if is_of_law else "rules"

    @property
    def deadline_is_past(self) -> bool:
        """Tell whether a threat's deadline has passed when this is written."""
        deadline, now = self.request.fact("deadline_at"), self.request.written_at
        return deadline is not None and now is not None and moment_of(deadline) <= now

    @property
    def reply_expected(self) -> bool:
        """Tell whether the platform can answer: it is given our address, or knows us."""
        return self.channel.knows_us or self.identity.given

    @property
    def provisions(self) -> tuple[LegalReference, ...]:
        """Return the provisions it may claim: verified, in force, and their condition confirmed."""
        confirmed = self.request.fact("conditions") or ()
        return tuple(
            reference
            for reference in self.category.claimable_on(self.request.written_on)
            if reference.condition is None or reference.condition in confirmed
        )


def on_day(case: Case, day: date | None) -> str:
    """Write a day in words; empty where it is not known (the notice then lacks it)."""
    return "" if day is None else case.texts.dates.on(day)


def at_moment(case: Case, value: object) -> str:
    """Write a moment, in UTC and in our zone."""
    return case.texts.dates.at(moment_of(value), case.organisation.zone)


def moment_of(value: object) -> datetime:
    """Return a moment of the facts, which may be text as the timeline keeps it."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def sentence(*parts: str) -> str:
    """Put sentences after each other."""
    return " ".join(parts)


def paragraphs(*parts: str | None) -> str:
    """Put paragraphs below each other, empty ones left out."""
    return "\n\n".join(part for part in parts if part)
