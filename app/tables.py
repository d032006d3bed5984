"""Every table, for migrations and checks."""

from app.accounts import models as accounts
from app.imports import models as imports
from app.kit import idempotency, key_check, preferences
from app.kit.database import metadata
from app.notices import models as notices
from app.reports import models as reports
from app.takedowns import handovers
from app.takedowns import models as takedowns
from app.transparency import models as transparency

__all__ = [
    "accounts",
    "handovers",
    "idempotency",
    "imports",
    "key_check",
    "metadata",
    "notices",
    "preferences",
    "reports",
    "takedowns",
    "transparency",
]
