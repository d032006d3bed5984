"""Reports that are worked on: begun, and changed by several people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, insert, select, update

from app.accounts import audit
from app.accounts.vocabularies import Action
from app.kit import canonical
from app.kit.database import Unit, rows_as
from app.kit.errors import Fault, NoSuchThing, Refused, Stale
from app.kit.languages import Language
from app.metrics.periods import Period
from app.metrics.questions import EVER
from app.reports.models import reports
from app.reports.report import Change, Confirmed, HandFigures, Report, Texts
from app.reports.vocabularies import WITH_TEXTS, HandFigure, Heading, ReportKind

ALL_LANGUAGES = tuple(Language)

_BY_ID = select(reports).where(reports.c.id == bindparam("report"))


@dataclass(frozen=True, kw_only=True)
class _Row:
    """A report as its row keeps it."""

    id: int
    kind: ReportKind
    from_day: str
    to_day: str
    languages: tuple[str, ...]
    texts: str
    figures: str
    confirmed: str
    confirmed_by: str | None
    confirmed_at: datetime | None
    version: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    changed_by: str


def begin(
    unit: Unit,
    kind: ReportKind,
    period: Period,
    *,
    by: str,
    languages: tuple[Language, ...] = ALL_LANGUAGES,
) -> Report:
    """Begin a report of a span of local days, with the texts of the last one of its kind.

    Raises Refused where the days run backwards or are open.
    """
    first, last = period
    if first is None or last is None or first >= last:
        mend = "give a first day, and a later day that no longer belongs to it"
        raise Refused("invalid_request", mend, [Fault("/to", "ends_too_early", mend)])
    last_one = latest_before(unit, kind, first)
    texts = last_one.texts if last_one else {}
    now = unit.clock()
    values = {
        "kind": kind,
        "from_day": first.isoformat(),
        "to_day": last.isoformat(),
        "languages": languages,
        "texts": _json(texts),
        "figures": _json({}),
        "confirmed": "[]",
        "version": 1,
        "created_at": now,
        "created_by": by,
        "changed_at": now,
        "changed_by": by,
    }
    key = unit.connection.execute(insert(reports).values(values)).inserted_primary_key
    assert key  # noqa: S101 - an insert has one
    audit.record(unit, by, Action.REPORT_BEGUN, report=key[0], kind=kind)
    return report(unit, key[0])


def change(unit: Unit, report_id: int, wanted: Change, *, by: str, version: int) -> Report:
    """Change texts, figures or languages; raises Stale where somebody else did so meanwhile.

    Raises Refused for texts of a kind that has none: nobody would look at them before the freeze.
    """
    before = _of_version(unit, report_id, version)
    if wanted.texts and before.kind not in WITH_TEXTS:
        mend = "a report of this kind holds no texts: leave them out"
        raise Refused("invalid_request", mend, [Fault("/texts", "unknown", mend)])
    values: dict[str, object] = {}
    if wanted.texts is not None:
        texts = {heading: dict(said) for heading, said in before.texts.items()}
        for heading, said in wanted.texts.items():
            texts.setdefault(heading, {}).update({one: text.strip() for one, text in said.items()})
        values["texts"] = _json(texts)
    if wanted.figures is not None:
        values["figures"] = _json({**before.figures, **wanted.figures})
    if wanted.languages is not None:
        values["languages"] = wanted.languages
    _write(unit, before, values, by=by)
    return report(unit, report_id)


def confirm(unit: Unit, report_id: int, cells: Confirmed, *, by: str, version: int) -> Report:
    """Keep that a person looked at these cells of one, in one act: nobody is recognisable."""
    before = _of_version(unit, report_id, version)
    confirmed = canonical.text([[*place, digest] for place, digest in sorted(cells.items())])
    values = {"confirmed": confirmed, "confirmed_by": by, "confirmed_at": unit.clock()}
    _write(unit, before, values, by=by)
    audit.record(unit, by, Action.REPORT_CELLS_CONFIRMED, report=report_id, cells=len(cells))
    return report(unit, report_id)


def report(unit: Unit, report_id: int) -> Report:
    """Return a report; raises NoSuchThing."""
    found = rows_as(_Row, unit.connection.execute(_BY_ID, {"report": report_id}))
    if not found:
        raise NoSuchThing("there is no report of this number")
    return _report(found[0])


def every(unit: Unit, within: Period = EVER) -> list[Report]:
    """Return the reports that lie within some days, the newest days first."""
    query = select(reports).order_by(reports.c.from_day.desc(), reports.c.id.desc())
    if within.from_day:
        query = query.where(reports.c.from_day >= within.from_day.isoformat())
    if within.to_day:
        query = query.where(reports.c.to_day <= within.to_day.isoformat())
    return [_report(row) for row in rows_as(_Row, unit.connection.execute(query))]


def latest_before(unit: Unit, kind: ReportKind, day: date) -> Report | None:
    """Return the last report of a kind that begins before a day."""
    return next(
        (one for one in every(unit) if one.kind == kind and one.from_day < day),
        None,
    )


def touch(unit: Unit, report: Report, *, by: str) -> None:
    """Count the freeze of a report as a change of it."""
    _write(unit, report, {}, by=by)


def refuse_stale(unit: Unit, before: Report, version: int) -> None:
    """Raise Stale where a report is no longer what somebody read, or was shown."""
    if _of_version(unit, before.id, version).version != before.version:
        raise Stale("the report was changed meanwhile")


def _of_version(unit: Unit, report_id: int, version: int) -> Report:
    found = report(unit, report_id)
    if found.version != version:
        raise Stale("the report was changed meanwhile")
    return found


def _write(unit: Unit, before: Report, values: Mapping[str, object], *, by: str) -> None:
    changed = {"version": before.version + 1, "changed_at": unit.clock(), "changed_by": by}
    unit.connection.execute(
        update(reports).where(reports.c.id == before.id).values({**values, **changed})
    )


def _report(row: _Row) -> Report:
    texts = {
        Heading(heading): {Language(one): str(text) for one, text in said.items()}
        for heading, said in json.loads(row.texts).items()
    }
    return Report(
        id=row.id,
        kind=row.kind,
        from_day=date.fromisoformat(row.from_day),
        to_day=date.fromisoformat(row.to_day),
        languages=tuple(map(Language, row.languages)),
        texts=texts,
        figures={HandFigure(name): count for name, count in json.loads(row.figures).items()},
        confirmed=_confirmed(row.confirmed),
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
        version=row.version,
        created_at=row.created_at,
        created_by=row.created_by,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )


def _confirmed(kept: str) -> Confirmed:
    """Read the cells that were looked at; of older ones nobody kept which requests stood there."""
    found = {}
    for table, line, column, *digest in json.loads(kept):
        found[table, line, column] = "".join(digest)
    return found


def _json(value: Mapping[str, object] | Texts | HandFigures) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
