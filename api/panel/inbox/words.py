"""How the office speaks of messages: the city's own names of states and topics, and where an answer goes."""

from api.panel.words import CHANNELS
from bot.handoffs.handoff import ReplyTo
from bot.handoffs.states import HandoffState
from content.texts import Texts, Wording

_INTENT = "human_handoff"
WAYS: dict[ReplyTo, str] = {"none": "bez kontaktu", "here": "w tej rozmowie", "phone": "telefon", "email": "e-mail"}


class InboxWords:
    """Names for the pages of the inbox."""

    def __init__(self, texts: Texts) -> None:
        self._wording: Wording = texts[_INTENT]

    def state(self, state: HandoffState) -> str:
        """Return a state in the city's words."""
        return self._wording.say(f"state_name_{state}")

    def topic(self, topic: str) -> str:
        """Return the title of a topic; one that the city no longer offers keeps its id."""
        return self._wording.more.get(f"topic_{topic}", topic)

    def channel(self, channel: str) -> str:
        """Return the name of a channel."""
        return CHANNELS.get(channel, channel)

    def way(self, reply_to: str) -> str:
        """Return how the resident wants to be answered."""
        return next((words for way, words in WAYS.items() if way == reply_to), reply_to)
