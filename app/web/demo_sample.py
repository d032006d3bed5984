"""Only in the demo: a message to paste, with links of every sort."""

from sqlalchemy import select

from app.kit.database import Unit
from app.takedowns import queries
from app.takedowns.models import takedowns

# Five new links on three platforms, as people write them; then a short link nobody may open.
NEW = """\
Hello, this is what was reported to us today:

1. hxxps://instagram[.]demo[.]invalid/p/CsampleAA01/?igsh=c2FtcGxl
2. https://instagram.demo.invalid/fictional.sample/reel/CsampleAA02/
3. (https://tiktok.demo.invalid/@fictional.sample/video/7312345678901234507?is_from_webapp=1)
4. the account tiktok.demo.invalid/@fictional.sample99
5. <https://x.demo.invalid/fictional_sample/status/1790000000000000055?s=20>
6. https://bit.ly/3sample1
"""


def text(unit: Unit) -> str:
    """Return the message; one more link in it is already reported and waits for its platform."""
    row = unit.connection.execute(
        select(takedowns)
        .where(takedowns.c.whose_turn == "platform")
        .order_by(takedowns.c.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return NEW
    [[first, *_]] = queries.items_of(unit, [row]).values()
    return f"{NEW}7. {first.url}\n"
