"""From what was said to the messages that answer it."""

import asyncio
from dataclasses import dataclass, replace

from bot.assistant import Assistant
from bot.flows.commands import CANCEL
from bot.message import IncomingMessage
from bot.telegram.commands import CHAT_ID, HELP, START, linked, meant_by
from bot.telegram.departures import Departures
from bot.telegram.outgoing import Outgoing
from bot.telegram.reading import Address, Heard
from bot.telegram.renderer import render
from content.answer import SHARE_LOCATION, Answer, Chart
from content.charts import png
from content.format import after_days
from content.places import PlaceResolver
from content.question import from_payload
from content.texts import Texts, intent_button
from core.logging import get_logger
from core.retention.current import KeptDays

_log = get_logger(__name__)

_CHANNEL, _SUBSCRIBE = "telegram", "alerts_subscribe"
_MOST_VENUES = 3
# What others in a group must not read, or write down there.
_ONLY_IN_PRIVATE = frozenset({"privacy_data", "human_handoff"})
# Settings are changed by pressing one button after another: their message changes in place.
_IN_PLACE = frozenset({"alerts_manage"})


@dataclass(frozen=True)
class PrivacyNotice:
    """What /start says of the talk: for how many days it is kept, and the address of the city's pages."""

    kept: KeptDays
    public_url: str


class Talk:
    """Composes answers with the assistant; sends nothing."""

    def __init__(
        self, assistant: Assistant, texts: Texts, places: PlaceResolver, departures: Departures, notice: PrivacyNotice
    ) -> None:
        self._assistant = assistant
        self._texts = texts
        self._wording = texts[_CHANNEL]
        self._places = places
        self._departures = departures
        self._notice = notice

    async def compose(self, heard: Heard) -> list[Outgoing]:
        """Return the messages that answer what was said."""
        if heard.command is not None:
            return await self._obey(heard, heard.command)
        if heard.press is not None:
            return await self._press(heard, heard.press.data)
        if heard.position is not None:
            message = IncomingMessage(_CHANNEL, position=heard.position, sender=_sender(heard.address))
            return await self._shown(await self._answer(heard, message), venues=_MOST_VENUES)
        if heard.text is None:
            return self._refused(heard.refusal or "other")
        answer = await self._answer(heard, _message(heard.address, text=heard.text, quoted=heard.quoted))
        if heard.refusal:
            answer = replace(answer, text=f"{self._wording.say('beside_picture')}\n{answer.text}")
        return await self._shown(answer)

    def apology(self) -> Outgoing:
        """Return what is said when no answer could be made."""
        return Outgoing(self._wording.say("failed"))

    async def _obey(self, heard: Heard, command: str) -> list[Outgoing]:
        if command == START:
            return await self._start(heard)
        if command == CHAT_ID:
            return [Outgoing(self._wording.say("chat_id", id=heard.address.chat_id))]
        meant = meant_by(command, heard.argument)
        if meant is None:
            return self._refused("unknown_command")
        return await self._shown(await self._answer(heard, _message(heard.address, meant.text, meant.button)))

    async def _start(self, heard: Heard) -> list[Outgoing]:
        """Say who speaks, then answer what the link is about; whoever comes back is asked about notifications."""
        payload = linked(heard.argument, self._places.entity) or HELP
        answer = await self._answer(heard, _message(heard.address, button=payload))
        asks_already = from_payload(payload)[0] == _SUBSCRIBE
        if not asks_already and heard.address.is_private and await self._departures.has_left(heard.address.chat_id):
            again = (intent_button(_SUBSCRIBE), *answer.buttons)
            answer = replace(
                answer, text=f"{self._wording.say('lost')}\n{answer.text}", buttons=tuple(dict.fromkeys(again))
            )
        return [*render(Answer(self._introduction())), *await self._shown(answer)]

    async def _press(self, heard: Heard, data: str) -> list[Outgoing]:
        if data == SHARE_LOCATION:
            return await self._ask_location(heard.address)
        messages = await self._shown(await self._answer(heard, _message(heard.address, button=data)))
        below = heard.press
        if below and below.is_text and from_payload(data)[0] in _IN_PLACE and len(messages) == 1:
            return [replace(messages[0], edits=below.message_id)]
        return messages

    async def _ask_location(self, address: Address) -> list[Outgoing]:
        """Say how to share a location; the assistant hears of it, so that it knows what the location is for."""
        await self._assistant.reply(_message(address, button=SHARE_LOCATION), None)
        if address.is_private:
            return [Outgoing(self._wording.say("share_with_key"), location_key=self._wording.say("location_key"))]
        return [Outgoing(self._wording.say("share_by_hand"))]

    async def _answer(self, heard: Heard, message: IncomingMessage) -> Answer:
        """Return the assistant's answer; in a group never one that is for one person's eyes."""
        reply = await self._assistant.reply(message, None)
        (answer,) = reply.answers
        is_personal = answer.private or reply.step.intent in _ONLY_IN_PRIVATE
        if heard.address.is_private or not is_personal:
            return answer
        # Else the next thing that somebody says in the group would be taken for an answer.
        await self._assistant.reply(_message(heard.address, button=CANCEL), None)
        return Answer(self._wording.say("only_in_private", bot=heard.bot_name))

    async def _shown(self, answer: Answer, venues: int = 0) -> list[Outgoing]:
        picture = await _drawn(answer.chart) if answer.chart else None
        return render(answer, picture, venues)

    def _refused(self, name: str) -> list[Outgoing]:
        """Return a sentence with the buttons of the topics below."""
        return render(Answer(self._wording.say(name), buttons=self._texts[HELP].answer().buttons))

    def _introduction(self) -> str:
        kept = self._wording.say("privacy", days=after_days(self._notice.kept.conversation_days))
        lines = [self._wording.text, kept]
        if self._notice.public_url:
            lines.append(self._wording.say("privacy_link", url=f"{self._notice.public_url}/prywatnosc"))
        return "\n".join(lines)


async def _drawn(chart: Chart) -> bytes | None:
    """Return the chart as PNG; without it the answer says the same in words."""
    try:
        return await asyncio.to_thread(png, chart)
    except Exception as error:
        _log.error("a chart could not be drawn", error=type(error).__name__)
        return None


def _message(
    address: Address, text: str | None = None, button: str | None = None, quoted: str | None = None
) -> IncomingMessage:
    return IncomingMessage(_CHANNEL, text=text, button=button, sender=_sender(address), quoted=quoted)


def _sender(address: Address) -> str:
    return f"{_CHANNEL}:{address.chat_id}"
