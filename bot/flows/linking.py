"""Making one person of a phone and a Telegram account, and choosing by which of them notifications come."""

import asyncio
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from content.answer import Answer, Button
from content.question import Question, to_payload
from content.texts import Texts, intent_button
from core.database import Database
from notifier.channels.base import Channel, OutgoingMessage
from notifier.subscriptions.one_person import CHAT, CODE_LASTS, PHONE, Linked, OnePerson
from notifier.subscriptions.service import Subscriptions, SuppressedError
from notifier.subscriptions.ways import Way, Ways

LINK, CODE, BY = "link", "code", "by"
ASK, OFF, BOTH = "ask", "off", "both"
_MANAGE, _SUBSCRIBE = "alerts_manage", "alerts_subscribe"
_WAYS = (CHAT, PHONE, BOTH)


class Linking:
    """Answers what is asked about linking; `sign_up` names the number and the account to which residents write.

    Over `channels`, those of this process, an account is told of its new link.
    """

    def __init__(
        self,
        database: Database,
        person: OnePerson,
        subscriptions: Subscriptions,
        texts: Texts,
        sign_up: Mapping[str, str],
        channels: Mapping[str, Channel],
    ) -> None:
        self._database = database
        self._person = person
        self._ways = Ways(subscriptions)
        self._say = texts[_MANAGE].say
        # A name as sender receives nothing.
        self._number = number if (number := sign_up.get(PHONE, "")).startswith("+") else ""
        self._account = sign_up.get(CHAT, "")
        self._chat = channels.get(CHAT)
        self._telling: set[asyncio.Task[object]] = set()

    @staticmethod
    def is_about(question: Question) -> bool:
        """Whether a question about the settings is one of these."""
        return any(question.entity(name) for name in (LINK, CODE, BY))

    async def answer(self, question: Question, channel: str, address: str) -> Answer:
        """Answer a question that is about linking, for a sender proved by the channel."""
        if code := question.entity(CODE):
            return await self._take(code.id, channel, address)
        if by := question.entity(BY):
            return await self._choose(by.id, channel, address)
        if (link := question.entity(LINK)) and link.id == OFF:
            return await self._part(channel, address)
        return await self._offer(channel, address)

    async def buttons(self, session: AsyncSession, channel: str, address: str) -> tuple[Button, ...]:
        """Return what belongs to linking below the settings of a sender; nothing where it is not possible."""
        if await self._person.other(session, channel, address):
            return self._when_linked()
        can_show_code = channel == CHAT and self._number
        return (self._button("button_link", **{LINK: ASK}),) if can_show_code else ()

    async def _offer(self, channel: str, address: str) -> Answer:
        """Show a code in Telegram, and by SMS say where to get one."""
        if channel == PHONE and self._account:
            return Answer(self._say("link_ask_by_sms", account=self._account))
        if channel != CHAT or not self._number:
            return Answer(self._say("link_unavailable"), buttons=(intent_button(_MANAGE),))
        async with self._database.write() as session:
            if other := await self._person.other(session, channel, address):
                return self._is_on(other)
            code = await self._person.code_for(session, address)
        minutes = int(CODE_LASTS.total_seconds() // 60)
        said = self._say("link_code", number=self._number, code=code, minutes=minutes)
        return Answer(said, buttons=(self._button("button_back"),), private=True)

    async def _take(self, code: str, channel: str, address: str) -> Answer:
        """Link the number that texts a code; a wrong code and an old one are told the same."""
        if channel != PHONE:
            return await self._offer(channel, address)
        if not await self._person.may_try(address):
            return Answer(self._say("link_too_many"))
        async with self._database.write() as session:
            is_linked = await self._person.link(session, address, code)
            other = await self._person.other(session, channel, address) if is_linked else None
        if other is None:
            return Answer(self._say("link_wrong"))
        self._tell(other)
        return self._asking("link_done")

    def _tell(self, linked: Linked) -> None:
        """Start telling the account, which only showed the code; who texted the code does not wait for that."""
        if self._chat:
            note = OutgoingMessage("", self._say("link_told"), 0)
            telling = asyncio.create_task(self._chat.send(linked.address, note))
            self._telling.add(telling)
            telling.add_done_callback(self._telling.discard)

    async def _choose(self, by: str, channel: str, address: str) -> Answer:
        if by not in _WAYS:
            return self._asking("link_by")
        try:
            async with self._database.write() as session:
                other = await self._person.other(session, channel, address)
                if other is None:
                    return Answer(self._say("link_none"), buttons=(intent_button(_MANAGE),))
                own, there = Way(channel, address), Way(other.channel, other.address)
                topics = await self._ways.choose(session, own, there, {CHAT, PHONE} if by == BOTH else {by})
        except SuppressedError:
            return Answer(self._say("link_complaint"))
        if not topics:
            return Answer(self._say("link_nothing"), buttons=(intent_button(_SUBSCRIBE),))
        return Answer(self._say(f"link_by_{by}"), buttons=(intent_button(_MANAGE),))

    async def _part(self, channel: str, address: str) -> Answer:
        async with self._database.write() as session:
            other = await self._person.other(session, channel, address)
            await self._person.part(session, channel, address)
        return Answer(self._say("link_parted" if other else "link_none"), buttons=(intent_button(_MANAGE),))

    def _is_on(self, other: Linked) -> Answer:
        return Answer(self._say(f"link_is_on_{other.channel}"), buttons=self._when_linked())

    def _asking(self, name: str) -> Answer:
        """Return a sentence that asks by which way notifications shall come."""
        ways = (self._button(f"button_by_{way}", **{BY: way}) for way in _WAYS)
        return Answer(self._say(name), buttons=tuple(ways))

    def _when_linked(self) -> tuple[Button, ...]:
        return self._button("button_by", **{BY: ASK}), self._button("button_part", **{LINK: OFF})

    def _button(self, title: str, **values: str) -> Button:
        return Button(self._say(title), to_payload(_MANAGE, **values))
