"""Statements that read the inbox: each is built once, for what it depends on."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    literal,
    select,
    true,
    tuple_,
    union_all,
)

from app.accounts.models import users
from app.kit.database import Moment
from app.schemas.vocabularies import NextStep, Turn
from app.takedowns.models import claims, takedowns, waits
from app.takedowns.vocabularies import InboxBand

_T = takedowns.c
Ts = TypeVarTuple("Ts")
_NOW = bindparam("now", type_=Moment)
_MOST: BindParameter[int] = bindparam("most", type_=Integer)
_SINCE, _UNTIL = bindparam("since", type_=Moment), bindparam("until", type_=Moment)
_AFTER_DUE = bindparam("after_due", type_=Moment)
_AFTER_REFERENCE: BindParameter[str] = bindparam("after_reference")
_ASIDE = select(waits.c.takedown_id).where(waits.c.until > _NOW)
_CLAIMED = select(claims.c.takedown_id).where(claims.c.until > _NOW)
_MINE = _CLAIMED.where(claims.c.user_id == bindparam("mine"))
_AT_WORK = and_(_T.next_step != NextStep.DECIDE_NEXT, _T.next_step != NextStep.RELEASE)
# Which steps stand in a band, beside when they are due.
_STEPS: dict[InboxBand, ColumnElement[bool]] = {
    InboxBand.LATE: true(),
    InboxBand.TODAY: _AT_WORK,
    InboxBand.TO_DECIDE: _T.next_step == NextStep.DECIDE_NEXT,
    InboxBand.LATER: _AT_WORK,
    InboxBand.ON_HOLD: _T.next_step == NextStep.RELEASE,
}
_ROWS = (
    select(
        _T.id,
        _T.reference,
        _T.platform,
        _T.product,
        _T.category,
        _T.whose_turn,
        _T.next_step,
        _T.due_at,
        _T.missing,
        _T.submitted_at,
        _T.receipt_at,
        _T.answered_at,
        _T.decided_at,
        _T.updated_at,
        claims.c.user_id.label("claim_user_id"),
        users.c.name.label("claim_name"),
        claims.c.until.label("claim_until"),
        waits.c.until.label("wait_until"),
    )
    .select_from(takedowns)
    .outerjoin(claims, and_(claims.c.takedown_id == _T.id, claims.c.until > _NOW))
    .outerjoin(users, users.c.id == claims.c.user_id)
    .outerjoin(waits, and_(waits.c.takedown_id == _T.id, waits.c.until > _NOW))
)
BY_IDS = _ROWS.where(_T.id.in_(bindparam("ids", expanding=True)))


class Asked(NamedTuple):
    """By what it is narrowed: a statement depends on that, not on the values."""

    is_mine: bool
    is_aside: bool
    is_free: bool
    by_platform: bool
    by_category: bool


class Range(NamedTuple):
    """One category's part of a band; one that goes on begins after the place asked for."""

    turn: Turn
    category: str
    severity: int
    is_dated: bool
    goes_on: bool


@lru_cache(maxsize=256)
def first_of(band: InboxBand, asked: Asked, ranges: tuple[Range, ...]) -> Executable:
    """Find the first ids of the ranges of a band."""
    parts = [
        _range(band, asked, one)
        .order_by(*((_T.due_at, _T.reference) if one.is_dated else (_T.reference,)))
        .limit(_MOST)
        .subquery()
        for one in ranges
    ]
    every = union_all(*map(select, parts)).subquery()
    order = every.c.severity, every.c.due_at.nulls_last(), every.c.reference
    return select(every.c.id).order_by(*order).limit(_MOST)


@lru_cache(maxsize=256)
def number_of(band: InboxBand, asked: Asked, ranges: tuple[Range, ...]) -> Executable:
    """Count what the ranges of a band hold."""
    parts = [_range(band, asked, one) for one in ranges]
    return select(func.count()).select_from(union_all(*parts).limit(_MOST).subquery())


@lru_cache(maxsize=64)
def few_of(asked: Asked) -> Executable:
    """Find what somebody has, or what is put aside."""
    return _hinted(_ROWS.where(_T.whose_turn != Turn.NOBODY, *_narrowed(asked)), asked)


@lru_cache(maxsize=64)
def counts(asked: Asked) -> Executable:
    """Count ours, the platforms', and what is put aside."""
    present, aside = asked._replace(is_aside=False), asked._replace(is_aside=True)
    return select(
        _count(present, _T.whose_turn == Turn.US),
        _count(present, _T.whose_turn == Turn.PLATFORM),
        _count(aside, _T.whose_turn != Turn.NOBODY),
    )


def _count(asked: Asked, condition: ColumnElement[bool]) -> ScalarSelect[int]:
    found = select(_T.id).where(condition, *_narrowed(asked))
    few = _hinted(found, asked).limit(_MOST).subquery()
    return select(func.count()).select_from(few).scalar_subquery()


def _range(band: InboxBand, asked: Asked, one: Range) -> Select[int, int, datetime | None, str]:
    """Read on in one category's range of a band, in the index."""
    severity = literal(one.severity, Integer).label("severity")
    found = select(_T.id, severity, _T.due_at, _T.reference).where(
        _T.whose_turn == one.turn,
        _T.category == one.category,
        *_due(one),
        _STEPS[band],
        *_narrowed(asked),
    )
    return _hinted(found, asked)


def _due(one: Range) -> Iterator[ColumnElement[bool]]:
    if not one.is_dated:
        yield _T.due_at.is_(None)
        if one.goes_on:
            yield _T.reference > _AFTER_REFERENCE
        return
    yield _T.due_at < _UNTIL
    if one.goes_on:
        yield tuple_(_T.due_at, _T.reference) > tuple_(_AFTER_DUE, _AFTER_REFERENCE)
    else:
        yield _T.due_at >= _SINCE


def _hinted(found: Select[*Ts], asked: Asked) -> Select[*Ts]:
    """Tell SQLite by what to read, for it may else go through all that are under way."""
    if asked.is_mine or asked.is_aside:
        return found.with_hint(takedowns, "NOT INDEXED", "sqlite")  # by ids
    index = "ix_takedowns_inbox_platform" if asked.by_platform else "ix_takedowns_inbox"
    return found.with_hint(takedowns, f"INDEXED BY {index}", "sqlite")


def _narrowed(asked: Asked) -> Iterator[ColumnElement[bool]]:
    yield _T.id.in_(_ASIDE) if asked.is_aside else _T.id.not_in(_ASIDE)
    if asked.is_mine:
        yield _T.id.in_(_MINE)
    if asked.is_free:
        yield _T.id.not_in(_CLAIMED)
    if asked.by_platform:
        yield _T.platform == bindparam("platform")
    if asked.by_category:
        yield _T.category == bindparam("category")
