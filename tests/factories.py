"""Plain functions that make what tests need."""

from datetime import UTC, datetime, timedelta

SECRET = b"a secret of thirty-two bytes ...".ljust(32, b".")[:32]
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class ManualClock:
    """A clock that stands still until the test moves it."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, hours: float) -> datetime:
        """Move on by some hours and return the new present."""
        self.now += timedelta(hours=hours)
        return self.now


# One link to each platform, as a person would paste it; all ids are invented.
EIGHT_LINKS = (
    "https://www.instagram.com/p/C7aB2cD3eF4/?igsh=abc==",
    "https://www.tiktok.com/@zz.fixture/video/7312345678901234567",
    "https://x.com/zzfixture/status/1790000000000000001",
    "https://www.facebook.com/reel/123456789012345?mibextid=abc",
    "https://youtu.be/aB3dE5fG7hE?si=xyz",
    "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view?usp=sharing",
    "https://discord.com/channels/546376974303151756/1011052216293328663/1413732588456181282",
    "https://www.snapchat.com/add/zz-fixture.sc",
)
