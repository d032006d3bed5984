"""Closed vocabularies are tied to their labels, the contract and the page of codes."""

import pytest

from app.accounts.vocabularies import Action, Role, Scope, TokenState, UserState
from app.api import problem_types
from app.imports.vocabularies import AnswerWord, CellRule, ImportStage, KnownBy, RowRule
from app.kit import wording
from app.kit.languages import Language
from app.kit.vocabulary import Vocabulary
from app.metrics.vocabularies import TalkingPoint
from app.notices.vocabularies import Apart
from app.platforms.vocabularies import Hint, LawMark, Region, Writing
from app.reports.vocabularies import (
    ChannelUsed,
    Concerned,
    Deepnude,
    ReportedAction,
    ReportForm,
)
from app.schemas.vocabularies import (
    Contested,
    RestsOn,
    Standing,
    StatusState,
)
from app.takedowns.vocabularies import Arrived, InboxBand, InboxReason, Remains
from app.transparency.vocabularies import ReportColumn, ReportRule
from app.web.administration.vocabularies import FirstStep
from app.web.help.vocabularies import HelpGroup, HelpWord
from app.web.shell import error_messages, labels
from tests import vocabularies

# Never in a call or an answer.
NOT_IN_THE_CONTRACT = {
    Action, Apart, Contested, Arrived, Hint, InboxBand, InboxReason, LawMark, Region, Remains,
    RestsOn, Role, Scope, Standing, StatusState, TalkingPoint, TokenState, UserState, Writing,
    CellRule, ImportStage, KnownBy, RowRule, AnswerWord, FirstStep, HelpGroup, HelpWord,
    ChannelUsed, Concerned, Deepnude, ReportColumn, ReportForm, ReportRule, ReportedAction,
}  # fmt: skip


def test_every_code_has_its_label_and_every_label_its_code() -> None:
    found = {one: vocabularies.labels_of(one) for one in vocabularies.every()}

    assert {one for one, names in found.items() if not names} == vocabularies.UNLABELLED
    tied = {name for names in found.values() for name in names}
    assert set(vocabularies.LABELS) - tied == vocabularies.OF_PAGES


def test_the_contract_names_the_same_codes() -> None:
    lists = vocabularies.contract_lists()

    absent = {one for one in vocabularies.every() if frozenset(one) not in lists}
    assert absent == NOT_IN_THE_CONTRACT


def test_the_page_of_codes_is_that_of_the_code() -> None:
    assert vocabularies.PAGE.read_text("utf-8") == vocabularies.page()


@pytest.mark.parametrize("vocabulary", vocabularies.every(), ids=lambda one: one.__name__)
def test_an_unknown_code_raises(vocabulary: type[Vocabulary]) -> None:
    with pytest.raises(ValueError, match="no such code"):
        vocabulary("no such code")


def test_a_label_of_an_unknown_code_raises_instead_of_showing_the_code() -> None:
    words = wording.words_of(Language.NL)

    with pytest.raises(KeyError, match="no such code"):
        labels.of(words, "stage", "no such code")


def test_every_code_of_a_refusal_has_its_sentence_on_pages() -> None:
    codes = {*problem_types.fault_codes(), *vocabularies.refusals()}

    assert len(codes) > 90
    assert codes - set(error_messages.SENTENCES) == vocabularies.IN_OTHER_WORDS


@pytest.mark.parametrize("language", Language)
def test_a_language_has_all_its_texts(language: Language) -> None:
    assert vocabularies.lacking(language) == {}


def test_a_language_that_is_not_there_is_missed_at_every_tie() -> None:
    lacking = vocabularies.lacking("xx")

    assert list(lacking) == [
        "the list of languages",
        "the label of the language",
        "the contract",
        "platform_templates/texts",
        "platform_templates/replies",
        "texts in platform_templates",
        "words of the pages",
        "docs/glossary.md",
    ]
    assert lacking["texts in platform_templates"] > 100
    assert lacking["words of the pages"] > 1000


def test_a_fake_code_breaks_the_tie_of_its_labels(monkeypatch: pytest.MonkeyPatch) -> None:
    class Fake(Vocabulary):
        """Something nobody knows."""

        CODE = "code"

    assert vocabularies.labels_of(Fake) == []
    assert frozenset(Fake) not in vocabularies.contract_lists()
    monkeypatch.setitem(vocabularies.LABELS, "fake", {"code": "Code"})
    assert vocabularies.labels_of(Fake) == ["fake"]
