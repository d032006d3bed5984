"""Which versions of a template went out."""

from datetime import timedelta

from sqlalchemy import update

from app.context import Context
from app.notices import versions
from app.notices.models import notices
from app.notices.versions import Version
from tests.api_client import ApiClient
from tests.factories import START, ManualClock


def test_each_version_has_its_first_and_last_notice_the_newest_first(
    api: ApiClient, parts: Context, clock: ManualClock
) -> None:
    for number in range(3):
        url = f"https://www.facebook.com/reel/12345678901234{number}"
        body = {"case_ref": "C-1", "category": "csam", "urls": [url], "explanation": "Assessed."}
        reference = api.post("/takedowns", body)["reference"]
        api.post(f"/takedowns/{reference}/submission", {"how": "form", "no_ticket": True})
        if number == 0:
            with parts.database.write() as unit:
                unit.connection.execute(update(notices).values(template_version="old"))
        clock.advance(24)

    with parts.database.read() as unit:
        [template_id] = set(
            unit.connection.scalars(notices.select().with_only_columns(notices.c.template_id))
        )
        found = versions.of_template(unit, template_id)
        nothing = versions.of_template(unit, "nobody/knows/en/first")

    day = timedelta(hours=24)
    now = parts.workspace.catalogue.version("facebook", "en")
    assert found == [
        Version(now, 2, START + day, START + 2 * day),
        Version("old", 1, START, START),
    ]
    assert nothing == []
