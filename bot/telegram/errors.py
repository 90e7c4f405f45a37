"""What can become of a call to Telegram."""

from datetime import datetime

from core.errors import HubError


class ThrottledError(HubError):
    """Telegram asked to send nothing until `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("Telegram asks to wait")
        self.until = until


class MovedError(HubError):
    """The group has become another chat, `chat_id`."""

    def __init__(self, chat_id: int) -> None:
        super().__init__("the group has moved")
        self.chat_id = chat_id


class ChatGoneError(HubError):
    """The resident blocked the bot, or the chat is no more."""


class UnreachableError(HubError):
    """Telegram did not answer, or not in its own words; another try may go through."""


class RejectedError(HubError):
    """Telegram will not take this message, however often it is sent."""
