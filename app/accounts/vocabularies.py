"""The closed vocabularies of who may do what, and of what was done.

Pure.
"""

from app.kit.vocabulary import Vocabulary


class Role(Vocabulary):
    """What a user is here."""

    CASEWORKER = "caseworker"
    MANAGER = "manager"
    ADMIN = "admin"


class Scope(Vocabulary):
    """What a token may do; of a user, a right that their role holds."""

    TAKEDOWNS_READ = "takedowns:read"
    TAKEDOWNS_WRITE = "takedowns:write"
    EVENTS_WRITE = "events:write"
    CONTENT_READ = "content:read"
    METRICS_READ = "metrics:read"
    REPORTS_READ = "reports:read"
    REPORTS_WRITE = "reports:write"
    WEBHOOKS_MANAGE = "webhooks:manage"
    ADMIN = "admin"


class TokenState(Vocabulary):
    """Whether a token works."""

    IN_FORCE = "in_force"
    EXPIRED = "expired"
    REVOKED = "revoked"


class UserState(Vocabulary):
    """Whether a user may sign in; `invited` until they joined."""

    ACTIVE = "active"
    INVITED = "invited"
    DISABLED = "disabled"


class Action(Vocabulary):
    """What somebody did, as the audit log keeps it for ever: none is renamed or taken away."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    JOINED = "joined"
    LINK_MADE = "link_made"
    PASSWORD_SET = "password_set"
    SECOND_FACTOR_SET = "second_factor_set"
    SECOND_FACTOR_DROPPED = "second_factor_dropped"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed"
    USER_ADDED = "user_added"
    USER_CHANGED = "user_changed"
    USER_DISABLED = "user_disabled"
    USER_ENABLED = "user_enabled"
    TOKEN_ADDED = "token_added"
    TOKEN_ROTATED = "token_rotated"
    TOKEN_REVOKED = "token_revoked"
    CONTENT_READ = "content_read"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    REVEALED = "revealed"
    COPIED = "copied"
    OPENED = "opened"
    EXPORTED = "exported"
    DENIED = "denied"
    TAKEN_OVER = "taken_over"
    ASSIGNED = "assigned"
    RELEASED = "released"
    BASIS_RECORDED = "basis_recorded"
    STATUS_RECORDED = "status_recorded"
    ORGANISATION_CHANGED = "organisation_changed"
    TARGETS_CHANGED = "targets_changed"
    ADDRESSES_CHANGED = "addresses_changed"
    TRANSPARENCY_REPORT_KEPT = "transparency_report_kept"
    ALARM_CHANGED = "quality_alarm_changed"
    REPORT_BEGUN = "report_begun"
    REPORT_CELLS_CONFIRMED = "report_cells_confirmed"
    REPORT_FROZEN = "report_frozen"
    KEY_COPY_CONFIRMED = "key_copy_confirmed"
    IMPORT_STARTED = "import_started"
