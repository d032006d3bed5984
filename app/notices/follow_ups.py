"""What follows a first notice: what a reminder, a complaint or a withdrawal is about, and says.

Pure. A reminder answers what the platform did since; a complaint answers its decision, by the
ground and the reason it gave (DSA Article 20).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.notices.case import Case, on_day, sentence
from app.notices.request import Item, NoticeRequest
from app.platforms.placeholders import fill
from app.schemas.vocabularies import ItemState, Outcome, Purpose
from app.takedowns.items import OFFLINE
from app.takedowns.outcomes import CLAIMS, RESTRICTIONS

LONGEST_REASON = 300


def about(request: NoticeRequest, purpose: str) -> NoticeRequest:
    """Narrow a request down to the items the notice is about; all of them where none is left."""
    if purpose not in (Purpose.REMINDER, Purpose.COMPLAINT):
        return request
    kept = tuple(item for item in request.items if item.state not in OFFLINE)
    if purpose == Purpose.COMPLAINT:
        contested = tuple(item for item in kept if item.told and item.told.outcome not in CLAIMS)
        kept = contested or tuple(item for item in kept if item.told) or kept
    return replace(request, items=kept or request.items)


def is_refused(request: NoticeRequest) -> bool:
    """Tell whether the platform refused all of it: a complaint answers that, no reminder."""
    told = [item.told for item in request.items]
    return bool(told) and all(one is not None and one.outcome == Outcome.REFUSED for one in told)


def reminder(case: Case) -> str:
    """Say how things stand, and that we ask again."""
    return sentence(so_far(case), case.texts.reminder.request)


def so_far(case: Case) -> str:
    """Say when we wrote, what was answered since, and what was seen."""
    request, texts = case.request, case.texts.reminder
    words = {"reference": request.reference, "submitted_on": on_day(case, request.submitted_on)}
    said = [fill(texts.sent, words)]
    if request.receipt_on is not None:
        said.append(fill(texts.receipt, {"receipt_on": on_day(case, request.receipt_on)}))
    return sentence(*said, *ticket(case), *_answers(case))


def ticket(case: Case) -> Iterator[str]:
    """Give the platform's own number, by which it finds the case."""
    if case.request.tickets:
        yield fill(case.texts.ticket, {"ticket": ", ".join(case.request.tickets)})


def complaint(case: Case) -> list[str | None]:
    """Give the paragraphs before the content: the decision as it was told, and our reason."""
    request, texts = case.request, case.texts.complaint
    decision = request.decision
    words = {
        "reference": request.reference,
        "decided_on": on_day(case, decision.on if decision else None),
    }
    said = [fill(texts.opening if case.in_dsa else texts.opening_other, words)]
    if decision is not None:
        outcome = case.texts.values.outcomes[decision.outcome]
        ground = case.texts.values.grounds.get(decision.ground or "")
        if ground is None:
            said.append(fill(texts.decision, {"outcome": outcome}))
        else:
            said.append(fill(texts.decision_on, {"outcome": outcome, "ground": ground}))
    said += ticket(case)
    if decision is not None and decision.reason:
        said.append(fill(texts.said, {"reason": quoted(decision.reason) or ""}))
    because = f"{texts.because}\n{request.reason}" if request.reason else None
    return [sentence(*said), because]


def withdrawal(case: Case) -> list[str | None]:
    """Give the paragraphs of a withdrawal: it accuses nobody of anything."""
    request, texts = case.request, case.texts.withdrawal
    opening = fill(texts.opening, {"reference": request.reference})
    reason = fill(texts.reason, {"reason": request.reason}) if request.reason else None
    return [sentence(opening, *ticket(case)), reason]


def _answers(case: Case) -> Iterator[str]:
    """Say what was answered about the items and seen of them, once where it is the same of all."""
    said: dict[str, list[Item]] = {}
    for item in case.request.items:
        said.setdefault(sentence(*_answer(case, item)), []).append(item)
    for text, items in said.items():
        if len(said) == 1:
            yield text
        else:
            numbers = ", ".join(str(item.id) for item in items)
            yield fill(case.texts.reminder.of_some, {"numbers": numbers, "said": text})


def _answer(case: Case, item: Item) -> Iterable[str]:
    texts, told = case.texts.reminder, item.told
    seen_on = on_day(case, item.live_on)
    if told is None:
        yield texts.no_decision
    else:
        if told.outcome in CLAIMS:
            said = texts.gone
        elif told.outcome in RESTRICTIONS:
            said = texts.restricted
        elif told.outcome == Outcome.REFUSED:
            said = texts.refused
        else:
            said = texts.decided
        yield fill(said, {"decided_on": on_day(case, told.on)})
    if item.live_on is not None:
        back = item.state == ItemState.CAME_BACK
        yield fill(texts.back if back else texts.still_available, {"seen_on": seen_on})


def quoted(reason: str | None) -> str | None:
    """Return the platform's own reason as a notice quotes it: on one line, cut where it is long."""
    if reason is None:
        return None
    told = " ".join(reason.split())
    return told if len(told) <= LONGEST_REASON else f"{told[:LONGEST_REASON].rsplit(' ', 1)[0]} …"
