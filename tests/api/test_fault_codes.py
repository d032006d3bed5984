"""Faults have codes of our own, each told in the contract; those of a library never leak."""

import re
from pathlib import Path
from typing import get_args

from pydantic_core.core_schema import ErrorType
from starlette.testclient import TestClient

from app.api import application, problem_types
from app.platforms.vocabularies import Unreadable
from app.schemas import faults

ROOT = Path(__file__).resolve().parents[2]
# Codes of pages that no call reaches: they tell people, in their own words.
ONLY_PAGES = ("flagger_status.py", "snoozes.py", "form_changes.py")
GIVEN = re.compile(
    r'''\bFault\(\s*(?:f?"[^"]*"|[\w()\[\]{}./ ]+),\s*"([a-z_0-9]+)"'''
    r'''|CustomError\(\s*"([a-z_0-9]+)"'''
)


def test_every_finding_of_pydantic_has_a_code_of_ours() -> None:
    codes = {faults.code_of({"type": kind}) for kind in get_args(ErrorType)}

    assert codes - set(problem_types.FAULTS) == set()


def test_every_fault_the_code_can_find_is_told_in_the_contract() -> None:
    folders = ("kit", "takedowns", "notices", "operations", "schemas", "api", "http")
    files = [path for one in folders for path in (ROOT / "app" / one).rglob("*.py")]
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in files if path.name not in ONLY_PAGES
    )
    given = {first or second for first, second in GIVEN.findall(code)}

    assert len(given) > 20
    assert sorted(given - set(problem_types.fault_codes())) == []


def test_every_reason_a_link_is_not_recognised_for_is_told_too() -> None:
    assert {*Unreadable} - set(problem_types.FAULTS) == set()


def test_the_page_of_an_invalid_request_explains_each_code() -> None:
    page = TestClient(application.build()).get("/problems/invalid-request").text

    for code in problem_types.fault_codes():
        assert f"<code>{code}</code>" in page
