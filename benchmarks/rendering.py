"""G9: a notice filled in and checked, beside plain Jinja2 that only writes the same texts."""

from collections.abc import Iterator, Mapping
from datetime import date
from statistics import median

from jinja2 import Environment, StrictUndefined, Template

from app import main
from app.kit.settings import Settings
from app.notices.compose import compose
from app.notices.notice import Notice
from app.notices.request import Item, NoticeRequest
from benchmarks.measuring import Result, Size, cpu_rate, interleaved, ratio

SHARE = 0.5
URL = "https://www.instagram.com/p/C7aB2cD3eF4/"
REQUEST = NoticeRequest(
    reference="TD-7K3M9Q",
    platform="instagram",
    category="csam_ai",
    basis="article_22",
    items=(Item(1, URL, URL, "post", "C7aB2cD3eF4"),),
    written_on=date(2026, 11, 3),
    facts={"language": "en", "urgent": True},
    explanation="Assessed by a trained analyst as AI-made abuse material.",
)


def run(size: Size) -> Iterator[Result]:
    """Measure the whole of a first notice: subject, body and every field of the form."""
    settings = Settings(organisation_name="Fictional Hotline", organisation_email="n@h.example")
    workspace = main.workspace_of(settings)
    words = {
        "reference": REQUEST.reference,
        "url": URL,
        "explanation": REQUEST.explanation or "",
        "name": settings.organisation_name,
        "email": settings.organisation_email,
    }

    def fill() -> Notice:
        return compose(workspace.catalogue, REQUEST, workspace.organisation)

    templates = _templates(fill(), words)
    assert [template.render(words) for template in templates] == _texts(fill())
    found = interleaved(
        size.rounds,
        {
            "compose": lambda: cpu_rate(fill, size.seconds / 2),
            "jinja": lambda: cpu_rate(
                lambda: [template.render(words) for template in templates], size.seconds / 2
            ),
        },
    )
    share = ratio(found["compose"], found["jinja"])
    yield Result(
        "G9",
        "notices filled in and checked ÷ the same texts by plain cached Jinja2",
        f"{median(found['compose']):,.0f}/s of {median(found['jinja']):,.0f}/s of CPU",
        share,
        f"≥ {SHARE}",
        share >= SHARE,
    )


def _texts(notice: Notice) -> list[str]:
    return [notice.subject, notice.body, *(field.value for field in notice.fields if field.value)]


def _templates(notice: Notice, words: Mapping[str, str]) -> list[Template]:
    """Make templates that write the texts of a notice from the same words."""
    environment = Environment(undefined=StrictUndefined, keep_trailing_newline=True)
    made = []
    for text in _texts(notice):
        source = text
        for name, word in words.items():
            source = source.replace(word, f"{{{{ {name} }}}}")
        made.append(environment.from_string(source))
    return made
