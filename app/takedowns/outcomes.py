"""What the outcomes that a platform tells amount to: removal, restriction, or neither.

Pure: docs/definitions.md sections 3 and 4.
"""

from app.schemas.vocabularies import Outcome

REMOVALS = frozenset(
    {Outcome.REMOVED, Outcome.DISABLED, Outcome.ACCOUNT_SUSPENDED, Outcome.ACCOUNT_TERMINATED}
)
CLAIMS = REMOVALS | {Outcome.ALREADY_GONE}
RESTRICTIONS = frozenset(
    {
        Outcome.GEO_RESTRICTED,
        Outcome.AGE_RESTRICTED,
        Outcome.DEMOTED,
        Outcome.LABELLED,
        Outcome.INTERACTION_RESTRICTED,
    }
)
SHORT_OF_REMOVAL = RESTRICTIONS | {Outcome.REFUSED}
NO_ACTION = frozenset({Outcome.REFUSED, Outcome.ALREADY_GONE, Outcome.OTHER})
