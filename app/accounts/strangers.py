"""Failed tries for accounts that nobody has: one entry of the audit log for all of a window.

The first is written down at once; what fails in the quarter of an hour after it is summed up in
the next entry, with the first failure or the next sign-in after that.
"""

from collections.abc import Callable, Collection
from datetime import timedelta

from sqlalchemy import distinct, func, select

from app.accounts import audit
from app.accounts.models import attempts
from app.accounts.vocabularies import Action
from app.kit import preferences, steady_clock
from app.kit.database import Unit

WINDOW = timedelta(minutes=15)
_NAME = "tries of strangers told"


def sum_up(unit: Unit, accounts_of_people: Callable[[Unit], Collection[bytes]]) -> None:
    """Write down what failed since the entry before, unless that one is of the same window."""
    now = steady_clock.now(unit)
    told = preferences.moment(unit, _NAME)
    if told is not None and now < told + WINDOW:
        return
    query = select(
        func.count().label("tries"),
        func.count(distinct(attempts.c.account)).label("accounts"),
        func.count(distinct(attempts.c.address)).label("networks"),
    ).where(attempts.c.account.not_in(accounts_of_people(unit)))
    if told is not None:
        query = query.where(attempts.c.failed_at > told)
    counted = unit.connection.execute(query).one()
    if counted.tries:
        summed = counted._asdict()
        audit.record(unit, audit.UNKNOWN, Action.SIGN_IN_FAILED, step="password", **summed)
        preferences.keep_moment(unit, _NAME, now)
