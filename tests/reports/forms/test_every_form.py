from itertools import product

import pytest

from app.kit.languages import Language
from app.notices.filling import Workspace
from app.reports.forms import RENDERERS
from app.reports.forms.edition import Edition
from app.reports.vocabularies import ReportForm, ReportKind
from tests.reports.documents import document, nothing_counted

EVERY = list(product(RENDERERS, ReportKind, Language))


@pytest.mark.parametrize(("form", "kind", "language"), EVERY)
def test_a_form_made_again_is_the_same_bytes(
    workspace: Workspace, form: ReportForm, kind: ReportKind, language: Language
) -> None:
    edition = Edition(language, 1, workspace.catalogue)

    assert RENDERERS[form](document(kind), edition) == RENDERERS[form](document(kind), edition)


@pytest.mark.parametrize(("form", "kind"), list(product(RENDERERS, ReportKind)))
def test_a_report_in_which_nothing_was_counted_has_every_form(
    workspace: Workspace, form: ReportForm, kind: ReportKind
) -> None:
    edition = Edition(Language.NL, 1, workspace.catalogue)

    assert RENDERERS[form](nothing_counted(kind), edition)
