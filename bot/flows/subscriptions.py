"""Signing up for notifications, signing off, and their settings, inside a conversation."""

from collections.abc import Mapping
from dataclasses import replace
from typing import cast

from sqlalchemy.ext.asyncio import AsyncSession

from bot.flows.commands import AGREED, CONFIRMED
from bot.flows.linking import BY, CODE, LINK, Linking
from bot.flows.settings import SETTINGS, setting_payload
from bot.flows.subscription_settings import Current, SubscriptionSettings
from content.answer import Answer, Button
from content.places import PlaceResolver
from content.question import Entity, Question, to_payload
from content.texts import Texts, intent_button
from core.clock import Clock
from core.crypto import AddressVault
from core.database import Database
from notifier.subscriptions.addresses import AddressRefusedError
from notifier.subscriptions.choices import choices_of, choose_districts
from notifier.subscriptions.service import Subscriptions
from notifier.subscriptions.topics import Topic

_SUBSCRIBE, _UNSUBSCRIBE, _MANAGE = "alerts_subscribe", "alerts_unsubscribe", "alerts_manage"
_SMOG: Topic = "smog"
_LOCAL: Topic = "announcements"
_CHANGES = SETTINGS - {"ask", LINK, CODE, BY}


class SubscriptionAnswers:
    """Answers the intents of subscriptions.

    `sign_up` names, by channel ("telegram", "sms"), the account or number to which residents write to sign up;
    `linking` makes one person of two addresses, where a channel offers it.
    """

    INTENTS = (_SUBSCRIBE, _UNSUBSCRIBE, _MANAGE)

    def __init__(  # noqa: PLR0913 - an answer needs all of them
        self,
        database: Database,
        vault: AddressVault,
        texts: Texts,
        clock: Clock,
        sign_up: Mapping[str, str],
        places: PlaceResolver,
        *,
        linking: Linking | None = None,
    ) -> None:
        self._database = database
        self._texts = texts
        self._clock = clock
        self._subscriptions = Subscriptions(vault, clock)
        self._settings = SubscriptionSettings(texts, places, clock)
        self._places = places
        self._sign_up = sign_up
        self._linking = linking

    async def answer(self, question: Question, sender: str | None) -> Answer:
        """Answer one of INTENTS for a sender proved by the channel ("sms:+48…"), or None where nobody is known."""
        intent = question.intent
        if sender is None:
            return self._anonymous(intent)
        owner, _, address = sender.partition(":")
        try:
            match intent:
                case "alerts_subscribe":
                    return await self._subscribe(question, owner, address)
                case "alerts_unsubscribe":
                    return await self._unsubscribe(question, owner, address)
                case _:
                    return await self._manage(question, owner, address)
        except AddressRefusedError as refusal:
            text = self._texts[_SUBSCRIBE].say(f"refused_{refusal.fault}")
            return Answer(text, buttons=self._texts[intent].answer().buttons)

    def setting(self, text: str, *, in_settings: bool) -> str | None:
        """Return the payload of a text that sets something; `in_settings` says that settings were just shown."""
        return setting_payload(text, self._places, in_settings=in_settings)

    def _anonymous(self, intent: str) -> Answer:
        wording = self._texts[intent]
        if intent != _SUBSCRIBE:
            return wording.answer()
        ways = [wording.say(f"way_{channel}", address=address) for channel, address in self._sign_up.items()]
        lines = [wording.text, *([wording.say("ways"), *ways] if ways else [wording.say("no_ways")])]
        return Answer("\n".join(lines), buttons=wording.answer().buttons)

    async def _subscribe(self, question: Question, channel: str, address: str) -> Answer:
        topic = _topic(question, "topic") or _SMOG
        place = question.entity("district") or question.entity("street")
        agreed = question.entity(CONFIRMED)
        if agreed is None or agreed.id != AGREED:
            return await self._ask_consent(topic, place, channel, address)
        version = self._about(topic, "consent_version")
        async with self._database.write() as session:
            is_new = await self._subscriptions.subscribe(session, channel, address, topic, text_version=version)
            area = await self._area(session, topic, place, channel, address)
        return self._is_on(topic, "done" if is_new else "already", area)

    async def _ask_consent(self, topic: Topic, place: Entity | None, channel: str, address: str) -> Answer:
        wording = self._texts[_SUBSCRIBE]
        async with self._database.write() if place else self._database.read() as session:
            running = await self._subscriptions.running(session, channel, address)
            if topic in {entry.topic for entry in running}:
                return self._is_on(topic, "already", await self._area(session, topic, place, channel, address))
        named = {} if topic == _SMOG else {"topic": topic}
        where = {place.name: place.id} if place else {}
        agree = Button(wording.say("confirm_button"), to_payload(_SUBSCRIBE, **named, **where, **{CONFIRMED: AGREED}))
        consent = self._about(topic, "consent", address=wording.say(f"address_{channel}"))
        return Answer(consent, buttons=(agree, Button(wording.say("decline_button"), "deny")))

    async def _area(
        self, session: AsyncSession, topic: Topic, place: Entity | None, channel: str, address: str
    ) -> str | None:
        """Limit announcements to the district that was named with the wish; return what is said about the area."""
        wording = self._texts[_SUBSCRIBE]
        if place is None:
            return None
        if topic != _LOCAL:
            return wording.say("whole_city_only")
        contact = await self._subscriptions.contact(session, channel, address, lock=True)
        district = self._settings.district(place.id)
        if contact is None or district is None:
            return wording.say("unknown_area")
        await choose_districts(session, contact, [place.id])
        return wording.say("area", district=district)

    def _is_on(self, topic: Topic, name: str, area: str | None) -> Answer:
        text = self._about(topic, name)
        return Answer(f"{text}\n{area}" if area else text, buttons=_buttons(_MANAGE, _UNSUBSCRIBE))

    async def _unsubscribe(self, question: Question, channel: str, address: str) -> Answer:
        wording, topic = self._texts[_UNSUBSCRIBE], _topic(question, "end")
        async with self._database.write() as session:
            ended = await self._subscriptions.unsubscribe(session, channel, address, topic)
            running = await self._subscriptions.running(session, channel, address)
        if not ended and topic and running:
            left = wording.say("not_on", topic=self._texts[_MANAGE].say(f"topic_{topic}"))
            return Answer(left, buttons=_buttons(_MANAGE, _UNSUBSCRIBE))
        if not ended:
            return Answer(wording.say("nothing"), buttons=_buttons(_SUBSCRIBE, "air_quality_now"))
        lines = [wording.say("ended"), *(f"• {self._texts[_MANAGE].say(f'topic_{topic}')}" for topic in ended)]
        return Answer("\n".join(lines), buttons=_buttons(_SUBSCRIBE, "air_quality_now"))

    async def _manage(self, question: Question, channel: str, address: str) -> Answer:
        if self._linking and self._linking.is_about(question):
            return await self._linking.answer(question, channel, address)
        changes = any(entity.name in _CHANGES for entity in question.entities)
        problem = None
        # One unit of work, so that what is shown is what was stored.
        async with self._database.write() if changes else self._database.read() as session:
            contact = await self._subscriptions.contact(session, channel, address, lock=changes)
            running = await self._subscriptions.running_of(session, contact) if contact else ()
            links = await self._linking.buttons(session, channel, address) if self._linking else ()
            if contact is None or not running:
                buttons = (*_buttons(_SUBSCRIBE, "air_quality_now"), *links)
                return Answer(self._texts[_MANAGE].say("nothing"), buttons=buttons)
            if changes:
                problem = await self._settings.change(session, contact, question)
                running = await self._subscriptions.running_of(session, contact)
            current = Current(running, choices_of(contact, self._clock.now()))
        if problem:
            return self._settings.refusal(problem, current)
        if asked := question.entity("ask"):
            return self._settings.menu(current, asked.id)
        if not changes and (named := question.entity("district")):
            # A district that was only named may be meant otherwise: it is offered first.
            return self._settings.menu(current, "districts", named.id)
        overview = self._settings.overview(current, changed=changes)
        return replace(overview, buttons=(*overview.buttons, *links))

    def _about(self, topic: Topic, name: str, **fields: object) -> str:
        """Return the wording of a topic; that of smog, the first one there was, has no suffix."""
        return self._texts[_SUBSCRIBE].say(name if topic == _SMOG else f"{name}_{topic}", **fields)


def _topic(question: Question, name: str) -> Topic | None:
    entity = question.entity(name)
    return cast("Topic", entity.id) if entity else None


def _buttons(*intents: str) -> tuple[Button, ...]:
    return tuple(intent_button(intent) for intent in intents)
