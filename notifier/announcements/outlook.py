"""What an announcement would mean if it went out now, while it is still being written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.clock import Clock
from core.database import Database
from core.sms_text import to_gsm
from core.staff.actor import Actor
from core.staff.permissions import Permission
from notifier.announcements.content import CHANNELS, Content
from notifier.announcements.errors import AnnouncementError
from notifier.announcements.publishing import audience_of
from notifier.announcements.repository import is_published
from notifier.announcements.rules import House, checked
from notifier.announcements.texts import filled
from notifier.audience.preview import Draft, Preview, Previews
from notifier.audience.reach import Reach, reach
from notifier.channels.way_out import way_out
from notifier.pricing import SmsCost


@dataclass(frozen=True)
class Outlook:
    """Title and texts as they come to residents on each channel, who gets them, and what is wrong with the content.

    `sms` counts both spellings also where nobody gets an SMS yet.
    """

    title: str
    texts: Mapping[str, str]
    preview: Preview
    sms: SmsCost | None
    refused: Sequence[AnnouncementError]

    @property
    def sms_text(self) -> str:
        """Return the SMS as it goes out, title included; empty when none goes out."""
        return to_gsm(f"{self.title}\n{self.texts['sms']}") if self.sms else ""


class Outlooks:
    """Looks at content that need not be complete; nothing is written."""

    def __init__(self, database: Database, clock: Clock, house: House, previews: Previews) -> None:
        self._database = database
        self._clock = clock
        self._house = house
        self._previews = previews

    async def of(self, actor: Actor, content: Content) -> Outlook:
        """Return what the content would mean now."""
        actor.require(Permission.READ_ANNOUNCEMENTS)
        now = self._clock.now()
        ready, refused = checked(content, self._house, now)
        title = _shown(ready.title, ready)
        texts = {name: _shown(ready.text_for(name), ready) for name in CHANNELS if ready.goes_to(name)}
        draft = Draft({name: f"{title}\n{text}" for name, text in texts.items()})
        seen = Preview.of_nobody()
        async with self._database.read() as session:
            if ready.corrects is None or await is_published(session, ready.corrects):
                seen = await self._previews.preview(session, await audience_of(session, ready), draft, now)
        sms = self._previews.sms_cost(draft.texts["sms"], seen.recipients.get("sms", 0)) if "sms" in texts else None
        sent = {name: text + way_out(name, draft.texts[name]) for name, text in texts.items()}
        return Outlook(title, sent, seen, sms, refused)

    async def reach(self, actor: Actor, topic: str) -> Reach:
        """Return how many a topic reaches now, by channel and by district."""
        actor.require(Permission.READ_ANNOUNCEMENTS)
        async with self._database.read() as session:
            return await reach(session, topic, self._clock.now())


def _shown(text: str, content: Content) -> str:
    """Return a text with its {braces} filled in; one that names what is not known stays as it was typed."""
    try:
        return filled(text, content.event)
    except KeyError:
        return text
