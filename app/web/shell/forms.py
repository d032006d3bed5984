"""What a person typed into a form: read strictly, never converted silently, never lost.

Pure.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from urllib.parse import parse_qsl
from zoneinfo import ZoneInfo

from pydantic import BaseModel, TypeAdapter, ValidationError

from app.kit.clock import stamp
from app.kit.errors import Fault, Refused
from app.kit.texts import trimmed
from app.schemas import faults, local_times
from app.schemas.local_times import NoMoment
from app.schemas.values import ONE_LINE, Day

CONTENT_TYPE = "application/x-www-form-urlencoded"
MAX_FIELDS = 5_000
YES_OR_NO: Mapping[str, bool] = MappingProxyType({"true": True, "false": False})
OFFSET = "-offset"  # of a moment's field: the offset from UTC that a time which came twice had
_DAY: TypeAdapter[date] = TypeAdapter(Day)
_WHOLE = re.compile(r"[0-9]{1,9}")
_LOOSE_PERCENT = re.compile(rb"%(?![0-9A-Fa-f]{2})")
Model = TypeVar("Model", bound=BaseModel)


class Malformed(ValueError):
    """A body no browser sends."""


class Upload(NamedTuple):
    """A file as a browser sends it."""

    name: str
    content: bytes


class Form:
    """The fields of one form as they were sent; a field may come several times, a file once."""

    def __init__(
        self, fields: Sequence[tuple[str, str]] = (), files: Mapping[str, Upload] | None = None
    ) -> None:
        self.fields = tuple(fields)
        self.files = files or {}
        self._first: dict[str, str | None] = {}
        for name, value in self.fields:
            self._first.setdefault(name, value.replace("\r\n", "\n") if trimmed(value) else None)

    def text(self, name: str) -> str:
        """Return a field's text with browsers' line ends made plain; empty when it is absent."""
        return self.given(name) or ""

    def given(self, name: str) -> str | None:
        """Return a field's text, None when it was left out or left blank."""
        return self._first.get(name)

    def under(self, beginning: str) -> dict[str, str]:
        """Return the fields whose names begin so, by the rest of the name."""
        return {
            name.removeprefix(beginning): value.replace("\r\n", "\n")
            for name, value in self.fields
            if name.startswith(beginning)
        }

    def all(self, name: str) -> list[str]:
        """Return every value of a field that comes several times."""
        return [value for key, value in self.fields if key == name]

    def flag(self, name: str) -> bool:
        """Tell whether a box was ticked or a button pressed."""
        return name in self._first

    def moment(self, name: str, zone: ZoneInfo) -> datetime | None:
        """Return a local date and time as a moment; raises Refused when it is not one.

        Of a time that came twice, the field's `-offset` says which is meant.
        """
        text = self.given(name)
        if text is None:
            return None
        try:
            return local_times.read(text, zone, self.text(f"{name}{OFFSET}"))
        except NoMoment as problem:
            faults = [Fault(f"/{name}", problem.code, problem.mend)]
            raise Refused("invalid_request", "not one moment", faults) from None

    def moments(self, names: Sequence[str], zone: ZoneInfo) -> dict[str, str | None]:
        """Return local times as the API takes moments; raises Refused naming every bad one."""
        told: dict[str, str | None] = {}
        faults: list[Fault] = []
        for name in names:
            try:
                at = self.moment(name, zone)
                told[name] = None if at is None else stamp(at)
            except Refused as error:
                faults += error.faults
        if faults:
            raise Refused("invalid_request", "not one moment", faults)
        return told


def read(body: bytes) -> Form:
    """Read a urlencoded body; raises Malformed."""
    if _LOOSE_PERCENT.search(body):
        raise Malformed("a form holds no percent sign but in an escape")
    try:
        found = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=bool(body),
            encoding="utf-8",
            errors="strict",
            max_num_fields=MAX_FIELDS,
        )
    except ValueError as error:
        raise Malformed("not a form as browsers send them") from error
    if any("\0" in name or "\0" in value for name, value in found):
        raise Malformed("a form holds no NUL")
    return Form(found)


def whole(text: str) -> int | None:
    """Return the whole number that a text writes in plain digits; None for what no page sends."""
    return int(text) if _WHOLE.fullmatch(text) else None


def countries(text: str) -> list[str]:
    """Return the countries that a text lists, in the capitals that the API takes."""
    return text.upper().replace(",", " ").split()


def day(text: str) -> date | None:
    """Return the day that a text writes as YYYY-MM-DD; None for one that cannot be."""
    try:
        return _DAY.validate_python(text)
    except ValidationError:
        return None


def day_of(form: Form, name: str, faults: list[Fault], *, is_required: bool = True) -> date | None:
    """Return a local day that was typed, and tell of one that cannot be."""
    found = day(form.text(name).strip())
    if found is None and (form.given(name) or is_required):
        code = "day_invalid" if form.given(name) else "no_day"
        faults.append(Fault(f"/{name}", code, "YYYY-MM-DD"))
    return found


def faults_of_line(name: str, text: str, most: int, *, is_required: bool = True) -> list[Fault]:
    """Return what is wrong with a single line of text, if anything."""
    code = ""
    if len(text) > most:
        code = "too_long"
    elif is_required and not text:
        code = "required"
    elif text and not re.match(ONE_LINE, text):
        code = "not_one_line"
    return [Fault(f"/{name}", code, f"one line of at most {most} characters")] if code else []


def checked(shape: type[Model] | TypeAdapter[Any], told: Mapping[str, Any]) -> Any:
    """Check what was typed against the shape the API takes; raises Refused naming the fields."""
    try:
        if isinstance(shape, TypeAdapter):
            return shape.validate_python(dict(told))
        return shape.model_validate(dict(told))
    except ValidationError as error:
        found = [detail | {"loc": ("body", *detail["loc"])} for detail in error.errors()]
        raise Refused(
            "invalid_request", "some fields need a look", faults.of(found, told)
        ) from None
