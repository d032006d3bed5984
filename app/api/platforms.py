"""The catalogue over the API: what is known of platforms and categories."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from app.api import lists
from app.api.catalogue_shapes import CategoryPage, Platform, PlatformPage
from app.api.contract import documented
from app.api.dependencies import Answer
from app.api.parameters import PageQuery, Slug
from app.api.reading import Reader
from app.kit.errors import NoSuchThing
from app.platforms.platform import Platform as Known

router = APIRouter(tags=["Catalogue"])


@router.get(
    "/platforms", **documented("listPlatforms", PlatformPage, "bad_cursor", headers=["Link"])
)
def list_platforms(call: Reader, query: Annotated[PageQuery, Query()]) -> Response:
    """List what the catalogue knows of every platform."""
    found = call.workspace.catalogue.platforms.values()
    return lists.whole(call, [_platform(platform) for platform in found], query)


@router.get("/platforms/{slug}", **documented("getPlatform", Platform, "not_found"))
def get_platform(slug: Slug, call: Reader) -> Response:
    """Read what the catalogue knows of one platform."""
    platform = call.workspace.catalogue.platforms.get(slug)
    if platform is None:
        raise NoSuchThing("the catalogue has no such platform")
    return Answer(200, _platform(platform)).response()


@router.get(
    "/categories", **documented("listCategories", CategoryPage, "bad_cursor", headers=["Link"])
)
def list_categories(call: Reader, query: Annotated[PageQuery, Query()]) -> Response:
    """List the categories with their DSA codes and labels in nl, fr and en."""
    known = call.workspace.catalogue.taxonomy.by_condition
    data = [
        {
            "code": category.code,
            "labels": category.labels,
            "dsa": category.dsa.model_dump(),
            "concerns_minor": category.concerns_minor,
            "better": category.better,
            "identity_withheld": category.identity_withheld,
            "sexual_extortion": category.sexual_extortion,
            "illegal": category.illegal,
            "conditions": [known[code].model_dump() for code in category.conditions],
            "synonyms": list(category.synonyms),
        }
        for category in call.workspace.catalogue.categories.values()
    ]
    return lists.whole(call, data, query)


def _platform(platform: Known) -> dict[str, object]:
    dealings = platform.dealings.model_dump(mode="json")
    return {
        "slug": platform.slug,
        "name": platform.name,
        "provider": platform.provider,
        "hosts": list(platform.rules.hosts()),
        "kinds": sorted(platform.rules.kinds()),
        "products": [
            {"code": code, "label": product.label}
            for code, product in platform.rules.products.items()
        ],
    } | dealings
