"""The alarm on our own notices: set by a manager, shown to managers once a share is too large."""

from typing import Any, NamedTuple

from app.accounts import audit
from app.accounts.vocabularies import Action, Scope
from app.kit import preferences
from app.kit.errors import Fault, Refused
from app.metrics import cohort_reading, own_quality
from app.metrics.own_quality import Passed, Threshold
from app.metrics.questions import AsOf, micros_of
from app.web.metrics.filter_form import Asked, Filters
from app.web.shell import forms
from app.web.shell.request_context import Visit

PREFERENCE = "quality_alarm"


class Alarm(NamedTuple):
    """What the alarm is set to, and each share that is past it with the address of its rows."""

    threshold: Threshold | None
    passed: list[tuple[Passed, str]]


QUIET = Alarm(None, [])


def of(visit: Visit) -> Alarm:
    """Return the alarm as it is now; nothing for whom it is not."""
    if not visit.may(Scope.REPORTS_READ):
        return QUIET
    with visit.read() as unit:
        threshold = threshold_of(preferences.read(unit).get(PREFERENCE))
        if threshold is None:
            return QUIET
        now = unit.clock()
        asked = Asked(visit.context.settings.zone, AsOf(now, now), Filters(), is_pinned=False)
        days = own_quality.watched(asked)
        cohort = cohort_reading.read(
            unit, asked.question(days), now, kept=visit.context.kept_cohort
        )
    found = own_quality.passed(cohort, threshold, zone=asked.zone, until=micros_of(now))
    return Alarm(
        threshold, [(one, asked.rows(one.figure, days, provider=one.provider)) for one in found]
    )


def threshold_of(kept: Any) -> Threshold | None:
    """Read what the preference was set to."""
    return None if kept is None else Threshold(kept["percent"], kept["cases"])


def set_by_form(visit: Visit) -> None:
    """Set the alarm as the form says; both fields empty take it away. Raises Refused."""
    form, faults = visit.form, list[Fault]()
    told: dict[str, int] = {}
    for name, most in (("percent", 100), ("cases", 1_000_000)):
        number = forms.whole(form.text(name).strip())
        if number is not None and 1 <= number <= most:
            told[name] = number
        elif form.given(name) or form.given("percent") or form.given("cases"):
            faults.append(Fault(f"/{name}", f"{name}_invalid", f"1 to {most}"))
    if faults:
        raise Refused("invalid_request", "some fields need a look", faults)
    with visit.write() as unit:
        preferences.write(unit, {PREFERENCE: told or None})
        audit.record(
            unit, visit.actor.name, Action.ALARM_CHANGED, reference=None, fields=sorted(told)
        )
