"""What docs/people.md says of rights and limits is what the code does."""

import re
from datetime import timedelta

from app.accounts import (
    devices,
    form_drafts,
    joining,
    passwords,
    second_factor,
    sessions,
    signing_in,
)
from app.accounts.permissions import RIGHTS, ROLES, SCOPES
from app.http import admission, bodies, connection_limits, deadlines
from app.kit.settings import ROOT
from app.web.shell import unsent_forms

PAGE = (ROOT / "docs" / "people.md").read_text("utf-8")


def rows(section: str) -> list[list[str]]:
    table = PAGE.split(f"## {section}\n")[1].split("\n\n")[0].splitlines()
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table]


def test_the_table_of_rights_is_the_one_in_force() -> None:
    head, _, *lines = rows("Who may do what")

    assert head == ["right", *ROLES]
    assert {line[0]: line[1:] for line in lines} == {
        scope: ["yes" if scope in RIGHTS[role] else "no" for role in ROLES] for scope in SCOPES
    }


def test_the_limits_are_those_in_force() -> None:
    _, _, *lines = rows("Limits")
    minute, hour = timedelta(minutes=1), timedelta(hours=1)

    assert [re.sub(r"\D+", " ", line[-1]).strip() for line in lines] == [
        f"{passwords.MIN_LENGTH} {passwords.MAX_LENGTH}",
        str(signing_in.MOST_IN_WINDOW),
        str(signing_in.MOST_FROM_NETWORK),
        str(signing_in.MOST_IN_A_ROW),
        str(devices.KNOWN.days),
        str(joining.LIFE // hour),
        str(sessions.IDLE // minute),
        str(sessions.LONGEST // hour),
        str(sessions.PROVED // minute),
        str(second_factor.RECOVERY_CODES),
        str(form_drafts.LIFE.days),
        str(unsent_forms.LIFE // minute),
    ]
    assert timedelta(minutes=15) == signing_in.WINDOW


def test_what_a_stranger_may_hold_is_what_the_page_tells() -> None:
    _, _, *lines = rows("Strangers")
    limits, kib, mib = connection_limits.Limits(), 1024, 1024 * 1024

    assert [re.sub(r"[^\d·,]+", " ", line[-1]).strip() for line in lines] == [
        f"{limits.connections:,}",
        f"{limits.head_seconds}",
        f"{bodies.BODY_SECONDS}",
        f"{limits.answer_seconds}",
        f"{admission.MAX_FIELDS} · {admission.MAX_HEADER // kib} · {admission.MAX_HEADERS // kib}",
        f"{deadlines.MAX_PIPELINED}",
        f"{bodies.MAX_STRANGERS_BODY // kib}",
        f"{bodies.MAX_LARGE_BODY // mib} · {bodies.MAX_BODY // kib}",
        f"{limits.bytes_held // mib}",
    ]
    assert f"all descriptors but {connection_limits.SPARE_DESCRIPTORS}," in PAGE
