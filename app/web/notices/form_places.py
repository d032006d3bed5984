"""Where a form may differ from what we know of it, as people read it."""

from collections.abc import Mapping

from app.kit.wording import N_
from app.platforms.channels import Channel
from app.web.shell.request_context import Visit

# Beside its fields; a test keeps them those of `form_changes.ELSEWHERE`.
ELSEWHERE = {
    "address": N_("The address leads elsewhere"),
    "further_field": N_("It asks something more"),
    "order": N_("The fields stand in another order"),
    "other": N_("Something else on the form"),
}


def names(visit: Visit, channel: Channel) -> Mapping[str, str]:
    """Return what each place is called in the visitor's language, in the form's order."""
    texts = visit.workspace.catalogue.texts[visit.language]
    fields = {
        field.id: field.label[texts.language] if field.label else texts.fields[field.filled_by]
        for field in channel.fields
    }
    return fields | {code: visit.words.gettext(text) for code, text in ELSEWHERE.items()}
