from app.notices import coverage
from app.platforms import assembly
from tests.shipped_platforms import few, files, shipped

OTHER = "other.yaml"


def grid(name: str = OTHER, old: str = "", new: str = "") -> list[str]:
    assert old in few()[name]
    changed = {**few(), name: few()[name].replace(old, new, 1)}
    lines = coverage.lines(assembly.assemble(changed), 400)
    start = next(at for at, line in enumerate(lines) if line.startswith("platform "))
    return [" ".join(line.split()) for line in lines[start:]]


def test_every_cell_says_which_channel_a_notice_takes() -> None:
    assert grid() == [
        "platform article_22 article_16 voluntary take_it_down categories",
        "other contact_form? contact_form? contact_form? take_it_down?(en) 1-2 4-6 9-10",
        "contact_form? contact_form? contact_form? - 3 7-8 11-18",
        "snapchat dsa dsa partner?! take_it_down?!(en) 1-2 4-6 9-10",
        "dsa dsa partner?! - 3 7-8 11-18",
        "",
        "144 cells: 122 have a channel (en 122, nl 122, fr 122), 86 of them not read in its source "
        "and 25 with a confidential address; 22 are not covered. No file makes a channel verified: "
        "a person says at a notice that its form is as shown. "
        "Texts reviewed by a professional: none.",
    ]


def test_what_was_not_read_in_its_source_is_marked() -> None:
    of_dsa = "and_here_its_source"
    before, _, after = few()["snapchat.yaml"].partition("  - id: dsa\n")
    told = {"snapchat.yaml": before + "  - id: dsa\n" + after.replace("mark: read", of_dsa, 1)}
    told["snapchat.yaml"] = told["snapchat.yaml"].replace(of_dsa, "mark: second_hand")

    lines = coverage.lines(assembly.assemble({**few(), **told}), 200)

    assert [" ".join(line.split()) for line in lines if line.startswith("snapchat")] == [
        "snapchat dsa? dsa? partner?! take_it_down?!(en) 1-2 4-6 9-10"
    ]


def test_a_channel_that_reads_some_languages_only_says_so() -> None:
    lines = grid(
        OTHER, "    categories: all\n", "    categories: [hate]\n    languages: [en, nl]\n"
    )

    assert lines[1:4] == [
        "other email?! email?! email?! take_it_down?(en) 1-2 4-6 9-10",
        "email?! email?! email?! - 3 7-8 11-16 18",
        "contact_form?(en,nl) contact_form?(en,nl) contact_form?(en,nl) - 17",
    ]
    assert lines[-1].startswith("144 cells: 122 have a channel (en 122, nl 122, fr 119)")


def test_the_grid_of_all_platforms_fits_a_terminal() -> None:
    lines = coverage.lines(assembly.assemble(files()))

    start = lines.index("") + 2
    rows = lines[start : lines.index("", start)]
    assert max(map(len, lines)) <= 100
    assert [row.split()[0] for row in rows if row[0] != " "] == sorted(shipped().platforms)


def test_files_that_cannot_be_read_leave_no_grid() -> None:
    assert coverage.lines(assembly.assemble({"taxonomy.yaml": "code: ["})) == []
