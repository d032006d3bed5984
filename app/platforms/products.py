"""Which product of a platform a link is of, where a notice takes one product only.

Pure: the shape of the section, and a link's product by its canonical address.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, TypeAlias

from pydantic import Field, StringConstraints

from app.platforms.schema import Code, Data, Localised

# A host, `*` for any part of it, and where it matters the first segments of the path.
Place: TypeAlias = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9*-]+(\.[a-z0-9*-]+)+(/[A-Za-z0-9_.~-]+)*$")
]


class Product(Data):
    """One product: what it is called, and where its content is."""

    label: Localised
    at: tuple[Place, ...] = Field(min_length=1)

    @cached_property
    def is_at(self) -> re.Pattern[str]:
        """The expression of every canonical address of the product."""
        return re.compile(f"https://(?:{'|'.join(map(_expression, self.at))})(?![^/?#])")


Products: TypeAlias = Mapping[Code, Product]


def product_of(products: Products, canonical_url: str) -> str | None:
    """Return the first product that an address is of; None where that cannot be told."""
    return next((code for code, one in products.items() if one.is_at.match(canonical_url)), None)


def _expression(place: str) -> str:
    host, slash, path = place.partition("/")
    return re.escape(host).replace(r"\*", "[a-z0-9.-]+") + re.escape(slash + path)
