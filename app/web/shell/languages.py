"""The language a visitor reads: which one is theirs."""

from app.kit.languages import SOURCE, Language
from app.kit.wording import TRANSLATED

# The source comes last: whoever wants no language in particular reads Dutch, most people's here.
LANGUAGES = (*TRANSLATED, SOURCE)


def preferred(chosen: str | None, own: str | None, accepted: str) -> Language:
    """Choose a language: the one asked for here, the person's own, or one the browser accepts."""
    for language in (chosen, own, *_wanted(accepted)):
        if language in LANGUAGES:
            return Language(language)
    return LANGUAGES[0]


def _wanted(accepted: str) -> list[str]:
    """Read Accept-Language (RFC 9110 section 12.5.4), the best first; broken weights count as 0."""
    weighted = []
    for part in accepted[:200].split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            quality = 0.0
        weighted.append((-quality, name.partition("-")[0].lower()))
    return [name for quality, name in sorted(weighted, key=lambda one: one[0]) if quality < 0]
