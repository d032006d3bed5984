"""Only in the demo: a message to paste, with links of every sort."""

from sqlalchemy import func, select

from app.kit.database import Unit
from app.schemas.vocabularies import Turn
from app.takedowns import queries
from app.takedowns.models import takedowns

# Five links on three platforms, as people write them, new each time; then a short link nobody may
# open.
NEW = """\
Hello, this is what was reported to us today:

1. hxxps://instagram[.]demo[.]invalid/p/CsampleA{n}A/?igsh=c2FtcGxl
2. https://instagram.demo.invalid/fictional.sample/reel/CsampleA{n}B/
3. (https://tiktok.demo.invalid/@fictional.sample/video/73123456789{n:08}?is_from_webapp=1)
4. the account tiktok.demo.invalid/@fictional.sample{n}
5. <https://x.demo.invalid/fictional_sample/status/17900000000{n:08}?s=20>
6. https://bit.ly/3sample1
"""


def text(unit: Unit) -> str:
    """Return the message; one more link in it is already reported and waits for its platform."""
    waiting = select(takedowns).where(takedowns.c.whose_turn == Turn.PLATFORM)
    rows = queries.rows(unit, waiting.order_by(takedowns.c.id.desc()).limit(1))
    count = unit.connection.scalar(select(func.count()).select_from(takedowns)) or 0
    new = NEW.format(n=count)
    if not rows:
        return new
    [[first, *_]] = queries.items_of(unit, rows).values()
    return f"{new}7. {first.url}\n"
