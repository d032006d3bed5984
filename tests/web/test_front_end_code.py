"""Templates, styles and scripts can be read: what nobody sees on a page is kept in order too."""

import re
from functools import cache

import pytest

from app.web.shell import static_files
from app.web.shell.rendering import WEB

LONGEST = 120
OURS = [
    path
    for ending in ("html", "svg", "css", "js")
    for path in sorted(WEB.rglob(f"*.{ending}"))
    if not path.name.startswith("htmx")
]
SCRIPTS = {path.name: path.read_text("utf-8") for path in OURS if path.suffix == ".js"}
STYLES = {path.stem: path.read_text("utf-8") for path in OURS if path.suffix == ".css"}
IMPORT = re.compile(r'^import (?:\{ ([^}]+) \} from )?"\./([\w.]+)";$', re.M)
EXPORT = re.compile(r"^export (?:async )?(?:function|const|let) (\w+)", re.M)
STRING_OR_COMMENT = re.compile(r"/\*.*?\*/|\"[^\"]*\"", re.S)
NAMED = re.compile(r"[.#]([A-Za-z][\w-]*)")
# What `class` and `id` hold in a template, code between braces and all.
HELD = re.compile(
    r'\b(?:class|id)="((?:\{\{.*?\}\}|\{%.*?%\}|[^"{])*)"|\{% block body_class %\}([\w -]+)', re.S
)
HELD_BY_SCRIPT = re.compile(r'(?:className = |id = |classList\.toggle\()"([\w-]+)"')
# Set by htmx itself.
FROM_ELSEWHERE = {"htmx-request"}


@pytest.mark.parametrize("ending", [".html", ".svg", ".css", ".js"])
def test_no_line_is_longer_than_a_screen_is_wide(ending: str) -> None:
    found = [
        f"{path.relative_to(WEB)}:{number}"
        for path in OURS
        if path.suffix == ending
        for number, line in enumerate(path.read_text("utf-8").split("\n"), start=1)
        if len(line) > LONGEST
    ]

    assert found == []
    assert any(path.suffix == ending for path in OURS)


def test_no_link_counts_on_the_address_at_which_a_page_stands() -> None:
    """A page may also be the answer to a form, whose address takes no look."""
    found = [
        path.name
        for path in OURS
        if path.suffix == ".html" and re.search(r'(?:href|action)="\?', path.read_text("utf-8"))
    ]

    assert found == []


def test_every_script_and_component_says_first_what_it_is_for() -> None:
    scripts = [name for name, text in SCRIPTS.items() if not re.match(r"// \S.*\.\n", text)]
    styles = [name for name, text in STYLES.items() if not re.match(r"/\* \S.*\. \*/\n", text)]

    assert (scripts, styles) == ([], [])


def test_scripts_import_what_is_there_and_nothing_is_exported_for_nobody() -> None:
    exported = {(name, one) for name, text in SCRIPTS.items() for one in EXPORT.findall(text)}
    imported = {
        (source, one.strip())
        for text in SCRIPTS.values()
        for names, source in IMPORT.findall(text)
        for one in names.split(",")
        if one
    }

    assert imported == exported


def test_the_entry_leads_to_every_script() -> None:
    reached, ahead = set(), ["app.js"]
    while ahead:
        name = ahead.pop()
        reached.add(name)
        ahead += [source for _, source in IMPORT.findall(SCRIPTS[name]) if source not in reached]

    assert reached == set(SCRIPTS)


def test_every_component_is_in_the_stylesheet_once() -> None:
    files = sorted(path.stem for path in static_files.STYLES.iterdir())

    assert sorted(static_files.COMPONENTS) == files


def test_only_tokens_name_colours() -> None:
    literal = re.compile(r"#[0-9A-Fa-f]{3,8}\b(?!-)|\brgba?\(")
    found = {
        name: literal.findall(text)
        for name, text in STYLES.items()
        if name not in ("tokens", "print") and literal.search(text)
    }

    # What is behind a dialog is darkened, in light and dark alike.
    assert found == {"dialog": ["rgb(", "rgb("]}


def test_no_style_is_left_over() -> None:
    assert [one for one in selected() if not is_used(one)] == []
    assert not is_used("left-over")


def selected() -> list[str]:
    """Every class and id that a style names."""
    css = STRING_OR_COMMENT.sub("", "\n".join(STYLES.values()))
    selectors = "\n".join(re.findall(r"([^{};]*)\{", css))
    return sorted(set(NAMED.findall(selectors)))


def is_used(name: str) -> bool:
    """Tell whether a template or a script gives this class or id, whole or by its beginning."""
    beginning, dash, _ = name.rpartition("-")
    return bool({name, beginning + dash} & (given() | FROM_ELSEWHERE))


@cache
def given() -> frozenset[str]:
    """Every class and id that a template or a script gives; "series-" where a number follows."""
    markup = "\n".join(path.read_text("utf-8") for path in OURS if path.suffix in (".html", ".svg"))
    held = [one or other for one, other in HELD.findall(markup)]
    held += HELD_BY_SCRIPT.findall("\n".join(SCRIPTS.values()))
    return frozenset(re.findall(r"[A-Za-z][\w-]*", " ".join(held)))


def test_a_button_that_a_script_has_to_press_is_not_there_without_one() -> None:
    templates = [path.read_text("utf-8") for path in OURS if path.suffix == ".html"]
    buttons = [one for text in templates for one in re.findall(r'<button type="button"[^>]*', text)]
    done_by = {
        name for one in buttons for name in re.findall(r"\bdata-(?!key|name|testid)[\w-]+", one)
    }
    [left_out] = re.findall(
        r"@media \(scripting: none\) \{\n  (.*) \{ display: none; \}", STYLES["button"]
    )

    # A field's copy button; what stands in windows that a script opens.
    assert done_by - {"data-field", "data-stay", "data-close"} == set(
        re.findall(r"data-[\w-]+", left_out)
    )
    assert all("popovertarget" in one or "data-" in one for one in buttons)
