"""A message of eight links of four products and five sites we do not know, other ones each time."""

PRODUCTS = {
    "search": ["www.google.be/search?q=zz-{0}-a", "www.google.com/search?q=zz-{0}-b"],
    "drive": ["drive.google.com/file/d/1Zz{0:04}AaaaBbbbCcccDdddEeee/view", "forms.gle/Zz{0}"],
    "blogger": ["zz-{0}.blogspot.com/2026/01/a.html", "zz-{0}.blogspot.be/2026/02/b.html"],
    "groups": ["groups.google.com/g/zz-{0}/c/Ab{0:04}", "groups.google.com/g/zz-{0}/c/Cd{0:04}"],
}  # fmt: skip
PATHS = ["video/{0}", "v?id={0}", "{0}", "topic/{0}", "#/clip/{0}"]


def of_google(number: int) -> dict[str, list[str]]:
    """Two links of each product."""
    return {
        product: [f"https://{url.format(number)}" for url in urls]
        for product, urls in PRODUCTS.items()
    }


def of_sites(number: int) -> dict[str, str]:
    """A link on each of five sites."""
    sites = [f"{letter}.zz-{number}.example" for letter in "abcde"]
    return {
        site: f"https://{site}/{path.format(number)}"
        for site, path in zip(sites, PATHS, strict=True)
    }


def message(number: int) -> str:
    """All of them as somebody would send them, mixed."""
    google = [url for urls in of_google(number).values() for url in urls]
    return f"Dag,\n{' en '.join(google)}\n\n" + "\n".join(of_sites(number).values())


GOOGLE, SITES = of_google(1), of_sites(1)
