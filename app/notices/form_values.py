"""What stands in each field of a form: an element of the notice, a part of it, or an answer.

Pure.
"""

from collections.abc import Mapping, Sequence

from app.kit.texts import trimmed
from app.notices.case import Case
from app.platforms.channels import FormField

Values = Mapping[str, str | None]
Edits = Mapping[str, str]


def shares(fields: Sequence[FormField], urls: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return which addresses each field for them holds, by its id, in the form's order."""
    told, rest = {}, tuple(urls)
    for field in fields:
        if field.filled_by == "urls":
            size = field.at_a_time or len(rest)
            told[field.id], rest = rest[:size], rest[size:]
    return told


def elements(case: Case, said: Values, edits: Edits) -> dict[str, str | None]:
    """Return every element with a caseworker's words, by field, laid over what the template says.

    An answer to a question of the form's own is no element of the notice.
    """
    own = {
        field.filled_by: edits[field.id]
        for field in case.channel.fields
        if field.id in edits and field.filled_by != "answer"
    }
    if "urls" in own:
        held = shares(case.channel.fields, case.request.urls).items()
        own["urls"] = "\n".join(edits.get(field, "\n".join(urls)) for field, urls in held)
    return {**said, **{element: trimmed(text) or None for element, text in own.items()}}


def value(case: Case, field: FormField, values: Values, *, edits: Edits) -> str | None:
    """Return what stands in a field; `values` are the elements with a caseworker's words."""
    if field.filled_by == "answer":
        fixed = field.answer[case.language] if field.answer else ""
        return trimmed(edits.get(field.id, fixed)) or None
    if field.at_a_time is not None:
        held = shares(case.channel.fields, case.request.urls)[field.id]
        return trimmed(edits.get(field.id, "\n".join(held))) or None
    return values[field.filled_by]


def label(case: Case, field: FormField) -> str:
    """Return what a field is called; the further ones for addresses are numbered."""
    called = field.label[case.language] if field.label else case.texts.fields[field.filled_by]
    if field.filled_by != "urls":
        return called
    number = 1 + [*shares(case.channel.fields, ())].index(field.id)
    return called if number == 1 else f"{called} ({number})"
