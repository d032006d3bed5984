"""What all template files share: frozen models, no unknown keys, texts in every language."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, StringConstraints, create_model
from typing_extensions import TypedDict

from app.kit.languages import Language

Code: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Sentence: TypeAlias = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Data(BaseModel):
    """A part of a template file; a key it does not know is a fault, never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


if TYPE_CHECKING:
    Localised: TypeAlias = Mapping[Language, str]
    InEveryLanguage = Data
else:  # with a key for each language, so that what is missing is told where it is missing
    _TEXTS = dict.fromkeys([language.value for language in Language], Sentence)
    Localised = TypedDict("Localised", _TEXTS)
    Localised.__doc__ = "One text in every language a notice can be written in."
    Localised.__pydantic_config__ = ConfigDict(extra="forbid")
    InEveryLanguage = create_model("InEveryLanguage", __base__=Data, **_TEXTS)
