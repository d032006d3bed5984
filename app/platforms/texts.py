"""The sentences of our notices in one language.

Pure: the shape of `texts/<language>.yaml`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, StrictBool

from app.platforms.placeholders import fill
from app.platforms.schema import Code, Data, Language, Sentence

Path = tuple[str, ...]


class PerBasis(Data):
    """One sentence for each reason why a platform should listen."""

    article_22: Sentence
    article_16: Sentence
    voluntary: Sentence
    take_it_down: Sentence


class Subjects(PerBasis):
    """Subject lines: of a first notice by its basis, of what follows by its purpose."""

    reminder: Sentence
    complaint: Sentence
    withdrawal: Sentence


class Why(Data):
    """What comes before the reason: where law is at stake, and where only the rules are."""

    law: Sentence
    rules: Sentence


class FactSentences(Data):
    """One sentence for each fact that changes what we ask."""

    ai_generated: Sentence
    ai_suspected: Sentence
    sexual_extortion: Sentence
    person_is_minor: Sentence
    urgent: Sentence
    deadline: Sentence


class Law(Data):
    """How law is named; `take_it_down` is a name, the others are sentences."""

    named: Sentence
    listed: Sentence
    article_16: Sentence
    rules: Sentence
    take_it_down: Sentence


class GoodFaith(Data):
    """The statements of DSA Article 16(2)(d) and of the TAKE IT DOWN Act."""

    default: Sentence
    take_it_down: Sentence


class Requests(GoodFaith):
    """What we ask, where a category needs other words than the usual ones."""

    categories: Mapping[Code, Sentence] = {}


class IdentitySentences(Data):
    """Who sends the notice, or why it does not say so (DSA Article 16(2)(c))."""

    given: Sentence
    withheld: Sentence


class Answer(Data):
    """The request for an answer, with and without the DSA behind it."""

    dsa: Sentence
    other: Sentence


class Reminder(Data):
    """What a reminder says before it names the content again."""

    no_decision: Sentence
    after_decision: Sentence
    still_available: Sentence
    request: Sentence


class Complaint(Data):
    """A complaint under DSA Article 20."""

    opening: Sentence
    request: Sentence


class Withdrawal(Data):
    """Taking a notice back."""

    opening: Sentence
    where: Sentence
    reason: Sentence


class Dates(Data):
    """How a language writes a day and a moment in words."""

    months: Annotated[tuple[Sentence, ...], Field(min_length=12, max_length=12)]
    first: Sentence
    day: Sentence
    moment: Sentence

    def on(self, day: date) -> str:
        """Write a day, such as 3 November 2026."""
        number = self.first if day.day == 1 else str(day.day)
        month = self.months[day.month - 1]
        return fill(self.day, {"day": number, "month": month, "year": str(day.year)})

    def at(self, moment: datetime, zone: ZoneInfo) -> str:
        """Write a moment in a zone, naming the zone."""
        local = moment.astimezone(zone)
        clock = {"hour": f"{local:%H}", "minute": f"{local:%M}", "zone": zone.key}
        return fill(self.moment, {"date": self.on(local.date()), **clock})


class LocatorLines(Data):
    """How content without an address is pointed at."""

    account: Sentence
    message_id: Sentence
    server_id: Sentence
    channel_id: Sentence
    occurred_at: Sentence
    description: Sentence


class Answers(Data):
    """What a question that is answered by yes or no is answered."""

    yes: Sentence
    no: Sentence

    def of(self, holds: object) -> str:
        """Return the answer; what is not known to hold is no."""
        return self.yes if holds else self.no


class Values(Data):
    """Fixed values of form fields."""

    country: Sentence
    person: Sentence
    capacity: PerBasis
    kinds: Mapping[Code, Sentence]
    answers: Answers


class Texts(Data):
    """`texts/<language>.yaml` as a whole."""

    language: Language
    reviewed: StrictBool
    checked: date
    subject: Subjects
    opening: PerBasis
    reference: Sentence
    police_first: Sentence
    court_order: Sentence
    where: Sentence
    why: Why
    categories: Mapping[Code, Sentence]
    assessed: Sentence
    facts: FactSentences
    law: Law
    own_rules: Sentence
    request: Requests
    good_faith: GoodFaith
    mandate: Sentence
    identity: IdentitySentences
    answer: Answer
    do_not_contact: Sentence
    do_not_disclose: Sentence
    reminder: Reminder
    complaint: Complaint
    withdrawal: Withdrawal
    dates: Dates
    locator: LocatorLines
    fields: Mapping[Code, Sentence]
    values: Values

    def sentences(self) -> Iterator[tuple[Path, str]]:
        """Give every text with its path, in the file's order."""
        yield from _leaves(self.model_dump(exclude={"language", "reviewed", "checked"}), ())


def _leaves(node: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(node, tuple):
        for number, value in enumerate(node):
            yield from _leaves(value, (*path, str(number)))
    elif isinstance(node, str):
        yield path, node
