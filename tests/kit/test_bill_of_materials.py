"""The bill of materials names every package that is locked, and nothing else."""

import json
import re
import subprocess
import sys
import tomllib
from typing import Any

import pytest

from app.kit import bill_of_materials
from app.kit.settings import ROOT
from app.kit.version import VERSION

LOCK = (ROOT / "requirements.lock").read_text("utf-8")


@pytest.fixture(scope="module")
def bill() -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "app.kit.bill_of_materials"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_it_names_every_locked_package_with_its_version(bill: Any) -> None:
    locked = [tuple(line.split()[0].split("==")) for line in LOCK.splitlines() if "==" in line[:60]]

    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    assert [(one["name"], one["version"]) for one in bill["components"]] == locked
    assert bill["metadata"]["component"]["version"] == VERSION


def test_everything_is_there_because_something_needs_it(bill: Any) -> None:
    needs = {one["ref"]: one["dependsOn"] for one in bill["dependencies"]}
    [ours] = [ref for ref in needs if ref.startswith("pkg:pypi/takedown-tracker@")]
    reached, left = set[str](), [ours]
    while left:
        reached.add(ref := left.pop())
        left += [other for other in needs[ref] if other not in reached]

    assert reached == {ours} | {one["bom-ref"] for one in bill["components"]}


def test_the_lock_holds_what_the_project_names(bill: Any) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = sorted(
        re.split(r"[^A-Za-z0-9-]", one)[0].replace(".", "-") for one in project["dependencies"]
    )
    [ours] = [one for one in bill["dependencies"] if "takedown-tracker" in one["ref"]]
    needed = sorted({ref.removeprefix("pkg:pypi/").split("@")[0] for ref in ours["dependsOn"]})

    assert needed == named


def test_it_says_nothing_of_a_machine_or_a_registrys_host(bill: Any) -> None:
    assert "://" not in json.dumps(bill)
    assert bill_of_materials.document(LOCK) == bill


@pytest.mark.parametrize("unused", ["watchfiles", "websockets"])
def test_parts_of_the_server_that_are_not_used_are_not_installed(bill: Any, unused: str) -> None:
    assert unused not in [one["name"] for one in bill["components"]]
