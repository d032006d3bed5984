"""What a notice says, element by element, in one language.

Pure: from the facts of a takedown to the value of each element a form can ask for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from app.notices.channel_choice import DSA, Identity
from app.notices.notice import Purpose
from app.notices.request import Item, NoticeRequest, Organisation
from app.platforms.channels import Channel
from app.platforms.placeholders import fill
from app.platforms.platform import Platform
from app.platforms.schema import Language
from app.platforms.specific import Chosen
from app.platforms.taxonomy import Category, Taxonomy
from app.platforms.texts import Texts

LOCATOR = ("account", "server_id", "channel_id", "message_id", "occurred_at", "description")


@dataclass(frozen=True, slots=True)
class Case:
    """One takedown beside everything its notice is written with."""

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

    @property
    def in_dsa(self) -> bool:
        """Tell whether the notice rests on the Digital Services Act."""
        return self.request.basis in DSA

    @property
    def reply_expected(self) -> bool:
        """Tell whether the platform can answer: it is given our address, or knows us."""
        return self.channel.knows_us or self.identity.given


def values(case: Case) -> dict[str, str | None]:
    """Return the value of every element by its source; None where there is nothing to say."""
    found = {source: write(case) for source, write in WRITERS.items()}
    if case.purpose == "withdrawal":
        found |= dict.fromkeys(("category", "law", "request", "good_faith", "mandate"))
    return {source: value or None for source, value in found.items()}


def law_names(case: Case) -> str | None:
    """Name the verified provisions in force; None where there are none to name."""
    if case.request.basis == "take_it_down":
        return case.texts.law.take_it_down
    verified = (one for one in case.category.law_on(case.request.written_on) if one.verified)
    named: str | None = None
    for reference in verified:
        cited = case.taxonomy.cited(reference, case.language)
        words = {"law": named or "", "next": cited}
        named = fill(case.texts.law.listed, words) if named else cited
    return named


def why(case: Case) -> str:
    """Return the line before the reason."""
    return case.texts.why.law if case.category.law else case.texts.why.rules


def on_day(case: Case, day: date | None) -> str:
    """Write a day in words; empty where it is not known (the notice then lacks it)."""
    return "" if day is None else case.texts.dates.on(day)


def locator_lines(case: Case, item: Item) -> list[str]:
    """Return the lines that point at content beside, or instead of, its address."""
    lines = []
    for name in LOCATOR:
        value = (item.locator or {}).get(name)
        if value in (None, ""):
            continue
        written = _moment(case, value) if name == "occurred_at" else str(value)
        lines.append(fill(getattr(case.texts.locator, name), {"value": written}))
    return lines


def _moment(case: Case, value: object) -> str:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return case.texts.dates.at(moment, case.organisation.zone)


def _explanation(case: Case) -> str:
    match case.purpose:
        case "first":
            return _paragraphs(_sentence(*_grounds(case)), case.request.explanation)
        case "reminder":
            said = _sentence(*_reminder(case), case.texts.reminder.request)
            return _paragraphs(said, _sentence(*_grounds(case)), case.request.explanation)
        case "complaint":
            words = {
                "reference": case.request.reference,
                "decided_on": on_day(case, case.request.decided_on),
            }
            opening = fill(case.texts.complaint.opening, words)
            grounds = _sentence(*_grounds(case))
            return _paragraphs(opening, case.request.reason, grounds, case.request.explanation)
        case "withdrawal":
            words = {"reference": case.request.reference}
            opening = fill(case.texts.withdrawal.opening, words)
            return _paragraphs(opening, _withdrawal_reason(case))


def _withdrawal_reason(case: Case) -> str | None:
    reason = case.request.reason
    return fill(case.texts.withdrawal.reason, {"reason": reason}) if reason else None


def _reminder(case: Case) -> Iterable[str]:
    words = {
        "reference": case.request.reference,
        "submitted_on": on_day(case, case.request.submitted_on),
        "decided_on": on_day(case, case.request.decided_on),
        "seen_on": on_day(case, case.request.seen_on),
    }
    texts = case.texts.reminder
    yield fill(texts.after_decision if case.request.decided_on else texts.no_decision, words)
    if case.request.seen_on:
        yield fill(texts.still_available, words)


def _grounds(case: Case) -> Iterable[str]:
    """Give the sentence of the category, then one for each fact it does not say already."""
    request, category, texts = case.request, case.category, case.texts
    yield texts.categories[category.code]
    if not category.ai_generated:
        if request.fact("ai_generated") == "yes":
            yield texts.facts.ai_generated
        elif request.fact("ai_generated") == "suspected":
            yield texts.facts.ai_suspected
    if request.fact("sexual_extortion") and not category.sexual_extortion:
        yield texts.facts.sexual_extortion
    if request.fact("person_is_minor") and category.concerns_minor is None:
        yield texts.facts.person_is_minor
    if (deadline := request.fact("deadline_at")) is not None:
        yield fill(texts.facts.deadline, {"deadline": _moment(case, deadline)})
    if request.fact("urgent"):
        yield texts.facts.urgent


def _law(case: Case) -> str:
    if (names := law_names(case)) is not None:
        return names
    return case.texts.law.article_16 if case.in_dsa else case.texts.law.rules


def _request(case: Case) -> str:
    texts = case.texts
    asked = texts.request.categories.get(case.category.code, texts.request.default)
    if case.purpose == "complaint":
        asked = texts.complaint.request
    elif case.request.basis == "take_it_down":
        asked = texts.request.take_it_down
    answer = texts.answer.dsa if case.in_dsa else texts.answer.other
    lines = [asked]
    if case.reply_expected and case.purpose != "complaint":
        lines.append(fill(answer, {"reference": case.request.reference}))
    if case.category.person_concerned:
        lines.append(texts.do_not_contact)
    return "\n".join([*lines, texts.do_not_disclose])


def _good_faith(case: Case) -> str:
    statements = case.texts.good_faith
    is_take_it_down = case.request.basis == "take_it_down"
    return statements.take_it_down if is_take_it_down else statements.default


def _mandate(case: Case) -> str | None:
    return case.texts.mandate if case.request.fact("authorised_by_person") else None


def _locator(case: Case) -> str:
    told = []
    for item in case.request.items:
        lines = locator_lines(case, item)
        if lines and item.url and len(case.request.items) > 1:
            lines.insert(0, item.url)
        told.append("\n".join(lines))
    return _paragraphs(*told)


def _accounts(case: Case) -> str:
    named = (item.account or (item.locator or {}).get("account") for item in case.request.items)
    return "\n".join(dict.fromkeys(str(account) for account in named if account))


def _product(case: Case) -> str:
    product = case.platform.rules.products.get(case.request.product or "")
    if product is not None:
        return product.label.to(case.language)
    hosts = dict.fromkeys(
        urlsplit(item.canonical_url or item.url or "").hostname or "" for item in case.request.items
    )
    return ", ".join(host for host in hosts if host) or case.platform.name


def _kinds(case: Case) -> str:
    names = case.texts.values.kinds
    found = dict.fromkeys(names.get(item.kind, names["other"]) for item in case.request.items)
    return ", ".join(found)


def _identity(value: str) -> Callable[[Case], str | None]:
    def write(case: Case) -> str | None:
        return str(getattr(case.organisation, value)) if case.identity.given else None

    return write


def _paragraphs(*parts: str | None) -> str:
    return "\n\n".join(part for part in parts if part)


def _sentence(*parts: str) -> str:
    return " ".join(parts)


# Each element a form field can be filled by; `statement` is put together in `body`.
WRITERS: Mapping[str, Callable[[Case], str | None]] = {
    "country": lambda case: case.texts.values.country,
    "capacity": lambda case: getattr(case.texts.values.capacity, case.request.basis),
    "name": _identity("name"),
    "email": _identity("email"),
    "urls": lambda case: "\n".join(case.request.urls),
    "locator": _locator,
    "account": _accounts,
    "product": _product,
    "kind": _kinds,
    "person": lambda case: case.texts.values.person,
    "person_name": lambda _: None,
    "category": lambda case: (
        case.platform.words(case.channel, case.category.code)
        or case.category.labels.to(case.language)
    ),
    "law": _law,
    "explanation": _explanation,
    "request": _request,
    "good_faith": _good_faith,
    "mandate": _mandate,
    "reference": lambda case: case.request.reference,
    "signature": _identity("name"),
    "court_order": lambda case: case.texts.values.answers.of(case.request.fact("court_order")),
    "answer": lambda _: None,
}
