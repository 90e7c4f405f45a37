"""A conversation in a test: what is said, and what comes back, always in the same talk."""

from dataclasses import dataclass

from bot.assistant import Assistant, Reply
from bot.message import IncomingMessage

SECRET = "secret-" * 6


@dataclass
class Talk:
    """One conversation with an assistant; with a `sender` it is that sender's own."""

    assistant: Assistant
    sender: str | None = None
    conversation: str | None = None

    async def say(self, text: str) -> Reply:
        """Write a text."""
        return await self._send(IncomingMessage("web", text=text, sender=self.sender))

    async def press(self, payload: str) -> Reply:
        """Press a button."""
        return await self._send(IncomingMessage("web", button=payload, sender=self.sender))

    async def served(self, text: str) -> tuple[str, set[str]]:
        """Write a text; return the intent that was served and the ids of its entities."""
        reply = await self.say(text)
        assert reply.step.decision in {"answered", "handoff"}, (text, reply.step)
        return reply.step.intent, {entity.id for entity in reply.entities}

    async def _send(self, message: IncomingMessage) -> Reply:
        reply = await self.assistant.reply(message, self.conversation)
        self.conversation = reply.conversation
        return reply


def titles(reply: Reply) -> list[str]:
    """Return the titles of the buttons below an answer."""
    return [button.title for button in reply.answers[0].buttons]


def payloads(reply: Reply) -> list[str]:
    """Return the payloads of the buttons below an answer."""
    return [button.payload for button in reply.answers[0].buttons]
