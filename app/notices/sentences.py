"""What a notice says, element by element, in one language.

Pure: from the facts of a takedown to the value of each element a form can ask for.
"""

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from app.notices import follow_ups
from app.notices.case import Case, at_moment, on_day, paragraphs, sentence
from app.notices.request import Item
from app.platforms.placeholders import fill
from app.platforms.texts import Status
from app.schemas.vocabularies import Basis, Purpose

LOCATOR = ("account", "server_id", "channel_id", "message_id", "occurred_at", "description")
# What is an account or a place of many contents, and no content itself.
ACCOUNTS = frozenset({"profile", "group", "server", "invite", "advertiser", "bot"})
# What a withdrawal does not say, whatever the form asks.
NOT_WITHDRAWN = frozenset({"category", "law", "request", "good_faith", "mandate"})


def values(case: Case) -> dict[str, str | None]:
    """Return the value of every element by its source; None where there is nothing to say."""
    found = {source: write(case) for source, write in WRITERS.items()}
    if case.purpose == Purpose.WITHDRAWAL:
        found |= dict.fromkeys(NOT_WITHDRAWN)
    return {source: value or None for source, value in found.items()}


def law_names(case: Case) -> str | None:
    """Name the provisions that may be claimed; None where there are none.

    A line for each condition, which stands before what holds because of it.
    """
    texts, language = case.texts.law, case.language
    if case.request.basis == Basis.TAKE_IT_DOWN:
        return texts.take_it_down
    lines: dict[str | None, str] = {}
    for reference in case.provisions:
        cited = case.taxonomy.cited(reference, language)
        before = lines.get(reference.condition)
        named = cited if before is None else fill(texts.listed, {"law": before, "next": cited})
        lines[reference.condition] = named
    lines = {
        code: named if code else named[:1].upper() + named[1:] for code, named in lines.items()
    }
    told = [
        named
        if code is None
        else fill(
            texts.where,
            {"condition": case.taxonomy.by_condition[code].label[language], "law": named},
        )
        for code, named in lines.items()
    ]
    return "\n".join(told) or None


def locator_lines(case: Case, item: Item) -> list[str]:
    """Return the lines that point at content beside, or instead of, its address."""
    lines = []
    for name in LOCATOR:
        value = (item.locator or {}).get(name)
        if value in (None, ""):
            continue
        written = at_moment(case, value) if name == "occurred_at" else str(value)
        lines.append(fill(getattr(case.texts.locator, name), {"value": written}))
    return lines


def status(case: Case) -> str:
    """Say in what capacity we report, with who awarded the status where that is recorded."""
    basis = case.request.basis if case.category.illegal else "article_16"
    if basis != Basis.ARTICLE_22:
        may_act = basis != Basis.TAKE_IT_DOWN or case.request.fact("authorised_by_person")
        return str(getattr(case.texts.values.capacity, basis if may_act else "article_16"))
    award = case.request.award
    authority, decision = (award.authority, award.decision) if award else (None, None)
    words = {"authority": authority or "", "decision": decision or ""}
    return fill(_status_of(case.texts.status, authority, decision), words)


def opening(case: Case) -> str:
    """Say what the notice is and what it rests on."""
    return fill(getattr(case.texts.opening, case.ground), {"status": status(case)})


def asked(case: Case) -> str:
    """Say what we ask of the platform, and by when."""
    if case.purpose == Purpose.COMPLAINT:
        complaint = case.texts.complaint
        return complaint.request if case.in_dsa else complaint.request_other
    texts, category = case.texts.request, case.category.code
    if case.request.basis == Basis.TAKE_IT_DOWN:
        return sentence(texts.take_it_down, *by_when(case, is_bound=True))
    wanted = texts.categories.get(category, texts.default)
    if category not in texts.categories and _are_accounts(case):
        wanted = texts.accounts
    return sentence(wanted, *by_when(case, is_bound=False))


def answering(case: Case) -> list[str]:
    """Ask for an answer, and that neither victim nor uploader learns of us."""
    said = []
    if case.reply_expected and case.purpose != Purpose.COMPLAINT:
        said.append(case.texts.answer.dsa if case.in_dsa else case.texts.answer.other)
    if case.category.person_concerned:
        said.append(case.texts.do_not_contact)
    if case.identity.given:
        said.append(case.texts.do_not_disclose)
    return said


def asks_for_court_order(case: Case) -> bool:
    """Tell whether the form asks apart whether there is an order of a court."""
    return "court_order" in case.channel.filled_by


def _status_of(texts: Status, authority: str | None, decision: str | None) -> str:
    if authority and decision:
        return texts.full
    if authority:
        return texts.authority
    return texts.decision if decision else texts.plain


def by_when(case: Case, *, is_bound: bool) -> Iterable[str]:
    """Say by when: a threat's deadline, told as past once it is; law that binds needs no words."""
    request, texts = case.request, case.texts.when
    if (deadline := request.fact("deadline_at")) is not None:
        told = {"deadline": at_moment(case, deadline)}
        yield fill(texts.expired if case.deadline_is_past else texts.deadline, told)
    elif request.fact("urgent"):
        yield texts.urgent
    elif not is_bound:
        yield texts.default


def _are_accounts(case: Case) -> bool:
    items = case.request.items
    return bool(items) and all(item.kind in ACCOUNTS for item in items)


def _explanation(case: Case) -> str:
    match case.purpose:
        case Purpose.FIRST:
            return _what(case)
        case Purpose.REMINDER:
            return paragraphs(follow_ups.reminder(case), _what(case))
        case Purpose.COMPLAINT:
            return paragraphs(*follow_ups.complaint(case), _what(case))
        case Purpose.WITHDRAWAL:
            return paragraphs(*follow_ups.withdrawal(case))


def _what(case: Case) -> str:
    """Say what it is, in our assessment and in the caseworker's words, and when it was assessed."""
    request = case.request
    assessed = None
    if request.assessed_on is not None:
        told = {"assessed_on": on_day(case, request.assessed_on)}
        assessed = fill(case.texts.assessed, told)
    return paragraphs(sentence(*_facts(case)), case.own_explanation, assessed)


def _facts(case: Case) -> Iterable[str]:
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
    if request.police_first:
        yield texts.facts.police_first
    if request.fact("court_order") and not asks_for_court_order(case):
        yield texts.facts.court_order


def _law(case: Case) -> str:
    named = law_names(case)
    if named is not None:
        return named
    return case.texts.law.assessment if case.category.illegal else case.texts.law.rules


def _request(case: Case) -> str:
    return "\n".join([asked(case), *answering(case)])


def _good_faith(case: Case) -> str:
    statements = case.texts.good_faith
    is_take_it_down = case.request.basis == Basis.TAKE_IT_DOWN
    return statements.take_it_down if is_take_it_down else statements.default


def _mandate(case: Case) -> str | None:
    return case.texts.mandate if case.request.fact("authorised_by_person") else None


def _locator(case: Case) -> str:
    """Point at what has no address, and say where in it for what has one."""
    told = []
    for item in case.request.items:
        lines = locator_lines(case, item)
        if item.place:
            lines.append(fill(case.texts.locator.place, {"value": item.place}))
        if lines and item.url and len(case.request.items) > 1:
            lines.insert(0, item.url)
        told.append("\n".join(lines))
    return paragraphs(*told)


def _accounts(case: Case) -> str:
    named = (item.account or (item.locator or {}).get("account") for item in case.request.items)
    return "\n".join(dict.fromkeys(str(account) for account in named if account))


def _product(case: Case) -> str:
    product = case.platform.rules.products.get(case.request.product or "")
    if product is not None:
        return product.label[case.language]
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


# Each element a form field can be filled by; `statement` is put together in `body`.
WRITERS: Mapping[str, Callable[[Case], str | None]] = {
    "country": lambda case: case.texts.values.country,
    "capacity": status,
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
        case.platform.words(case.channel, case.category.code) or case.category.labels[case.language]
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
