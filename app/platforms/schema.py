"""What all template files share: frozen models, no unknown keys, texts in three languages."""

from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, StringConstraints

Language: TypeAlias = Literal["en", "nl", "fr"]
Code: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Sentence: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

LANGUAGES: tuple[Language, ...] = get_args(Language)


class Data(BaseModel):
    """A part of a template file; a key it does not know is a fault, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Localised(Data):
    """One text in every language a notice can be written in."""

    en: Sentence
    nl: Sentence
    fr: Sentence

    def to(self, language: Language) -> str:
        """Return the text in one language."""
        match language:
            case "en":
                return self.en
            case "nl":
                return self.nl
            case "fr":
                return self.fr
