"""Administration of people, as an administrator's browser meets it."""

import io
import re

import pytest
from openpyxl import load_workbook

from app.accounts import audit, people, second_factor
from app.accounts.audit import Wanted
from app.accounts.permissions import Person
from app.context import Context
from app.kit.database import Database
from tests.factories import ManualClock
from tests.proof.tampering import disarm
from tests.users import PASSWORD, add_second_factor, add_user
from tests.web.web_client import LINK, WebClient, error_summary

# What differs between databases is tested below the pages.
pytestmark = pytest.mark.parametrize("address", ["sqlite"], indirect=True)


@pytest.fixture
def parts(parts: Context) -> Context:
    settings = parts.settings.model_copy(update={"second_factor_roles": ()})
    return Context(settings, parts.database, parts.clock, parts.workspace)


def entered(parts: Context, name: str, role: str) -> WebClient:
    add_user(parts.database, name, role)
    visitor = WebClient(parts)
    email = f"{name.lower()}@hotline.example"
    assert visitor.at(visitor.post("/login", email=email, password=PASSWORD)) == "/inbox"
    visitor.get("/me")
    return visitor


@pytest.fixture
def admin(parts: Context) -> WebClient:
    return entered(parts, "Iris", "admin")


def known(database: Database, email: str) -> Person:
    with database.read() as unit:
        person = people.find(unit, email)
    assert person is not None
    return person


@pytest.mark.parametrize("role", ["caseworker", "manager"])
@pytest.mark.parametrize("path", ["/admin/users", "/admin/users/1", "/audit"])
def test_only_administrators_see_people_and_log(parts: Context, role: str, path: str) -> None:
    visitor = entered(parts, "Aloe", role)

    assert visitor.get(path).status_code == 403
    assert visitor.post(path.replace("/audit", "/audit/export")).status_code == 403


def test_who_is_added_joins_by_the_link_that_is_shown(parts: Context, admin: WebClient) -> None:
    answer = admin.post(
        "/admin/users", email="New@hotline.example", role="manager", name="", may_view="on"
    )

    [link] = LINK.findall(answer.text)
    person = known(parts.database, "new@hotline.example")
    assert (person.role, person.may_view) == ("manager", True)
    joining = WebClient(parts).post(link, name="Els", password=PASSWORD)
    assert joining.headers["location"] == "/inbox"
    assert known(parts.database, "new@hotline.example").name == "Els"
    assert link not in admin.get("/admin/users").text


@pytest.mark.parametrize(
    ("email", "name", "role", "said"),
    [
        ("nobody", "", "manager", "Write the e-mail address like name@example.org."),
        ("iris@hotline.example", "", "manager", "Somebody has this e-mail address already."),
        (
            "a@hotline.example",
            "IRIS",
            "manager",
            "Somebody has this display name already. Choose another one.",
        ),
        ("a@hotline.example", "", "king", "Choose a role from the list."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    admin: WebClient, email: str, name: str, role: str, said: str
) -> None:
    answer = admin.post("/admin/users", email=email, name=name, role=role)

    assert (answer.status_code, error_summary(answer)) == (422, said)
    assert f'name="email" type="email" value="{email}"' in answer.text


def test_a_role_and_a_mandate_change_at_once(parts: Context, admin: WebClient) -> None:
    visitor = entered(parts, "Aloe", "caseworker")
    person = known(parts.database, "aloe@hotline.example")

    answer = admin.post(f"/admin/users/{person.id}", act="save", role="admin", may_view="on")

    assert admin.at(answer) == f"/admin/users/{person.id}?said=changed"
    changed = known(parts.database, "aloe@hotline.example")
    assert (changed.role, changed.may_view) == ("admin", True)
    assert visitor.at(visitor.get("/inbox")) == "/login?next=/inbox"


def test_who_is_disabled_is_out_at_once_and_may_come_back(parts: Context, admin: WebClient) -> None:
    visitor = entered(parts, "Aloe", "caseworker")
    path = f"/admin/users/{known(parts.database, 'aloe@hotline.example').id}"

    out = admin.post(path, act="disable")
    refused = visitor.post("/login", email="aloe@hotline.example", password=PASSWORD)
    back = admin.post(path, act="enable")
    visitor.client.cookies.clear()
    visitor.csrf = ""
    let_in = visitor.post("/login", email="aloe@hotline.example", password=PASSWORD)

    assert [admin.at(out), admin.at(back)] == [f"{path}?said=disabled", f"{path}?said=enabled"]
    assert refused.status_code == 422
    assert visitor.at(let_in) == "/inbox"


def test_a_new_link_keeps_the_second_factor_and_removing_it_is_a_step_of_its_own(
    parts: Context, admin: WebClient
) -> None:
    person = add_user(parts.database)
    add_second_factor(parts.database, person)
    path = f"/admin/users/{person.id}"

    linked = admin.post(path, act="link")
    with parts.database.read() as unit:
        kept = second_factor.is_set(unit, person.id)
    dropped = admin.post(path, act="drop")

    assert len(LINK.findall(linked.text)) == 1
    assert kept
    assert admin.at(dropped) == f"{path}?said=dropped"
    with parts.database.read() as unit:
        assert not second_factor.is_set(unit, person.id)


def test_the_last_administrator_is_told_to_stay(parts: Context, admin: WebClient) -> None:
    path = f"/admin/users/{known(parts.database, 'iris@hotline.example').id}"

    answers = [admin.post(path, act="disable"), admin.post(path, act="save", role="manager")]

    said = "This is the last administrator. Make somebody else one first."
    assert [error_summary(answer) for answer in answers] == [said, said]


def test_an_administrator_who_steps_down_is_signed_out(parts: Context, admin: WebClient) -> None:
    add_user(parts.database, "Aloe", "admin")
    path = f"/admin/users/{known(parts.database, 'iris@hotline.example').id}"

    answer = admin.post(path, act="save", role="manager")

    assert admin.at(answer) == "/login"
    assert known(parts.database, "iris@hotline.example").role == "manager"


@pytest.mark.parametrize(
    ("path", "fields", "back"),
    [
        ("/admin/users", {"email": "a@hotline.example", "role": "admin"}, "%2Fadmin%2Fusers"),
        ("/admin/users/1", {"act": "link"}, "%2Fadmin%2Fusers%2F1"),
        ("/admin/clients", {"name": "x", "scope": "admin"}, "%2Fadmin%2Fclients"),
        ("/admin/clients/1/rotate", {}, "%2Fadmin%2Fclients"),
        ("/admin/clients/1/revoke", {}, "%2Fadmin%2Fclients"),
    ],
)
def test_changing_people_or_tokens_takes_a_fresh_proof(
    parts: Context,
    admin: WebClient,
    clock: ManualClock,
    path: str,
    fields: dict[str, str],
    back: str,
) -> None:
    with parts.database.read() as unit:
        before = audit.head(unit)
    clock.advance(0.26)
    admin.get("/me")

    answer = admin.post(path, **fields)

    assert admin.at(answer) == f"/prove?next={back}"
    with parts.database.read() as unit:
        assert audit.head(unit) == before


def test_somebody_who_is_not_there_is_not_found(admin: WebClient) -> None:
    assert admin.get("/admin/users/99").status_code == 404
    assert admin.post("/admin/users/99", act="disable").status_code == 404


def test_the_log_is_filtered_paged_and_checked(parts: Context, admin: WebClient) -> None:
    with parts.database.write() as unit:
        for number in range(120):
            audit.record(unit, "Aloe", "revealed", reference="TD-7K3M9Q", item=number)

    first = admin.get("/audit")
    [code] = re.findall(r'<option value="([0-9a-f]{12})">\s*Aloe\s*<', first.text)
    pages, address = [], f"/audit?who={code}&action=revealed&reference=td-7k3m9q"
    while address:
        page = admin.get(address)
        pages.append(re.findall(r"<code>item: (\d+)</code>", page.text))
        found = re.search(r'href="([^"]+)" rel="next"', page.text)
        address = found[1].replace("&amp;", "&") if found else ""
    checked = admin.get("/audit?check=1")

    assert [int(number) for page in pages for number in page] == list(range(119, -1, -1))
    assert [len(page) for page in pages] == [50, 50, 20]
    assert "Every entry is what was recorded, in its place." in checked.text


def test_a_filter_for_what_is_not_there_is_no_filter(admin: WebClient) -> None:
    shown = admin.get("/audit?who=nobody&action=%3Cb%3E&reference=x")

    assert shown.status_code == 200
    assert "Signed in" in shown.text
    assert "%3Cb" not in shown.text


@pytest.mark.parametrize("column", ["by", "action"])
def test_a_changed_log_is_told_to_be_so(parts: Context, admin: WebClient, column: str) -> None:
    with parts.database.write() as unit:
        disarm(unit.connection)
        unit.connection.execute(audit.audit.update().values({column: "something else"}))

    checked = admin.get("/audit?check=1&action=something+else")

    assert "The log is not what was recorded:" in checked.text
    assert re.search(r"<td[^>]*>something else</td>", checked.text)


def test_what_nobody_signed_in_did_is_told_in_the_readers_language(
    parts: Context, admin: WebClient
) -> None:
    with parts.database.write() as unit:
        audit.record(unit, audit.COMMAND_LINE, "exported", what="takedowns")
        audit.record(unit, audit.UNKNOWN, "sign_in_failed")

    admin.get("/language/nl")
    told = re.findall(r'<td data-head="Wie">\s*([^<]*?)\s*</td>', admin.get("/audit").text)

    assert told[:2] == ["onbekend", "opdrachtregel"]


def test_the_log_is_given_out_as_a_spreadsheet_and_that_is_in_it(
    parts: Context, admin: WebClient
) -> None:
    with parts.database.write() as unit:
        people.add(unit, "a@hotline.example", "caseworker", by="Iris", name="=Els")

    answer = admin.post("/audit/export", who="", action="user_added", reference="")

    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == ('attachment; filename="audit-2026-03-02.csv"')
    head, *rows = answer.text.splitlines()
    assert head == "number,at,by,action,reference,detail"
    assert rows[0].endswith('"{""may_view"":false,""role"":""caseworker"",""user"":""=Els""}"')
    with parts.database.read() as unit:
        [last] = audit.page(unit, Wanted(), before=None, limit=1)
    assert (last.by, last.action, last.detail) == ("Iris", "exported", {"what": "audit"})


def test_the_log_is_given_out_as_a_workbook_of_the_same_rows(admin: WebClient) -> None:
    told = {"who": "", "action": "", "reference": ""}
    head, *lines = admin.post("/audit/export", **told, form="csv").text.splitlines()

    answer = admin.post("/audit/export", **told, form="xlsx")

    assert answer.headers["content-disposition"] == 'attachment; filename="audit-2026-03-02.xlsx"'
    [sheet] = load_workbook(io.BytesIO(answer.content)).worksheets
    headings, exported, *rows = sheet.values
    assert headings == ("No.", "When", "Who", "What", "Request", "Detail")
    assert head == "number,at,by,action,reference,detail"
    assert exported[3] == "Exported"  # the first of the two is in the second
    assert [str(row[0]) for row in rows] == [line.split(",")[0] for line in lines]
    assert {cell.data_type for cell in sheet["B"][1:]} == {"d"}
