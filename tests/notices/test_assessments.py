import pytest

from app.notices import assessments
from app.notices.filling import Workspace


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Assessed by the hotline as: Cyberstalking."),
        ("nl", "Beoordeeld door het meldpunt als: Cyberstalking."),
        ("fr", "Qualification retenue par notre service\u00a0: Traque en ligne (cyberstalking)."),
    ],
)
def test_the_usual_explanation_names_the_category(
    workspace: Workspace, language: str, text: str
) -> None:
    assert workspace.catalogue.usual_explanations["stalking", language] == text


def test_the_usual_explanation_is_told_from_own_words(workspace: Workspace) -> None:
    usual = workspace.catalogue.usual_explanations["csam", "nl"]

    assert assessments.is_usual(workspace.catalogue, f" {usual}\n")
    assert not assessments.is_usual(workspace.catalogue, f"{usual} Dringend.")
