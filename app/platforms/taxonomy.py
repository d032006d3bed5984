"""What can be wrong with content: the categories, their DSA codes and the law behind each.

Pure: the shape and the rules of `taxonomy.yaml`.
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from pydantic import Field, StrictBool, StrictInt, model_validator

from app.kit.languages import Language
from app.platforms.schema import Code, Data, Localised, Sentence
from app.platforms.vocabularies import LawMark


class DsaCode(Data):
    """Category and keyword of the DSA Transparency Database, schema v2 (IR (EU) 2024/2835)."""

    category: str = Field(pattern=r"^STATEMENT_CATEGORY_[A-Z_]+$")
    keyword: str = Field(pattern=r"^KEYWORD_[A-Z_]+$")
    description: str | None = Field(default=None, max_length=500)

    @model_validator(mode="after")
    def _other_is_described(self) -> "DsaCode":
        if (self.keyword == "KEYWORD_OTHER") != (self.description is not None):
            raise ValueError("KEYWORD_OTHER, and only it, needs a fixed `description`")
        return self


class Condition(Data):
    """What must be true of a case for a provision: confirmed by a person, said in the notice."""

    code: Code
    label: Localised


class LegalReference(Data):
    """A provision behind a category, in force `from` that day (inclusive) `until` (exclusive).

    `mark` tells how it is known: read in the source (S), in a secondary source (2nd), or not
    read (G). With a `condition` it holds only of cases of which that was confirmed.
    """

    act: str
    provision: Localised | None = None
    from_: date | None = Field(default=None, alias="from")
    until: date | None = None
    condition: Code | None = None
    mark: LawMark
    verified: StrictBool
    checked: date
    source: Sentence

    @model_validator(mode="after")
    def _days_in_order(self) -> "LegalReference":
        if self.from_ and self.until and self.from_ >= self.until:
            raise ValueError("`until` must lie after `from`")
        return self

    @model_validator(mode="after")
    def _verified_was_read(self) -> "LegalReference":
        if self.verified and self.mark != LawMark.SOURCE:
            raise ValueError("only a provision that was read in its source (S) is `verified`")
        return self

    def in_force(self, on: date) -> bool:
        """Tell whether the provision applies on a day."""
        return (self.from_ is None or self.from_ <= on) and (self.until is None or on < self.until)


class Category(Data):
    """One kind of wrong; `code` is stored for ever."""

    code: Code
    severity: StrictInt = Field(ge=1, le=4)
    labels: Localised
    dsa: DsaCode
    concerns_minor: StrictBool | None = None
    better: Code | None = None
    identity_withheld: StrictBool = False
    sexual_extortion: StrictBool = False
    ai_generated: StrictBool = False
    when_ai: Code | None = None
    person_concerned: StrictBool = True
    illegal: StrictBool = True
    law: tuple[LegalReference, ...] = ()
    synonyms: tuple[Sentence, ...] = ()

    @model_validator(mode="after")
    def _contradiction_has_a_way_out(self) -> "Category":
        if (self.concerns_minor is None) != (self.better is None):
            raise ValueError("`concerns_minor` and `better` belong together: give both or none")
        return self

    @model_validator(mode="after")
    def _rules_need_no_law(self) -> "Category":
        if not self.illegal and (self.identity_withheld or any(one.verified for one in self.law)):
            raise ValueError("what is `illegal: false` claims no provision and no exception of law")
        return self

    @property
    def conditions(self) -> tuple[str, ...]:
        """Return the conditions its provisions name, each once."""
        found = (reference.condition for reference in self.law)
        return tuple(dict.fromkeys(code for code in found if code is not None))

    def law_on(self, day: date) -> tuple[LegalReference, ...]:
        """Return the provisions in force on a day, verified or not, in the file's order."""
        return tuple(reference for reference in self.law if reference.in_force(day))

    def claimable_on(self, day: date) -> tuple[LegalReference, ...]:
        """Return the verified provisions in force on a day, whatever their condition."""
        return tuple(reference for reference in self.law_on(day) if reference.verified)


class Discouraged(Data):
    """A term no text of ours should use, and the one to use instead."""

    term: Sentence
    use: Sentence


class Taxonomy(Data):
    """`taxonomy.yaml` as a whole."""

    reviewed: StrictBool
    checked: date
    sources: tuple[Sentence, ...] = Field(min_length=1)
    discouraged: tuple[Discouraged, ...] = ()
    acts: Mapping[str, Localised]
    conditions: tuple[Condition, ...] = ()
    categories: tuple[Category, ...] = Field(min_length=1)

    @cached_property
    def by_code(self) -> Mapping[str, Category]:
        """Return the categories by their code."""
        return {category.code: category for category in self.categories}

    @cached_property
    def by_condition(self) -> Mapping[str, Condition]:
        """Return the conditions by their code."""
        return {condition.code: condition for condition in self.conditions}

    def cited(self, reference: LegalReference, language: Language) -> str:
        """Return how a provision is named in a notice: the act, then the article."""
        act = self.acts[reference.act][language]
        if reference.provision is None:
            return act
        return f"{act}, {reference.provision[language]}"
