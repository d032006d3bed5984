"""Pages from templates: one environment a language, everything escaped, nothing looked up late."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    select_autoescape,
)
from jinja2.bccache import Bucket

from app.kit import wording
from app.kit.languages import Language
from app.platforms.catalogue import Catalogue
from app.schemas.facts import FACTS
from app.takedowns import platform_names
from app.web.shell import (
    fact_inputs,
    flash_messages,
    formatting,
    labels,
    languages,
    masking,
    menu,
    static_files,
)
from app.web.shell.phrases import Phrases

WEB = Path(__file__).parents[1]


class Compiled(BytecodeCache):
    """Templates compiled once a process and language, however often the application is built."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled of this source; without it the template is compiled."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._code[bucket.key] = bucket.bytecode_to_string()


# One each: a filter of a constant is worked out where it is compiled, in that language.
_COMPILED = {language: Compiled() for language in languages.LANGUAGES}


class Pages:
    """Every template, in every language."""

    def __init__(self, catalogue: Catalogue, zone: ZoneInfo, *, is_demo: bool = False) -> None:
        self._environments = {
            language: self._speaking(language, catalogue, zone, is_demo=is_demo)
            for language in languages.LANGUAGES
        }

    def render(self, template: str, language: Language, **values: Any) -> str:
        """Fill in a template."""
        return self._environments[language].get_template(template).render(values)

    def _speaking(
        self, language: Language, catalogue: Catalogue, zone: ZoneInfo, *, is_demo: bool
    ) -> Environment:
        words, locale = wording.words_of(language), wording.LOCALES[language]
        platform_name = partial(platform_names.of_slug, words, catalogue)
        environment = Environment(
            loader=PrefixLoader(_rooms()),
            autoescape=select_autoescape(default=True),
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_COMPILED[language],
        )
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            words.gettext, words.ngettext, newstyle=True, pgettext=words.pgettext
        )
        environment.globals.update(
            static=static_files.address,
            is_demo=is_demo,
            language=language,
            languages=languages.LANGUAGES,
            menu=menu,
            codes=labels.CODES,
            flash_message=lambda code: flash_messages.sentence(words, code),
            flash_marks=lambda text: ",".join(flash_messages.marks(text)),
            phrases=Phrases(words, locale, zone),
            label=(label := _labels(words, language, catalogue)),
            options=lambda kind, only=None: [
                (code, label(kind, code)) for code in only or labels.CODES[kind]
            ],
            asked_with=fact_inputs.by_name,
            facts_in_order=tuple(FACTS),
            required_facts=fact_inputs.REQUIRED,
            platform_name=platform_name,
            product_name=partial(catalogue.product_name, language=language),
            channel_name=partial(catalogue.channel_name, language=language),
        )
        environment.filters.update(
            _filters(locale, zone),
            platform_name=platform_name,
            named=partial(platform_names.named, words),
            told_apart=masking.told_apart,
        )
        return environment


def _rooms() -> Mapping[str, FileSystemLoader]:
    """Return where the templates of each menu entry lie: `inbox/list.html` with the inbox's."""
    return {
        folder.parent.name: FileSystemLoader(folder) for folder in sorted(WEB.glob("*/templates"))
    }


def _labels(
    words: wording.Words, language: Language, catalogue: Catalogue
) -> Callable[[str, str | bool | None], str]:
    @cache
    def label(kind: str, code: str | bool | None) -> str:
        if kind == "category":
            return catalogue.category_name(str(code), language)
        if kind == "condition":
            condition = catalogue.taxonomy.by_condition.get(str(code))
            return condition.label[language] if condition else str(code)
        return labels.of(words, kind, code)

    return label


def _filters(locale: Any, zone: ZoneInfo) -> Mapping[str, Callable[..., Any]]:
    def moment(value: datetime | None) -> Any:
        return "–" if value is None else formatting.moment(value, locale, zone)

    def day(value: date | None) -> Any:
        return "–" if value is None else formatting.day(value, locale, zone)

    def month(key: str, *, short: bool = False) -> str:
        return formatting.month(key, locale, short=short)

    def number(value: float | None, digits: int = 0) -> str:
        return "–" if value is None else formatting.number(value, locale, digits)

    def percent(value: float | None) -> str:
        return "–" if value is None else formatting.percent(value, locale)

    def hours(value: float | None) -> str:
        return "–" if value is None else formatting.hours(value, locale)

    def local(value: datetime | str | None) -> str:
        return formatting.for_field(value, zone)

    def clock_time(value: datetime) -> Any:
        return formatting.clock_time(value, locale, zone)

    return {
        "country": partial(formatting.country, locale=locale),
        "moment": moment, "day": day, "month": month, "number": number, "percent": percent,
        "hours": hours, "local": local, "clock_time": clock_time,
        "twice": partial(formatting.ways_of_field, zone=zone),
        "offset": partial(formatting.offset_of_field, zone=zone),
    }  # fmt: skip
