"""A clock that ran ahead once or is put back hides nothing, and gives nothing its life back."""

import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest

from app.accounts import access, audit, devices, form_drafts, joining, people, sessions, signing_in
from app.accounts.audit import Wanted
from app.accounts.permissions import SCOPES, Person
from app.accounts.signing_in import NotSignedIn, TooManyTries
from app.kit.clock import SteadyClock
from app.kit.database import Database
from app.metrics import cohorts
from app.metrics.cohorts import Question
from app.parts import Context
from app.takedowns import cache, claims, inbox, queries, waits
from app.takedowns.inbox import Wanted as WantedInbox
from tests.api.asking import logged, record, submitted
from tests.callers import Caller
from tests.factories import START, Hands
from tests.staff import PASSWORD, code_of, given_factor, joined
from tests.web.asking import Visitor

AHEAD = timedelta(days=730)
HOUR = timedelta(hours=1)
LINK = "https://www.tiktok.com/@zz.fixture/video/731234567890123450{}"
HOME = "192.0.2.7"
EMAIL = "aloe@hotline.example"
KEY = {"Idempotency-Key": "once"}
SEVERITIES = {"csam_ai": 1}


# What follows a clock that ran ahead once.


@pytest.fixture
def four(call: Caller, hands: Hands) -> list[str]:
    """Four takedowns: the second was submitted while the clock ran two years ahead."""
    found = [submitted(call, urls=[LINK.format(1)])]
    hands.now += AHEAD
    found.append(submitted(call, urls=[LINK.format(2)]))
    hands.now = START + timedelta(hours=1)
    found += [submitted(call, urls=[LINK.format(number)]) for number in (3, 4)]
    return found


def test_every_number_list_and_feed_counts_what_follows(
    call: Caller, parts: Context, four: list[str]
) -> None:
    [group] = call.get("/metrics/response-times")["groups"]
    rows = call.get("/takedowns?limit=100")["data"]
    feed = call.get("/events?limit=100")["data"]
    page = Visitor.inside(parts, "manager").get("/metrics/rows?figure=takedowns&from=1990-01-01")
    inboxed = Visitor.inside(parts).get("/inbox?turn=all")

    assert group["takedowns"] == 4
    assert [row["reference"] for row in rows] == four[::-1]
    assert [event["id"] for event in feed] == list(range(1, 9))
    assert [event["reference"] for event in feed if event["kind"] == "submitted"] == four
    for reference in four:
        assert reference in page.text
        assert reference in inboxed.text


def test_the_numbers_asked_as_of_the_clock_would_miss_what_follows(
    parts: Context, four: list[str]
) -> None:
    """The null control: one of four, as it was before."""
    latest = cohorts.latest(parts.database)
    with parts.database.read() as unit:
        found = {
            moment: len(list(cohorts.members(unit, Question(parts.settings.zone), moment)))
            for moment in latest
        }

    assert found == {latest.moment: 4, latest.until: 1}


def test_the_audit_log_goes_on_by_number(parts: Context, hands: Hands, four: list[str]) -> None:
    hands.now += AHEAD
    with parts.database.write() as unit:
        audit.record(unit, "Analyst-01", "exported")
    hands.now -= AHEAD
    with parts.database.write() as unit:
        audit.record(unit, "Analyst-02", "exported")

    with parts.database.read() as unit:
        first, second, *_ = audit.page(unit, Wanted(), before=None, limit=99)
        assert list(audit.faults(unit)) == []
    assert (first.by, second.by, first.number) == ("Analyst-02", "Analyst-01", second.number + 1)
    assert first.at == second.at


@pytest.mark.parametrize("restarts", [False, True])
def test_what_comes_next_is_as_if_the_clock_had_never_run_ahead(
    call: Caller, parts: Context, hands: Hands, address: str, restarts: bool
) -> None:
    """In two years a refusal can be contested no more, and every silence is to be chased."""
    refused, silent = (
        submitted(call, urls=[LINK.format(number)], include_identity=True) for number in (1, 2)
    )
    record(call, refused, "decided", outcome="refused")
    before = steps(parts.database)
    hands.now += AHEAD
    cache.catch_up(parts.database)
    ahead = steps(parts.database)
    noted = record(call, silent, "noted", text="Seen while the clock ran ahead.")
    hands.now -= AHEAD

    database = Database(address, parts.database.vault, hands) if restarts else parts.database
    cache.catch_up(database)

    assert noted["recorded_at"] == "2028-03-01T09:00:00Z"
    assert before == {refused: ("us", "decide_next"), silent: ("platform", "wait")}
    assert ahead == {refused: ("us", "close"), silent: ("us", "chase")}
    assert steps(database) == before
    database.close()


def steps(database: Database) -> dict[str, tuple[str, str]]:
    with database.read() as unit:
        rows = unit.connection.execute(queries.under_way()).all()
    return {row.reference: (row.whose_turn, row.next_step) for row in rows}


def test_nothing_put_aside_or_claimed_meanwhile_stays_hidden(
    call: Caller, parts: Context, hands: Hands
) -> None:
    with parts.database.write() as unit:
        person = people.add(unit, EMAIL, "caseworker", by="test")
    hands.now += AHEAD
    reference = logged(call)["reference"]
    with parts.database.write() as unit:
        row = queries.by_reference(unit, reference)
        waits.put_aside(unit, row.id, person.id, hands.now + timedelta(hours=24))
        claims.assign(unit, row.id, person.id)
    hands.now -= AHEAD

    found = []
    for hours in (0, 0.3, 24):
        hands.forward(hours)
        with parts.database.read() as unit:
            counts = inbox.counts(unit, WantedInbox())
            claim = claims.of(unit, [row.id]).get(row.id)
            aside = waits.of(unit, [row.id]).get(row.id)
        ends = [
            moment and round((moment - START) / HOUR, 1)
            for moment in (claim and claim.until, aside)
        ]
        found.append((counts.us, counts.aside, ends))

    assert found == [(0, 1, [0.2, 24.0]), (0, 1, [None, 24.0]), (1, 0, [None, None])]


# What has expired.


class World:
    """A tracker with somebody at work, whose clock the test moves, and which starts anew."""

    def __init__(self, parts: Context, address: str, hands: Hands) -> None:
        self.parts, self.address, self.hands = parts, address, hands
        self.person: Person = joined(parts.database)
        with parts.database.write() as unit:
            self.token = access.add_token(unit, "case system", SCOPES)

    @property
    def database(self) -> Database:
        return self.parts.database

    def start_anew(self) -> None:
        vault = self.database.vault
        self.database.close()
        database = Database(self.address, vault, self.hands)
        settings, desk = self.parts.settings, self.parts.desk
        self.parts = Context(settings, database, self.hands, desk)

    def visitor(self, session: str = "", device: str = "") -> Visitor:
        visitor = Visitor(self.parts)
        visitor.client.cookies.update({"__Host-session": session, "__Host-device": device})
        return visitor

    def posted(self) -> str:
        call = Caller(self.visitor().client, self.token)
        return str(call.post("/intakes", INTAKE, **KEY)["takedowns"][0]["reference"])


INTAKE = {
    "case_ref": "C-1", "category": "csam", "text": LINK.format(7), "report_again": True
}  # fmt: skip


class Story(NamedTuple):
    """Something that lasts for so many hours: how it begins, and whether it lives still."""

    hours: float
    begin: Callable[[World], str]
    lives: Callable[[World, str], bool]


def a_session(world: World) -> str:
    with world.database.write() as unit:
        return sessions.begin(unit, world.person.id, is_complete=True)


def is_signed_in(world: World, session: str) -> bool:
    return bool(world.visitor(session).get("/me").status_code == 200)


def a_link(world: World) -> str:
    with world.database.write() as unit:
        return joining.invite(unit, world.person.id, by="test")


def opens(world: World, link: str) -> bool:
    return bool(world.visitor().get(f"/join/{link}").status_code == 200)


def a_device(world: World) -> str:
    with world.database.write() as unit:
        return devices.remember(unit, world.person.id, "")


def is_known(world: World, device: str) -> bool:
    with world.database.read() as unit:
        return devices.is_known(unit, EMAIL, device)


def a_draft(world: World) -> str:
    with world.database.write() as unit:
        form_drafts.keep(unit, world.person.id, "new", {"text": "typed"})
    return ""


def is_kept(world: World, _: str) -> bool:
    with world.database.read() as unit:
        return form_drafts.find(unit, world.person.id, "new") is not None


def ten_failures(world: World) -> str:
    for _ in range(10):
        with pytest.raises(NotSignedIn):
            signing_in.by_password(
                world.database, EMAIL, "not the password", HOME, second_factor_roles=()
            )
    return ""


def is_held_up(world: World, _: str) -> bool:
    """Asked with an unknown address after it, which leaves no trace on the account."""
    try:
        signing_in.by_password(
            world.database, EMAIL, PASSWORD, HOME, second_factor_roles=("caseworker",)
        )
    except TooManyTries:
        return True
    return False


STORIES = {
    "a session that nobody used": Story(0.5, a_session, is_signed_in),
    "a one-time link": Story(72, a_link, opens),
    "a known browser": Story(90 * 24, a_device, is_known),
    "what was typed": Story(30 * 24, a_draft, is_kept),
    "a limit on tries": Story(0.25, ten_failures, is_held_up),
    "a remembered answer": Story(
        7 * 24, lambda world: world.posted(), lambda world, told: world.posted() == told
    ),
}


@pytest.fixture
def world(parts: Context, address: str, hands: Hands) -> Iterator[World]:
    found = World(parts, address, hands)
    yield found
    found.database.close()


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize("back", [HOUR, AHEAD])
@pytest.mark.parametrize("story", STORIES)
def test_a_clock_put_back_gives_nothing_its_life_back(
    world: World, hands: Hands, story: str, back: timedelta, restarts: bool
) -> None:
    told = STORIES[story]
    thing = told.begin(world)
    hands.forward(told.hours - 0.1)
    assert told.lives(world, thing) is True
    hands.forward(0.6 if story.startswith("a session") else 0.1)
    assert told.lives(world, thing) is False

    hands.now -= back
    if restarts:
        world.start_anew()

    assert told.lives(world, thing) is False


@pytest.mark.parametrize("story", STORIES)
def test_judged_by_the_clock_it_would_live_again(world: World, hands: Hands, story: str) -> None:
    """The null control."""

    class TheClockItself(SteadyClock):
        def reading(self, kept: datetime | None = None) -> datetime:
            return hands.now

    told = STORIES[story]
    world.database.steady = TheClockItself(hands)
    thing = told.begin(world)
    hands.forward(told.hours)
    assert told.lives(world, thing) is False
    hands.forward(-told.hours)
    thing = world.posted() if story == "a remembered answer" else thing

    assert told.lives(world, thing) is True


@pytest.mark.parametrize("story", STORIES)
def test_what_began_while_the_clock_ran_ahead_lasts_no_longer(
    world: World, hands: Hands, story: str
) -> None:
    told = STORIES[story]
    hands.now += AHEAD
    thing = told.begin(world)
    hands.now -= AHEAD

    found = []
    for hours in (0, told.hours - 0.1, 0.6 if story.startswith("a session") else 0.1):
        hands.forward(hours)
        found.append(told.lives(world, thing))

    assert found == [True, True, False]


def test_a_clock_that_ran_ahead_keeps_nobody_out(parts: Context, hands: Hands) -> None:
    """Who signed in meanwhile, code and all, signs in again once the clock is right."""
    person = joined(parts.database)
    factor = given_factor(parts.database, person)
    hands.now += AHEAD
    signed_in(parts, code_of(parts.database, factor.secret))
    hands.now -= AHEAD
    hands.forward(0.1)

    visitor = signed_in(parts, code_of(parts.database, factor.secret))

    assert visitor.get("/me").status_code == 200
    hands.forward(0.6)
    assert visitor.at(visitor.get("/me")) == "/login?next=/me"


def signed_in(parts: Context, code: str) -> Visitor:
    visitor = Visitor(parts)
    visitor.get("/login")
    visitor.post("/login", email=EMAIL, password=PASSWORD)
    visitor.get("/login/code")
    assert visitor.at(visitor.post("/login/code", code=code)) == "/inbox"
    return visitor


# What is said of it.


def test_a_clock_behind_the_record_is_warned_about(
    call: Caller, parts: Context, hands: Hands, four: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    ready = call.client.get("/api/v1/health/ready")

    [warning] = ready.json()["warnings"]
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert warning["code"] == "clock_behind_record"
    assert "2028-03-01T09:00:00Z" in warning["detail"]
    assert "2026-03-02T10:00:00Z" in warning["detail"]
    lines = [*logged_of(caplog.get_records("setup")), *logged_of(caplog.records)]
    assert [line.getMessage() for line in lines] == [warning["detail"]]
    hands.now = START + AHEAD
    assert call.client.get("/api/v1/health/ready").json() == {"status": "ready"}


def test_a_start_with_a_clock_behind_the_record_says_so(
    parts: Context, hands: Hands, address: str, four: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.clear()
    database = Database(address, parts.database.vault, hands)

    Visitor(Context(parts.settings, database, hands, parts.desk))

    assert len(logged_of(caplog.records)) == 1
    database.close()


def logged_of(records: list[logging.LogRecord]) -> list[logging.LogRecord]:
    return [line for line in records if line.name == "app.kit.clock"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "clock says"), ("nl", "De klok van de server zegt"), ("fr", "horloge du serveur")],
)
def test_administrators_are_told_with_the_mend(
    parts: Context, hands: Hands, four: list[str], language: str, words: str
) -> None:
    visitor = Visitor.inside(parts, "admin")
    visitor.client.cookies.set("language", language)

    behind = visitor.get("/admin").text
    hands.now = START + AHEAD
    right = Visitor.inside(parts, "admin").get("/admin").text

    assert words in behind
    assert 'data-testid="clock-behind"' in behind
    assert "2028" in behind
    assert 'data-testid="clock-behind"' not in right


def test_the_pages_of_figures_say_that_they_may_change(
    parts: Context, hands: Hands, four: list[str]
) -> None:
    told: list[Any] = []
    for path in ("/metrics", "/metrics/rows?figure=open", "/platforms/tiktok"):
        told.append("these figures may change" in Visitor.inside(parts, "manager").get(path).text)

    assert told == [True] * 3
