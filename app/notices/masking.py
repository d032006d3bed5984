"""A notice as it may be read over a shoulder: what is secret is hidden where it is filled in.

Pure. The template is filled with a sign in place of each secret. No sentence of ours holds such a
sign: so secrets are hidden whole, however short or spelled, and never a letter of a sentence.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from app.notices import assessments, compose
from app.notices.notice import Notice
from app.notices.request import Item, NoticeRequest, Organisation
from app.platforms.catalogue import Catalogue

HIDDEN = "••••"
_SIGN = re.compile("\ue000[0-9]+\ue001")
# A moment tells nobody where to look.
_NO_SECRET = frozenset({"occurred_at"})


class _Signs:
    """What stands for secrets: the same for the same, for what is told once is told once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def of(self, secret: str) -> str:
        return f"\ue000{self._numbers.setdefault(secret, len(self._numbers))}\ue001"

    def of_any(self, secret: str | None) -> str | None:
        return self.of(secret) if secret and secret.strip() else secret


def masked(
    catalogue: Catalogue,
    request: NoticeRequest,
    organisation: Organisation,
    *,
    notice: Notice,
    edits: Mapping[str, str],
    shows_recipient: bool = False,
) -> Notice:
    """Return the notice with every place, account and word of a person hidden in its texts.

    `request` and `edits` are those it was filled in from.
    """
    signs = _Signs()
    told = request.explanation
    is_usual = told is not None and assessments.is_usual(catalogue, told)
    hidden = replace(
        request,
        items=tuple(_item(signs, item) for item in request.items),
        explanation=told if is_usual else signs.of_any(told),
        reason=signs.of_any(request.reason),
        tickets=tuple(signs.of(ticket) for ticket in request.tickets),
        recipient=request.recipient if shows_recipient else signs.of_any(request.recipient),
    )
    own = {field: signs.of_any(text) or "" for field, text in edits.items()}
    case = compose.case_of(
        catalogue,
        hidden,
        organisation,
        channel_id=notice.channel.id,
        language=notice.language,
        purpose=notice.purpose,
    )
    fields, subject, body = compose.text_of(case, own)
    return replace(
        notice,
        channel=notice.channel._replace(to=_shown(compose.channel_of(case).to)),
        fields=tuple(field._replace(value=_shown(field.value)) for field in fields),
        subject=_shown(subject) or "",
        body=_shown(body) or "",
    )


def _item(signs: _Signs, item: Item) -> Item:
    locator = {
        name: value if name in _NO_SECRET else signs.of(value)
        for name, value in (item.locator or {}).items()
    }
    canonical_url = item.canonical_url
    return item._replace(
        url=signs.of_any(item.url),
        # Still an address, for its host may be asked for.
        canonical_url=canonical_url and f"https://{signs.of(canonical_url)}",
        content_id=signs.of_any(item.content_id),
        account=signs.of_any(item.account),
        locator=locator or None,
        place=signs.of_any(item.place),
        told=item.told and item.told._replace(reason=signs.of_any(item.told.reason)),
    )


def _shown(text: str | None) -> str | None:
    return text and _SIGN.sub(HIDDEN, text)
