"""Which legal basis a request rests on: only what is recorded, and held on the day, is claimed.

Pure: docs/definitions.md section 2. What is recorded comes in order, the newest last: the history
of the trusted-flagger status, and the bases of the one platform.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from app.kit.errors import Fault, Refused
from app.platforms.taxonomy import Category
from app.schemas.vocabularies import StatusState
from app.takedowns import flagger_status
from app.takedowns.flagger_status import AWARD, Change, Standing

DEFAULT = "article_16"
# A trusted flagger's priority must have been awarded (DSA Art. 22(2)); the others need no status.
AWARDED = "article_22"


class Basis(NamedTuple):
    """A basis recorded for one platform; `categories` empty means every category."""

    platform: str
    basis: str
    held_from: date
    decision: str
    categories: tuple[str, ...]

    def covers(self, category: str, on: date) -> bool:
        """Tell whether a request of this category on this local date may rest on it."""
        return self.held_from <= on and (not self.categories or category in self.categories)


Record: TypeAlias = Basis | Change


class Asked(NamedTuple):
    """What a request is about: its platform, its category, its local day."""

    platform: str
    category: Category
    on: date


class Chosen(NamedTuple):
    """The basis of a notice, and the record that grants it Article 22.

    `fell_back` tells that it would have rested on Article 22, were that held.
    """

    basis: str
    granted_by: Record | None = None
    fell_back: bool = False


def named(records: Sequence[Record], basis: str, asked: Asked) -> str:
    """Return a basis asked for by name; raises Refused(basis_not_held) where it is not held."""
    if basis == AWARDED and _grant(records, asked) is None:
        mend = f"{_why_not(records, asked)}, or use {DEFAULT}"
        raise Refused(
            "basis_not_held",
            f"{AWARDED} is not held for this platform, category and day; {mend}",
            [Fault("/basis", "basis_not_held", mend)],
        )
    return basis


def default(records: Sequence[Record], asked: Asked) -> Chosen:
    """Return the newest basis that is held, else Article 16."""
    grant, fell_back = _grant(records, asked), False
    for record in _speaking(records, asked):
        if record is grant:
            return Chosen(AWARDED, grant)
        if isinstance(record, Change) or record.basis == AWARDED:
            fell_back = True
        elif record.covers(asked.category.code, asked.on):
            return Chosen(record.basis, fell_back=fell_back)
    return Chosen(DEFAULT, fell_back=fell_back)


def held(records: Sequence[Record], basis: str, asked: Asked, *, is_draft: bool) -> Chosen:
    """Return what a notice rests on that is written on the day, by the basis of its takedown."""
    if basis == AWARDED:
        grant = _grant(records, asked)
        return Chosen(AWARDED, grant) if grant else Chosen(DEFAULT, fell_back=True)
    if basis == DEFAULT and is_draft:
        usual = default(records, asked)
        return Chosen(DEFAULT, fell_back=usual.fell_back and usual.basis == DEFAULT)
    return Chosen(basis)


def _grant(records: Sequence[Record], asked: Asked) -> Record | None:
    """Return the newest record by which Article 22 is held, None where it is not."""
    code, on = asked.category.code, asked.on
    if not asked.category.illegal or _status(records, on).state in _NOT_ANY_MORE:
        return None
    for record in _speaking(records, asked):
        if isinstance(record, Change):
            if record.on <= on and (not record.categories or code in record.categories):
                return record
        elif record.covers(code, on):
            if record.basis == AWARDED:
                return record
            if record.basis == DEFAULT:
                return None  # recorded later: an exception
    return None


# Then no record of an earlier version holds either: the status is one.
_NOT_ANY_MORE = (StatusState.SUSPENDED, StatusState.REVOKED, StatusState.ENDED)


def _speaking(records: Sequence[Record], asked: Asked) -> Iterator[Record]:
    """Return the records that count for the platform, the newest first.

    Of the history that is the award of the day; where it leaves the platform out, what granted
    Article 22 before it counts no more.
    """
    award, is_exception = _status(records, asked.on).award, False
    for record in reversed(records):
        if isinstance(record, Change):
            if record is award and asked.platform not in record.exceptions:
                yield record
            elif record is award:
                is_exception = record.on <= asked.on
        elif not (is_exception and record.basis == AWARDED):
            yield record


def _status(records: Sequence[Record], on: date) -> Standing:
    return flagger_status.standing([one for one in records if isinstance(one, Change)], on)


def _why_not(records: Sequence[Record], asked: Asked) -> str:
    """Say why Article 22 is not held, and what would mend it."""
    code, on = asked.category.code, asked.on
    if not asked.category.illegal:
        return f"{code} is against the platform's own rules only: no award covers it"
    status = _status(records, on)
    if status.state in _NOT_ANY_MORE:
        return _ended(status)
    own = [one for one in records if isinstance(one, Basis) and one.basis == AWARDED]
    begun = [one.categories for one in own if one.held_from <= on]
    if status.award is not None and status.state == StatusState.HELD:
        begun.append(status.award.categories)
    if not begun:
        to_come = [one.held_from for one in own] + ([status.since] if status.since else [])
        return f"it is held from {min(to_come)} on" if to_come else f"record it first ({AWARD})"
    if all(area and code not in area for area in begun):
        return f"{code} lies outside its area"
    return f"{asked.platform} does not honour it"


def _ended(status: Standing) -> str:
    since = status.since
    if status.state == StatusState.SUSPENDED:
        mend = "once that is lifted, takedown basis resume --on DATE"
        return f"the status is suspended since {since}: {mend}"
    if status.state == StatusState.REVOKED:
        return f"the status was revoked on {since}: record a new award ({AWARD})"
    return f"the award ended on {since}: record a new one ({AWARD})"
