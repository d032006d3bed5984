"""The reports of the fictional hotline: one frozen, and one that is worked on."""

from collections.abc import Mapping
from datetime import date

from app.kit.database import Database
from app.kit.languages import Language
from app.metrics import cohort_reading
from app.metrics.periods import Period
from app.notices.filling import Workspace
from app.reports import checks, drafts, freezing, making
from app.reports.report import Change
from app.reports.vocabularies import HandFigure, Heading, ReportKind

HALF_YEAR = Period(date(2026, 1, 1), date(2026, 7, 1))
QUARTER = Period(date(2026, 7, 1), date(2026, 10, 1))
BY = "Analyst-03"
FIGURES = {
    HandFigure.REPORTS_RECEIVED: 1204,
    HandFigure.JUDGED_ILLEGAL: 311,
    HandFigure.PASSED_TO_POLICE: 187,
}
# What it reports in; a language that is added is none of them until its texts stand below.
LANGUAGES = (Language.EN, Language.NL, Language.FR)
# In these languages; nothing of it is about a real hotline.
_TEXTS: Mapping[Heading, tuple[str, str, str]] = {
    Heading.GOVERNANCE: (
        "A board without ties to any platform governs the fictional hotline.",
        "Een raad van bestuur zonder banden met platformen leidt het fictieve meldpunt.",
        "Un conseil d’administration sans lien avec les plateformes dirige la ligne fictive.",
    ),
    Heading.FUNDING: (
        "Public funds pay 70%, gifts 30%. No platform pays anything.",
        "De overheid betaalt 70%, giften 30%. Geen platform betaalt mee.",
        "Les pouvoirs publics financent 70 %, les dons 30 %. Aucune plateforme ne participe.",
    ),
    Heading.CONFLICTS_OF_INTEREST: (
        "Who worked for a platform assesses nothing of it for two years.",
        "Wie voor een platform werkte, beoordeelt er twee jaar lang niets van.",
        "Qui a travaillé pour une plateforme n’en évalue rien pendant deux ans.",
    ),
    Heading.SECOND_PERSON_CHECK: (
        "A second analyst looks at every notice before it goes out.",
        "Een tweede analist bekijkt elke kennisgeving voor ze vertrekt.",
        "Une seconde analyste relit chaque notification avant son envoi.",
    ),
    Heading.TRAINING: (
        "Analysts are trained for four days, and for two more each year.",
        "Analisten volgen vier dagen opleiding en elk jaar twee dagen bijscholing.",
        "Les analystes suivent quatre jours de formation, puis deux jours par an.",
    ),
    Heading.COMPLAINTS_ABOUT_US: (
        "One complaint about us came in. It was unfounded.",
        "Er kwam één klacht over ons. Ze was ongegrond.",
        "Nous avons reçu une plainte à notre sujet. Elle n’était pas fondée.",
    ),
    Heading.RESOURCES: (
        "Three analysts and a manager, three full-time jobs together.",
        "Drie analisten en een leidinggevende, samen drie voltijdse banen.",
        "Trois analystes et une responsable, soit trois équivalents temps plein.",
    ),
    Heading.PROCEDURES: (
        "Every report is assessed within a working day. What is illegal goes to the platform and to"
        " the police.",
        "Elke melding wordt binnen een werkdag beoordeeld. Wat strafbaar is, gaat naar het platform"
        " en naar de politie.",
        "Chaque signalement est évalué dans un délai d’un jour ouvrable. Ce qui est illégal va à la"
        " plateforme et à la police.",
    ),
}


def fill(database: Database, workspace: Workspace) -> None:
    """Freeze the report of the half-year that is over, and begin that of the quarter after it."""
    with database.write() as unit:
        report = drafts.begin(unit, ReportKind.ARTICLE_22, HALF_YEAR, by=BY, languages=LANGUAGES)
        wanted = Change(texts=_texts(), figures=FIGURES)
        report = drafts.change(unit, report.id, wanted, by=BY, version=report.version)
    as_of = cohort_reading.latest(database)
    with database.write() as unit:
        cells = checks.cells_of_one(making.make(unit, workspace, report, as_of=as_of))
        report = drafts.confirm(unit, report.id, cells, by=BY, version=report.version)
    freezing.freeze(database, workspace, report.id, by=BY, version=report.version)
    with database.write() as unit:
        drafts.begin(unit, ReportKind.ARTICLE_22, QUARTER, by=BY, languages=LANGUAGES)


def _texts() -> dict[Heading, dict[Language, str]]:
    return {heading: dict(zip(LANGUAGES, said, strict=True)) for heading, said in _TEXTS.items()}
