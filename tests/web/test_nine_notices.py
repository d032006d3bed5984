"""Five sites we do not know and eight links of four products in one message: nine notices.

Each names only its own: no notice holds two products of a platform that takes one, or two sites.
"""

OF_GOOGLE = {
    "search": ["www.google.be/search?q=zz-{0}-a", "www.google.com/search?q=zz-{0}-b"],
    "drive": ["drive.google.com/file/d/1Zz{0}AaaaBbbbCcccDdddEeee11/view", "photos.app.goo.gl/Zz{0}bbbb"],
    "blogger": ["zz-{0}.blogspot.com/2026/01/a.html", "zz-{0}.blogspot.be/2026/02/b.html"],
    "groups": ["groups.google.com/g/zz-{0}/c/AbCdEfGhIjK", "groups.google.com/g/zz-{0}/c/LmNoPqRsTuV"],
}  # fmt: skip
SITES = [f"zz-{letter}-{{0}}.example" for letter in "abcde"]
