"""Whose data are meant: a sender that the channel proves, or else only one conversation."""

from dataclasses import dataclass, field

from bot.message import IncomingMessage


@dataclass(frozen=True)
class Person:
    """A person as far as the product knows them; `sender` is None where nobody signs in, such as on a page."""

    conversation: str = field(repr=False)
    sender: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, message: IncomingMessage) -> "Person":
        """Return who wrote a message; the assistant has named its conversation by then."""
        if message.conversation is None:
            error = "a message without a conversation belongs to nobody"
            raise ValueError(error)
        return cls(message.conversation, message.sender)

    @property
    def address(self) -> tuple[str, str]:
        """Return channel and address of a sender ("sms:+48…"), both empty where there is none."""
        channel, _, address = (self.sender or "").partition(":")
        return channel, address

    @property
    def owner(self) -> str:
        """Return the name under which things of this person are found again; it stays secret."""
        return self.sender or f"conversation:{self.conversation}"
