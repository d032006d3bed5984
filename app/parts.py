"""The parts of a running application, which both faces stand on."""

from dataclasses import dataclass, field

from app.kit import idempotency
from app.kit.clock import Clock
from app.kit.database import Database
from app.kit.settings import Settings
from app.notices.filling import Desk


@dataclass
class Context:
    """Settings, database, clock, and the desk, which changes when an administrator changes it."""

    settings: Settings
    database: Database
    clock: Clock
    desk: Desk
    in_flight: idempotency.InFlight = field(default_factory=idempotency.InFlight)
