"""Rules of ratings: one a turn, the latest counts, no personal data in it."""

from dataclasses import dataclass
from typing import Literal

from bot.message import clean_text
from bot.ratings import repository
from bot.ratings.models import MAX_COMMENT, RatingRow
from core.clock import Clock
from core.database import Database
from core.masking import mask
from core.secrets import keyed_digest

Reason = Literal["wrong", "off_topic", "unclear"]


@dataclass(frozen=True)
class Rating:
    """What a resident thinks of an answer; a reason and a comment may be given with an unhelpful one."""

    helpful: bool
    reason: Reason | None = None
    comment: str = ""


class Ratings:
    """Keeps the ratings of turns; `secret_key` is the one under which conversations are found."""

    def __init__(self, database: Database, clock: Clock, secret_key: str) -> None:
        self._database = database
        self._clock = clock
        self._secret_key = secret_key

    async def rate(self, conversation: str, intent: str, rating: Rating) -> bool:
        """Rate the newest answer of that intent in a conversation; False when there is none."""
        # Masked before it is cut, so that no half of a number stays at the end.
        comment = mask(clean_text(rating.comment))[:MAX_COMMENT] or None
        async with self._database.write() as session:
            turn_id = await repository.newest_turn(session, keyed_digest(self._secret_key, conversation), intent)
            if turn_id is None:
                return False
            row = await repository.rating_of(session, turn_id) or RatingRow(turn_id=turn_id)
            row.helpful, row.reason, row.comment, row.at = rating.helpful, rating.reason, comment, self._clock.now()
            session.add(row)
        return True
