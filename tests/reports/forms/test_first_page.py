"""The first page says the numbers in plain sentences, in each language."""

from datetime import date
from typing import Any

import pytest

from app.kit.languages import Language
from app.notices.filling import Workspace
from app.reports.document import Document
from app.reports.forms.edition import Edition
from app.reports.forms.sections import view
from app.reports.forms.view import Prose
from app.reports.tables import TOTAL
from app.reports.vocabularies import Axis, Part, ReportedAction, ReportKind
from tests.reports.documents import document, nothing_counted

ACTIONS = dict(zip(ReportedAction, (3, 48, 1, 0, 2, 8, 0, 1, 5, 1207, 3, 0, 2), strict=True))
ONE_REFUSED = dict.fromkeys(ReportedAction, 0) | {ReportedAction.REFUSED: 1}


def with_actions(counts: dict[ReportedAction, int], *, items: int) -> Document:
    """A report whose notices as a trusted flagger ended like this; no others were sent."""
    told = nothing_counted(ReportKind.ARTICLE_22)
    total = sum(counts.values())

    def filled(table: Any) -> Any:
        if table.id == "article_22.action":
            lines = [
                (count, items if action == "refused" else 0) for action, count in counts.items()
            ]
            return table.model_copy(
                update={"rows": (*counts, TOTAL), "values": (*lines, (total, items))}
            )
        if table.id == "article_22.provider":
            line = (total, items)
            return table.model_copy(update={"rows": ("Snap B.V.", TOTAL), "values": (line, line)})
        return table

    return told.model_copy(update={"tables": tuple(map(filled, told.tables))})


def sentences(workspace: Workspace, told: Document, language: Language) -> list[str]:
    first = view(told, Edition(language, 1, workspace.catalogue)).sections[0]
    return [
        " ".join(one.split())
        for block in first.blocks
        if isinstance(block, Prose)
        for one in block.paragraphs
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            Language.EN,
            [
                "From 1 January 2026 to 31 December 2026 we sent 1,280 notices as a trusted"
                " flagger. In all, 1,500 items were named, each one exact place online. 1"
                " provider was addressed.",
                "What the providers did:",
                "For 51 notices, the provider removed all the content, or suspended or closed the"
                " account.",
                "For 3 notices, it removed part of the content, blocked it in some countries or"
                " restricted it otherwise.",
                "8 notices were refused.",
                "After 1 notice the content was gone, without a word from the provider.",
                "5 notices got no reaction, and the time we had set for them has passed.",
                "1,207 notices are still pending.",
                "5 notices say nothing of the provider: the content was already gone, a court had"
                " ordered its removal, or we withdrew the notice unanswered.",
            ],
        ),
        (
            Language.NL,
            [
                "Van 1 januari 2026 tot en met 31 december 2026 verstuurden wij 1.280"
                " kennisgevingen als betrouwbare flagger. Daarin werden samen 1.500 items genoemd,"
                " elk één exacte plaats online. Daarmee werd 1 aanbieder aangesproken.",
                "Wat de aanbieders deden:",
                "Bij 51 kennisgevingen verwijderde de aanbieder alle inhoud, of schorste of sloot"
                " hij het account.",
                "Bij 3 kennisgevingen verwijderde hij een deel van de inhoud, blokkeerde hij ze in"
                " sommige landen of beperkte hij ze op een andere manier.",
                "8 kennisgevingen werden geweigerd.",
                "Na 1 kennisgeving was de inhoud weg, zonder bericht van de aanbieder.",
                "Op 5 kennisgevingen kwam geen reactie, en de tijd die wij ervoor stelden, is"
                " verstreken.",
                "1.207 kennisgevingen zijn nog in behandeling.",
                "5 kennisgevingen zeggen niets over de aanbieder: de inhoud was al weg, er gold een"
                " gerechtelijk bevel, of wij trokken de kennisgeving zonder antwoord in.",
            ],
        ),
        (
            Language.FR,
            [
                "Du 1er janvier 2026 au 31 décembre 2026, nous avons envoyé 1 280 notifications en"
                " tant que signaleur de confiance. Au total, 1 500 éléments ont été désignés,"
                " chacun étant un emplacement exact en ligne. 1 fournisseur a été saisi.",
                "Ce que les fournisseurs ont fait :",
                "Pour 51 notifications, le fournisseur a retiré tout le contenu, ou suspendu ou"
                " fermé le compte.",
                "Pour 3 notifications, il a retiré une partie du contenu, l’a bloqué dans certains"
                " pays ou l’a restreint autrement.",
                "8 notifications ont été refusées.",
                "Après 1 notification, le contenu était hors ligne, sans réponse du fournisseur.",
                "5 notifications n’ont suscité aucune réaction, et le délai que nous avions fixé"
                " est écoulé.",
                "1 207 notifications sont encore en cours.",
                "5 notifications ne disent rien du fournisseur : le contenu était déjà hors ligne,"
                " une décision judiciaire s’appliquait, ou nous avons abandonné la demande restée"
                " sans réponse.",
            ],
        ),
    ],
)
def test_the_numbers_are_said_in_sentences(
    workspace: Workspace, language: Language, said: list[str]
) -> None:
    assert sentences(workspace, with_actions(ACTIONS, items=1500), language) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.EN, "we sent 1 notice as a trusted flagger. In all, 1 item was named: one exact"),
        (Language.NL, "verstuurden wij 1 kennisgeving als betrouwbare flagger. Daarin werd samen"),
        (Language.FR, "nous avons envoyé 1 notification en tant que signaleur de confiance. Au"),
    ],
)
def test_one_is_no_plural(workspace: Workspace, language: Language, said: str) -> None:
    first, _, *points = sentences(workspace, with_actions(ONE_REFUSED, items=1), language)

    assert said in first
    assert len(points) == 1


@pytest.mark.parametrize("kind", [one for one in ReportKind if one != ReportKind.CAMPAIGN])
def test_the_sentences_add_up_to_all_notices(workspace: Workspace, kind: ReportKind) -> None:
    told = document(kind)
    first = view(told, Edition(Language.EN, 1, workspace.catalogue)).sections[0]
    [points] = [block for block in first.blocks if isinstance(block, Prose) and block.points]

    counted = sum(
        int(next(word for word in one.split() if word[0].isdigit()).replace(",", ""))
        for one in points.paragraphs
    )

    [actions] = [
        table
        for table in told.tables
        if table.rows_by == Axis.ACTION
        and table.id in (f"{Part.ARTICLE_22}.action", "action", "action_quarter")
    ]
    column = TOTAL if TOTAL in actions.columns else "notices"
    assert counted == actions.value(TOTAL, column)


def test_without_the_status_the_page_is_about_the_other_notices(workspace: Workspace) -> None:
    told = document()
    nothing = {table.id: table for table in nothing_counted(ReportKind.ARTICLE_22).tables}
    tables = [
        nothing[table.id] if table.id.startswith("article_22.") else table for table in told.tables
    ]

    first, *_ = sentences(workspace, told.model_copy(update={"tables": tuple(tables)}), Language.EN)

    assert first.startswith("In this period we sent no notice as a trusted flagger. From 1 January")
    assert "notices on another basis" in first


def test_a_campaign_is_told_in_cases(workspace: Workspace) -> None:
    told = document(ReportKind.CAMPAIGN)
    cases = told.table("deepnude_yes.cases")

    said = sentences(workspace, told, Language.NL)

    assert said[0].endswith(
        f"{cases.value(TOTAL, TOTAL)} dossiers met door AI gemaakte naaktbeelden vastgelegd."
    )
    assert f"{cases.value(TOTAL, 'yes')} dossiers waren gelinkt aan seksuele afpersing." in said


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ReportKind.ARTICLE_22, "we sent no notice."),
        (ReportKind.HOTLINE, "we sent no notice."),
        (ReportKind.CAMPAIGN, "no case with AI-made nude images was recorded."),
    ],
)
def test_a_time_in_which_nothing_happened_is_said_to_be_one(
    workspace: Workspace, kind: ReportKind, said: str
) -> None:
    [only] = sentences(workspace, nothing_counted(kind), Language.EN)

    assert only.endswith(said)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_days_that_were_not_over_are_said_to_be_so(workspace: Workspace, kind: ReportKind) -> None:
    said = "These days were not over when this was counted: the numbers are those until then."
    midnight = "2026-12-31T23:00:00Z"  # in Brussels, where the year is over then

    running = document(kind, as_of="2026-12-31T22:59:59Z")
    assert said in sentences(workspace, running, Language.EN)
    assert said not in sentences(workspace, document(kind, as_of=midnight), Language.EN)


@pytest.mark.parametrize(
    ("language", "period", "said"),
    [
        (Language.EN, "15 March 2026", "On 15 March 2026 we sent no notice."),
        (Language.NL, "15 maart 2026", "Op 15 maart 2026 verstuurden wij geen kennisgevingen."),
        (Language.FR, "15 mars 2026", "Le 15 mars 2026, nous n’avons envoyé aucune notification."),
    ],
)
def test_a_report_of_one_day_names_it_once(
    workspace: Workspace, language: Language, period: str, said: str
) -> None:
    days = {"from_": date(2026, 3, 15), "to": date(2026, 3, 16)}
    told = nothing_counted(ReportKind.ACTIVITY).model_copy(update=days)

    shown = view(told, Edition(language, 1, workspace.catalogue))

    assert sentences(workspace, told, language) == [said]
    assert dict(shown.facts)[shown.facts[1][0]] == period
    assert f", {period}, " in shown.name
