"""The catalogue over the API: what is known of platforms and categories."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.api.dependencies import Answer
from app.api.reading import Reader
from app.kit.errors import NoSuchThing
from app.platforms.platform import Platform

router = APIRouter(tags=["Catalogue"])


@router.get("/platforms", operation_id="listPlatforms", response_model=None)
def list_platforms(call: Reader) -> Response:
    """List what the catalogue knows of every platform."""
    found = call.context.desk.catalogue.platforms.values()
    data = [_platform(platform) for platform in found]
    return Answer(200, {"data": data, "next_cursor": None}).response()


@router.get("/platforms/{slug}", operation_id="getPlatform", response_model=None)
def get_platform(slug: str, call: Reader) -> Response:
    """Read what the catalogue knows of one platform."""
    platform = call.context.desk.catalogue.platforms.get(slug)
    if platform is None:
        raise NoSuchThing("the catalogue has no such platform")
    return Answer(200, _platform(platform)).response()


@router.get("/categories", operation_id="listCategories", response_model=None)
def list_categories(call: Reader) -> Response:
    """List the categories with their DSA codes and labels in nl, fr and en."""
    data = [
        {
            "code": category.code,
            "labels": category.labels.model_dump(),
            "dsa": category.dsa.model_dump(),
            "concerns_minor": category.concerns_minor,
            "better": category.better,
            "identity_withheld": category.identity_withheld,
            "sexual_extortion": category.sexual_extortion,
            "synonyms": list(category.synonyms),
        }
        for category in call.context.desk.catalogue.categories.values()
    ]
    return Answer(200, {"data": data, "next_cursor": None}).response()


def _platform(platform: Platform) -> dict[str, Any]:
    dealings = platform.dealings.model_dump(mode="json")
    return {
        "slug": platform.slug,
        "name": platform.name,
        "provider": platform.provider,
        "hosts": [host for site in platform.rules.sites for host in (site.host, *site.aliases)],
        "kinds": sorted(
            {link.kind for site in platform.rules.sites for link in site.links if link.kind}
        ),
    } | dealings
