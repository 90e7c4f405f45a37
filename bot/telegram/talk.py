"""From what was said to the messages that answer it."""

from dataclasses import dataclass, replace

from bot.assistant import Assistant
from bot.message import IncomingMessage
from bot.telegram import wording
from bot.telegram.reading import Address, Heard
from bot.telegram.renderer import Outgoing, render
from content.answer import SHARE_LOCATION, Answer
from content.intents import all_intents

_CHANNEL = "telegram"
_HELP = "help"
_INTENT_OF = {"pomoc": _HELP, "help": _HELP, "alerty": "alerts_subscribe", "stop": "alerts_unsubscribe"}


@dataclass(frozen=True)
class Introduction:
    """What /start says before anything else: whose assistant it is, how long talk is kept, where that is explained."""

    city_genitive: str
    transcript_days: int
    public_url: str

    def text(self) -> str:
        """Return the introduction with its privacy notice."""
        said = wording.introduction(self.city_genitive, self.transcript_days)
        return f"{said}\n{wording.privacy_link(self.public_url)}" if self.public_url else said


class Talk:
    """Composes answers with the assistant; sends nothing."""

    def __init__(self, assistant: Assistant, introduction: Introduction) -> None:
        self._assistant = assistant
        self._introduction = introduction

    async def compose(self, heard: Heard) -> list[Outgoing]:
        """Return the messages that answer what was said."""
        if heard.command is not None:
            return await self._obey(heard.address, heard.command, heard.argument)
        if heard.refusal is not None:
            return await self._with_topics(heard.address, heard.refusal)
        if heard.button == SHARE_LOCATION:
            return await self._ask_location(heard.address)
        message = _message(heard.address, text=heard.text, button=heard.button)
        answers = await self._answers(replace(message, position=heard.position))
        if heard.note:
            answers[0] = replace(answers[0], text=f"{heard.note}\n{answers[0].text}")
        return [outgoing for answer in answers for outgoing in render(answer)]

    async def _obey(self, address: Address, command: str, argument: str) -> list[Outgoing]:
        """Answer a command; a link that starts the bot may carry an intent, which is answered at once."""
        if command == "start":
            asked = argument if argument in all_intents() else _HELP
            answers = await self._answers(_message(address, button=asked))
            said = (Answer(self._introduction.text()), *answers)
        elif command in _INTENT_OF:
            said = tuple(await self._answers(_message(address, button=_INTENT_OF[command])))
        else:
            return await self._with_topics(address, wording.UNKNOWN_COMMAND)
        return [outgoing for answer in said for outgoing in render(answer)]

    async def _with_topics(self, address: Address, sentence: str) -> list[Outgoing]:
        """Return a sentence with the buttons of the topics below."""
        answers = await self._answers(_message(address, button=_HELP))
        return render(Answer(sentence, buttons=answers[-1].buttons))

    async def _ask_location(self, address: Address) -> list[Outgoing]:
        """Say how to share a location; the assistant hears of it, so that it knows what the location is for."""
        await self._answers(_message(address, button=SHARE_LOCATION))
        if address.is_private:
            return [Outgoing(wording.SHARE_WITH_KEY, asks_location=True)]
        return [Outgoing(wording.SHARE_BY_HAND)]

    async def _answers(self, message: IncomingMessage) -> list[Answer]:
        reply = await self._assistant.reply(message, None)
        return list(reply.answers)


def _message(address: Address, text: str | None = None, button: str | None = None) -> IncomingMessage:
    return IncomingMessage(_CHANNEL, text=text, button=button, sender=f"{_CHANNEL}:{address.chat_id}")
