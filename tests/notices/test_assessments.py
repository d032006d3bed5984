import pytest

from app.notices import assessments
from app.notices.filling import Desk
from app.platforms.schema import Language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Assessed by the hotline as: Cyberstalking."),
        ("nl", "Beoordeeld door het meldpunt als: Cyberstalking."),
        ("fr", "Qualification retenue par notre service\u00a0: Traque en ligne (cyberstalking)."),
    ],
)
def test_the_usual_explanation_names_the_category(
    desk: Desk, language: Language, text: str
) -> None:
    assert assessments.usual(desk.catalogue, "stalking", language) == text


def test_the_usual_explanation_is_told_from_own_words(desk: Desk) -> None:
    usual = assessments.usual(desk.catalogue, "csam", "nl")

    assert assessments.is_usual(desk.catalogue, f" {usual}\n")
    assert not assessments.is_usual(desk.catalogue, f"{usual} Dringend.")
