"""Plain functions that make what tests need."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Hands:
    """A clock whose hands the test moves; it never moves by itself."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, hours: float) -> datetime:
        """Move on by some hours and return the new present."""
        self.now += timedelta(hours=hours)
        return self.now
