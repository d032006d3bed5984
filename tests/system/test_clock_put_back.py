"""A clock that is put back, or back from two years ahead, gives nothing its life back."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from app.accounts import access, devices, form_drafts, joining, sessions, signing_in
from app.accounts.permissions import SCOPES, Person
from app.accounts.signing_in import NotSignedIn, TooManyTries
from app.context import Context
from app.kit.clock import SteadyClock
from app.kit.database import Database
from tests.api_client import ApiClient
from tests.factories import ManualClock
from tests.users import PASSWORD, add_second_factor, add_user, totp_code
from tests.web.web_client import WebClient

AHEAD = timedelta(days=730)
HOUR = timedelta(hours=1)
LINK = "https://www.tiktok.com/@zz.fixture/video/731234567890123450{}"
HOME = "192.0.2.7"
EMAIL = "aloe@hotline.example"
KEY = {"Idempotency-Key": "once"}


class World:
    """A tracker with somebody at work, whose clock the test moves, and which starts anew."""

    def __init__(self, parts: Context, address: str, clock: ManualClock) -> None:
        self.parts, self.address, self.clock = parts, address, clock
        self.person: Person = add_user(parts.database)
        with parts.database.write() as unit:
            self.token = access.add_token(unit, "case system", SCOPES)

    @property
    def database(self) -> Database:
        return self.parts.database

    def start_anew(self) -> None:
        vault = self.database.vault
        self.database.close()
        database = Database(self.address, vault, self.clock)
        settings, workspace = self.parts.settings, self.parts.workspace
        self.parts = Context(settings, database, self.clock, workspace)

    def visitor(self, session: str = "", device: str = "") -> WebClient:
        visitor = WebClient(self.parts)
        visitor.client.cookies.update({"__Host-session": session, "__Host-device": device})
        return visitor

    def posted(self) -> str:
        api = ApiClient(self.visitor().client, self.token)
        return str(api.post("/intakes", INTAKE, **KEY)["takedowns"][0]["reference"])


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
        form_drafts.keep(unit, world.person.id, "new", values={"text": "typed"})
    return ""


def is_kept(world: World, _: str) -> bool:
    with world.database.read() as unit:
        return form_drafts.find(unit, world.person.id, "new") is not None


def ten_failures(world: World) -> str:
    for _ in range(10):
        with pytest.raises(NotSignedIn):
            signing_in.by_password(
                world.database,
                EMAIL,
                "not the password",
                network_address=HOME,
                second_factor_roles=(),
            )
    return ""


def is_held_up(world: World, _: str) -> bool:
    """Asked with an unknown address after it, which leaves no trace on the account."""
    try:
        signing_in.by_password(
            world.database,
            EMAIL,
            PASSWORD,
            network_address=HOME,
            second_factor_roles=("caseworker",),
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
def world(parts: Context, address: str, clock: ManualClock) -> Iterator[World]:
    found = World(parts, address, clock)
    yield found
    found.database.close()


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize("back", [HOUR, AHEAD])
@pytest.mark.parametrize("story", STORIES)
def test_a_clock_put_back_gives_nothing_its_life_back(
    world: World, clock: ManualClock, story: str, back: timedelta, restarts: bool
) -> None:
    told = STORIES[story]
    thing = told.begin(world)
    clock.advance(told.hours - 0.1)
    assert told.lives(world, thing) is True
    clock.advance(0.6 if story.startswith("a session") else 0.1)
    assert told.lives(world, thing) is False

    clock.now -= back
    if restarts:
        world.start_anew()

    assert told.lives(world, thing) is False


@pytest.mark.parametrize("story", STORIES)
def test_judged_by_the_clock_it_would_live_again(
    world: World, clock: ManualClock, story: str
) -> None:
    """The null control."""

    class TheClockItself(SteadyClock):
        def reading(self, kept: datetime | None = None) -> datetime:
            return clock.now

    told = STORIES[story]
    world.database.steady = TheClockItself(clock)
    thing = told.begin(world)
    clock.advance(told.hours)
    assert told.lives(world, thing) is False
    clock.advance(-told.hours)
    thing = world.posted() if story == "a remembered answer" else thing

    assert told.lives(world, thing) is True


@pytest.mark.parametrize("story", STORIES)
def test_what_began_while_the_clock_ran_ahead_lasts_no_longer(
    world: World, clock: ManualClock, story: str
) -> None:
    told = STORIES[story]
    clock.now += AHEAD
    thing = told.begin(world)
    clock.now -= AHEAD

    found = []
    for hours in (0, told.hours - 0.1, 0.6 if story.startswith("a session") else 0.1):
        clock.advance(hours)
        found.append(told.lives(world, thing))

    assert found == [True, True, False]


def test_a_clock_that_ran_ahead_keeps_nobody_out(parts: Context, clock: ManualClock) -> None:
    """Who signed in meanwhile, code and all, signs in again once the clock is right."""
    person = add_user(parts.database)
    factor = add_second_factor(parts.database, person)
    clock.now += AHEAD
    signed_in(parts, totp_code(parts.database, factor.secret))
    clock.now -= AHEAD
    clock.advance(0.1)

    visitor = signed_in(parts, totp_code(parts.database, factor.secret))

    assert visitor.get("/me").status_code == 200
    clock.advance(0.6)
    assert visitor.at(visitor.get("/me")) == "/login?next=/me"


def signed_in(parts: Context, code: str) -> WebClient:
    visitor = WebClient(parts)
    visitor.get("/login")
    visitor.post("/login", email=EMAIL, password=PASSWORD)
    visitor.get("/login/code")
    assert visitor.at(visitor.post("/login/code", code=code)) == "/inbox"
    return visitor
