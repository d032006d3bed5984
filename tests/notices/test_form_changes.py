from datetime import timedelta

from app.kit.database import Database
from app.notices import form_changes
from app.notices.filling import Desk
from app.notices.form_changes import FormChange
from tests.factories import START


def test_a_report_stands_until_the_catalogue_was_checked_again(
    database: Database, desk: Desk
) -> None:
    channel, other = desk.catalogue.platforms["tiktok"].channels[:2]
    old = channel.model_copy(update={"checked": START.date()})
    new = channel.model_copy(update={"checked": START.date() + timedelta(days=1)})

    with database.write() as unit:
        form_changes.report(unit, "tiktok", channel.id, by="Analyst-01")
        form_changes.report(unit, "x", other.id, by="Analyst-02")

    with database.read() as unit:
        found = form_changes.reported(unit)
    assert form_changes.of(found, "tiktok", old) == FormChange(START, "Analyst-01")
    assert form_changes.of(found, "tiktok", new) is None
    assert form_changes.of(found, "tiktok", other) is None
