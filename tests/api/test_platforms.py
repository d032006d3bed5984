from app.kit.languages import Language
from tests.api_client import ApiClient


def test_the_catalogue_tells_what_it_knows_of_a_platform(api: ApiClient) -> None:
    platforms = api.get("/platforms?limit=100")["data"]

    told = api.get("/platforms/instagram")

    assert told == next(one for one in platforms if one["slug"] == "instagram")
    assert (told["name"], told["provider"]) == ("Instagram", "Meta Platforms Ireland Limited")
    assert "www.instagram.com" in told["hosts"]
    assert {"post", "profile", "comment"} <= set(told["kinds"])
    assert {"channels", "targets", "published", "checked", "verified"} <= set(told)
    assert all(channel["fields"] for channel in told["channels"])
    assert [(one["category"], one["n"]) for one in told["published"]] == [
        (None, 1401),
        ("csam", 129),
    ]
    assert api.get("/platforms/whatsapp")["published"] == []


def test_a_platform_that_takes_one_product_a_notice_names_them(api: ApiClient) -> None:
    google, other = api.get("/platforms/google"), api.get("/platforms/other")

    found = {one["code"]: one["label"]["nl"] for one in google["products"]}
    assert (found["search"], found["drive"]) == ("Zoeken", "Drive, Docs, Foto's")
    assert (other["provider"], other["products"]) == (None, [])


def test_every_platform_and_category_comes_once_in_pages(api: ApiClient) -> None:
    for path, name in (("/platforms", "slug"), ("/categories", "code")):
        everything = [entry[name] for entry in api.get(path)["data"]]
        found, asked = list[str](), f"{path}?limit=4"

        while asked:
            page = api.get(asked)
            found += [entry[name] for entry in page["data"]]
            cursor = page["next_cursor"]
            asked = f"{path}?limit=4&cursor={cursor}" if cursor else ""

        assert found == everything == list(dict.fromkeys(found))


def test_a_category_has_its_dsa_codes_and_labels_in_three_languages(api: ApiClient) -> None:
    [csam] = [one for one in api.get("/categories")["data"] if one["code"] == "csam"]

    assert set(csam["labels"]) == {*Language}
    assert csam["dsa"]["category"] == "STATEMENT_CATEGORY_PROTECTION_OF_MINORS"
