"""The shapes of what the catalogue knows, for the contract and its tests."""

from pydantic import BaseModel

from app.api.shapes import Page
from app.platforms.channels import ChannelSections
from app.platforms.schema import Localised
from app.platforms.taxonomy import DsaCode
from app.platforms.vocabularies import ContentKind


class Product(BaseModel):
    """One product of a platform that takes one a notice."""

    code: str
    label: Localised


class Platform(ChannelSections):
    """What the catalogue knows of a platform; `checked` is the day it was last looked at.

    `provider` is null where each request says who it is: of any other website.
    """

    slug: str
    name: str
    provider: str | None
    hosts: list[str]
    kinds: list[ContentKind]
    products: list[Product]


class ConfirmedCondition(BaseModel):
    """What must hold of a case before a provision is claimed, confirmed in `conditions`."""

    code: str
    label: Localised


class Category(BaseModel):
    """What may be wrong with content; `better` is the category for the other age.

    `illegal` false: a matter of a platform's own rules, never notified as illegal content.
    """

    code: str
    labels: Localised
    dsa: DsaCode
    concerns_minor: bool | None
    better: str | None
    identity_withheld: bool
    sexual_extortion: bool
    illegal: bool
    conditions: list[ConfirmedCondition]
    synonyms: list[str]


class PlatformPage(Page[Platform]):
    """A page of platforms."""


class CategoryPage(Page[Category]):
    """A page of categories."""
