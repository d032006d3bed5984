"""What the cells of a row ask for, in the API's own shapes: a column is named like its field.

Pure: cells in, shapes or faults out. Beyond a takedown's facts there is what lets a row bring its
history: when it was submitted, confirmed, answered, decided and seen gone.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from app.imports.vocabularies import RowRule
from app.kit.errors import Fault, Refused
from app.schemas import facts, faults
from app.schemas.event_shapes import Decided, InformationRequested, ReceiptConfirmed, Seen
from app.schemas.shapes import SubmissionIn, TakedownIn

S = TypeVar("S", bound=BaseModel)
Following = ReceiptConfirmed | InformationRequested | Decided | Seen
TRUTHS = {"true": True, "yes": True, "false": False, "no": False}
URLS = ("url", "urls")
FACTS = tuple(name for name in TakedownIn.model_fields if name not in ("urls", "locators"))
YES_OR_NO = frozenset(
    name
    for name, field in TakedownIn.model_fields.items()
    if bool in (field.annotation, *get_args(field.annotation))
)
# The column that holds a step's moment; and its others, named like their fields but for one.
SUBMITTED, RECEIPT, ANSWERED, ASKED = "submitted_at", "receipt_at", "answered_at", "asked_at"
DECIDED, SEEN_GONE, SEEN_LIVE = "decided_at", "seen_gone_at", "seen_live_at"
QUESTION = "question"
FIELDS: Mapping[str, str] = {QUESTION: "text"}
STEPS = {
    SUBMITTED: ("how", "ticket_id"),
    RECEIPT: (),
    ANSWERED: (),
    ASKED: (QUESTION,),
    DECIDED: ("outcome", "ground"),
    SEEN_GONE: (),
    SEEN_LIVE: (),
}
BY_THE_PLATFORM = (RECEIPT, ANSWERED, ASKED, DECIDED)
# What may have followed the submission: its shape, and what is known of it by the column alone.
FOLLOWING: Mapping[str, tuple[type[Following], Mapping[str, object]]] = {
    RECEIPT: (ReceiptConfirmed, {"kind": "receipt_confirmed", "automatic": True}),
    ANSWERED: (ReceiptConfirmed, {"kind": "receipt_confirmed", "automatic": False}),
    ASKED: (InformationRequested, {"kind": "information_requested"}),
    DECIDED: (Decided, {"kind": "decided"}),
    SEEN_GONE: (Seen, {"kind": "seen", "availability": "gone"}),
    SEEN_LIVE: (Seen, {"kind": "seen", "availability": "live"}),
}
MENDS = {"wrong_type": "write true or false"}
SHORTENED = (
    "the spreadsheet shortened this number: format the column as text, then enter it whole again"
)
# A long number as spreadsheet programs show it, by itself or put into an address.
_SHORT = re.compile(r"(?<![\w.,])\d(?:[.,]\d+)?E(?:\+|%2B)\d{2,3}(?!\w)", re.IGNORECASE)
KNOWN = (*FACTS, *URLS, *(name for step, more in STEPS.items() for name in (step, *more)))


class Asked(NamedTuple):
    """What a row asks to be logged, and what happened to it before."""

    takedown: TakedownIn
    submission: SubmissionIn | None
    history: Mapping[str, Following]  # what followed, by the column of its moment

    def moments(self) -> dict[str, datetime | None]:
        """Return when its steps happened, by column."""
        sent = {} if self.submission is None else {SUBMITTED: self.submission.happened_at}
        return sent | {column: step.happened_at for column, step in self.history.items()}


def read(cells: Mapping[str, str]) -> Asked:
    """Read the filled cells of a row; raises Refused with a fault for each column to mend."""
    found = _shortened(cells)
    if found:
        raise Refused("invalid_row", "some numbers were shortened", found)
    told: dict[str, object] = {name: _value(name, cells[name]) for name in FACTS if name in cells}
    told["urls"] = [url for name in URLS for url in cells.get(name, "").split()]
    if not told["urls"]:
        found.append(Fault("url", "required", "This is required."))
    takedown = _shape(TakedownIn, told, {}, found=found)
    how = {"how": "form", "no_ticket": "ticket_id" not in cells}
    submission = _step(SubmissionIn, SUBMITTED, cells, fixed=how, found=found)
    steps = {
        column: _step(shape, column, cells, fixed=fixed, found=found)
        for column, (shape, fixed) in FOLLOWING.items()
    }
    history = {column: step for column, step in steps.items() if step is not None}
    if submission is not None or SUBMITTED not in cells:
        found += _too_early(submission, history)
    if takedown is None or found:
        raise Refused("invalid_row", "some cells break a rule", found)
    return Asked(takedown, submission, history)


def named(fault: Fault) -> Fault:
    """Point at a column what a use case says of a field."""
    place, _, rest = fault.pointer.strip("/").partition("/")
    if place == "fields":
        return fault._replace(pointer=f"notice field {rest}")
    if place == "urls":
        return fault._replace(pointer=f"url {int(rest) + 1}" if rest else "url")
    return fault._replace(pointer=place)


def _too_early(
    submission: SubmissionIn | None, history: Mapping[str, Following]
) -> Iterator[Fault]:
    """Name what the platform did before the notice was submitted, or without one."""
    for column in BY_THE_PLATFORM:
        done = history.get(column)
        if done is None:
            continue
        if submission is None:
            mend = f"say when it was submitted ({SUBMITTED}): a platform acts after that"
            yield Fault(column, RowRule.WITHOUT_SUBMISSION, mend)
        elif _moment(done) < _moment(submission):
            mend = f"it comes before {SUBMITTED}: correct one of the two"
            yield Fault(column, RowRule.BEFORE_SUBMISSION, mend)


def _moment(step: Following | SubmissionIn) -> datetime:
    assert step.happened_at is not None  # noqa: S101 - no step without its column
    return step.happened_at


def _step(
    shape: type[S],
    moment: str,
    cells: Mapping[str, str],
    *,
    fixed: Mapping[str, object],
    found: list[Fault],
) -> S | None:
    """Read one step of the history; without its moment it did not happen."""
    told = {name: cells[name] for name in STEPS[moment] if name in cells}
    if moment not in cells:
        if told:
            mend = f"say when: {', '.join(told)} goes with it"
            found.append(Fault(moment, RowRule.WITHOUT_MOMENT, mend))
        return None
    fields = {FIELDS.get(name, name): cell for name, cell in told.items()}
    given = {**fixed, **fields, "happened_at": cells[moment]}
    columns = {"happened_at": moment, **{field: name for name, field in FIELDS.items()}}
    return _shape(shape, given, columns, found=found)


def _shape(
    shape: type[S], told: Mapping[str, object], columns: Mapping[str, str], *, found: list[Fault]
) -> S | None:
    try:
        return shape.model_validate(told)
    except ValidationError as error:
        located = [detail | {"loc": ("body", *detail["loc"])} for detail in error.errors()]
        for fault in map(named, faults.of(located, told)):
            column = columns.get(fault.pointer, fault.pointer)
            found.append(Fault(column, fault.code, MENDS.get(fault.code, fault.detail)))
        return None


def _shortened(cells: Mapping[str, str]) -> list[Fault]:
    """Return a fault for each cell whose number lost its digits: nobody can tell what it was."""
    return [
        Fault(name, "shortened", SHORTENED)
        for name, cell in cells.items()
        if (_SHORT.search if name in URLS else _SHORT.fullmatch)(cell.strip().lstrip("+-"))
    ]


def _value(name: str, text: str) -> str | bool | list[str]:
    if name in facts.FACTS and facts.FACTS[name].kind is tuple:
        return text.split()
    return TRUTHS.get(text.lower(), text) if name in YES_OR_NO else text
