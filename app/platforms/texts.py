"""The sentences of our notices in one language.

Pure: the shape of `texts/<language>.yaml`.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from pydantic import StrictBool

from app.kit.languages import Language
from app.platforms.dates import Dates
from app.platforms.schema import Code, Data, Sentence

Path = tuple[str, ...]


class PerBasis(Data):
    """One sentence for each reason why a platform should listen."""

    article_22: Sentence
    article_16: Sentence
    voluntary: Sentence
    take_it_down: Sentence


class PerGround(PerBasis):
    """One for each basis, and one for what concerns the platform's own rules only."""

    rules: Sentence


class Subjects(PerGround):
    """Subject lines: of a first notice by its basis, of what follows by its purpose.

    `reference` stands around every line; `urgent`, `before` and `ticket` where they apply.
    """

    reminder: Sentence
    reminders: Sentence
    complaint: Sentence
    complaint_other: Sentence
    withdrawal: Sentence
    reference: Sentence
    urgent: Sentence
    before: Sentence
    ticket: Sentence


class Counts(Data):
    """How many places a notice is about: addresses, or places where some have none."""

    url: Sentence
    urls: Sentence
    place: Sentence
    places: Sentence


class Headings(Data):
    """What stands over the parts of a notice; `why_law` where a provision is claimed."""

    where: Sentence
    what: Sentence
    why_law: Sentence
    why: Sentence
    who: Sentence


class Status(Data):
    """A trusted flagger's status, by what is recorded of its award."""

    full: Sentence
    authority: Sentence
    decision: Sentence
    plain: Sentence


class FactSentences(Data):
    """One sentence for each fact that changes what we ask."""

    ai_generated: Sentence
    ai_suspected: Sentence
    sexual_extortion: Sentence
    person_is_minor: Sentence
    police_first: Sentence
    court_order: Sentence


class When(Data):
    """By when we ask to act: by a threat's deadline, still ahead or past, at once, or soon."""

    deadline: Sentence
    expired: Sentence
    urgent: Sentence
    default: Sentence


class Law(Data):
    """How provisions are named, and what stands where none may be."""

    listed: Sentence
    where: Sentence
    assessment: Sentence
    rules: Sentence
    take_it_down: Sentence


class GoodFaith(Data):
    """The statements of DSA Article 16(2)(d) and of the TAKE IT DOWN Act."""

    default: Sentence
    take_it_down: Sentence


class Requests(GoodFaith):
    """What we ask; of whole accounts, and where a category needs other words."""

    accounts: Sentence
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
    """What reminders say: what was sent, answered and seen; one of several, and what is left."""

    sent: Sentence
    receipt: Sentence
    no_decision: Sentence
    gone: Sentence
    restricted: Sentence
    refused: Sentence
    decided: Sentence
    still_available: Sentence
    back: Sentence
    of_some: Sentence
    request: Sentence
    together: Sentence
    left: Sentence


class Complaint(Data):
    """A complaint: the decision, its ground and reason, and ours.

    Under DSA Article 20, or, by the `_other` sentences, where a notice rests on something else.
    """

    opening: Sentence
    opening_other: Sentence
    decision: Sentence
    decision_on: Sentence
    said: Sentence
    because: Sentence
    request: Sentence
    request_other: Sentence


class Withdrawal(Data):
    """Taking a notice back."""

    opening: Sentence
    reason: Sentence


class LocatorLines(Data):
    """How content without an address is pointed at."""

    account: Sentence
    message_id: Sentence
    server_id: Sentence
    channel_id: Sentence
    occurred_at: Sentence
    description: Sentence
    place: Sentence
    beside: Sentence


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
    outcomes: Mapping[Code, Sentence]
    grounds: Mapping[Code, Sentence]
    answers: Answers


class Texts(Data):
    """`texts/<language>.yaml` as a whole."""

    language: Language
    reviewed: StrictBool
    checked: date
    subject: Subjects
    counts: Counts
    headings: Headings
    status: Status
    opening: PerGround
    reference: Sentence
    ticket: Sentence
    categories: Mapping[Code, Sentence]
    assessed: Sentence
    assessed_as: Sentence
    facts: FactSentences
    when: When
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
