"""Signing up for smog alerts, signing off, and what is switched on, inside a conversation."""

from collections.abc import Mapping

from bot.flows.commands import AGREED, CONFIRMED, confirmation
from content.answer import Answer, Button
from content.format import polish_date
from content.question import Question
from content.texts import Texts, intent_button
from core.clock import Clock, warsaw
from core.crypto import AddressVault
from core.database import Database
from notifier.subscriptions.addresses import AddressRefusedError
from notifier.subscriptions.service import Subscriptions

_SUBSCRIBE, _UNSUBSCRIBE, _MANAGE = "alerts_subscribe", "alerts_unsubscribe", "alerts_manage"


class SubscriptionFlow:
    """Answers the intents of subscriptions.

    `sign_up` names, by channel ("telegram", "sms"), the account or number to which residents write to sign up.
    """

    INTENTS = (_SUBSCRIBE, _UNSUBSCRIBE, _MANAGE)

    def __init__(
        self, database: Database, vault: AddressVault, texts: Texts, clock: Clock, sign_up: Mapping[str, str]
    ) -> None:
        self._database = database
        self._texts = texts
        self._subscriptions = Subscriptions(vault, clock)
        self._sign_up = sign_up

    async def answer(self, intent: str, question: Question, sender: str | None, channel: str) -> Answer:
        """Answer one of INTENTS for a sender proved by the channel ("sms:+48…"), or None where nobody is known."""
        if sender is None:
            return self._anonymous(intent)
        address = sender.partition(":")[2]
        try:
            match intent:
                case "alerts_subscribe":
                    return await self._subscribe(question, channel, address)
                case "alerts_unsubscribe":
                    return await self._unsubscribe(channel, address)
                case _:
                    return await self._manage(channel, address)
        except AddressRefusedError as refusal:
            return Answer(str(refusal), buttons=self._texts[intent].answer().buttons)

    def _anonymous(self, intent: str) -> Answer:
        wording = self._texts[intent]
        if intent != _SUBSCRIBE:
            return wording.answer()
        ways = [wording.say(f"way_{channel}", address=address) for channel, address in self._sign_up.items()]
        lines = [wording.text, *([wording.say("ways"), *ways] if ways else [wording.say("no_ways")])]
        return Answer("\n".join(lines), buttons=wording.answer().buttons)

    async def _subscribe(self, question: Question, channel: str, address: str) -> Answer:
        wording = self._texts[_SUBSCRIBE]
        agreed = question.entity(CONFIRMED)
        if agreed is None or agreed.id != AGREED:
            return await self._ask_consent(channel, address)
        async with self._database.write() as session:
            is_new = await self._subscriptions.subscribe(
                session, channel, address, "smog", text_version=wording.say("consent_version")
            )
        return Answer(wording.say("done" if is_new else "already"), buttons=_buttons(_MANAGE, _UNSUBSCRIBE))

    async def _ask_consent(self, channel: str, address: str) -> Answer:
        wording = self._texts[_SUBSCRIBE]
        if "smog" in await self._topics(channel, address):
            return Answer(wording.say("already"), buttons=_buttons(_MANAGE, _UNSUBSCRIBE))
        agree = Button(wording.say("confirm_button"), confirmation(_SUBSCRIBE))
        consent = wording.say("consent", address=wording.say(f"address_{channel}"))
        return Answer(consent, buttons=(agree, Button(wording.say("decline_button"), "deny")))

    async def _unsubscribe(self, channel: str, address: str) -> Answer:
        wording = self._texts[_UNSUBSCRIBE]
        async with self._database.write() as session:
            ended = await self._subscriptions.unsubscribe(session, channel, address)
        if not ended:
            return Answer(wording.say("nothing"), buttons=_buttons(_SUBSCRIBE, "air_quality_now"))
        lines = [wording.say("ended"), *(f"• {self._topic_name(topic)}" for topic in ended)]
        return Answer("\n".join(lines), buttons=_buttons(_SUBSCRIBE, "air_quality_now"))

    async def _manage(self, channel: str, address: str) -> Answer:
        wording = self._texts[_MANAGE]
        async with self._database.read() as session:
            running = await self._subscriptions.running(session, channel, address)
        if not running:
            return Answer(wording.say("nothing"), buttons=_buttons(_SUBSCRIBE, "air_quality_now"))
        entries = [
            wording.say("entry", topic=self._topic_name(entry.topic), day=polish_date(warsaw(entry.since).date()))
            for entry in running
        ]
        missing = () if "smog" in {entry.topic for entry in running} else (_SUBSCRIBE,)
        return Answer("\n".join([wording.say("running"), *entries]), buttons=_buttons(*missing, _UNSUBSCRIBE))

    async def _topics(self, channel: str, address: str) -> set[str]:
        async with self._database.read() as session:
            return {entry.topic for entry in await self._subscriptions.running(session, channel, address)}

    def _topic_name(self, topic: str) -> str:
        return self._texts[_MANAGE].say(f"topic_{topic}")


def _buttons(*intents: str) -> tuple[Button, ...]:
    return tuple(intent_button(intent) for intent in intents)
