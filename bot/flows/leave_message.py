"""Leaving a message for the office: topic, text, where to answer, a last look, and a number to ask by."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any

from bot.flows.commands import CONFIRMED, confirmation, goes_back
from bot.flows.flow import FlowTurn, pressed_values
from bot.handoffs.contact import ReplyAddress, looks_like_address, read_address
from bot.handoffs.errors import TooManyOpenError
from bot.handoffs.handoff import NewHandoff
from bot.handoffs.service import MAX_OPEN, Handoffs
from bot.message import IncomingMessage, clean_text
from bot.personal_data.person import Person
from content.answer import Answer, Button
from content.format import after_days
from content.question import Question, to_payload
from content.texts import Texts
from core.crypto import AddressVault, UnsealError
from core.database import Database
from core.retention.current import KeptDays
from core.secrets import new_token
from core.text import fold

_TOPIC, _REPLY = "topic", "reply"
_HERE, _NONE = "here", "none"
_SHORTEST = 10
_NO_CONTACT = frozenset({"bez kontaktu", "bez", "nie", "nie chce", "nie podam", "brak"})
_HERE_WORDS = frozenset({"tutaj", "tu", "w tej rozmowie", "na ten numer", "tak"})
_SEND = frozenset({"wyslij", "tak", "ok", "potwierdzam", "wysylam"})
_DO_NOT_SEND = frozenset({"nie", "nie wysylaj"})

State = Mapping[str, Any]


class LeaveMessage:
    """The flow; what the resident wrote waits encrypted in the conversation until it is sent or dropped.

    `kept` says how long a closed message is kept.
    """

    intent = "human_handoff"

    def __init__(
        self, database: Database, vault: AddressVault, texts: Texts, handoffs: Handoffs, kept: KeptDays
    ) -> None:
        self._database = database
        self._vault = vault
        self._wording = texts[self.intent]
        self._handoffs = handoffs
        self._kept = kept

    async def start(self, question: Question, message: IncomingMessage) -> FlowTurn:  # noqa: ARG002
        """Ask for the topic, unless a button names it; whoever has left too many messages today is told so."""
        async with self._database.read() as session:
            if not await self._handoffs.may_leave(session, Person.of(message).owner):
                return self._end("too_many", limit=MAX_OPEN)
        key, topic = new_token(), self._pressed(message).get(_TOPIC)
        return self._ask_text(key, topic) if topic in self._topics() else self._ask_topic(key)

    async def go_on(self, state: State, question: Question, message: IncomingMessage) -> FlowTurn | None:  # noqa: ARG002
        """Take one step; None for a text that is no answer to it."""
        said = clean_text(message.text or "")
        pressed = self._pressed(message)
        # Such a text is a command that this channel does not know, and never a message for the office.
        is_command = said.startswith("/")
        if message.position or is_command or (message.button is not None and not pressed):
            return None
        if goes_back(said):
            return self._end("not_sent")
        match state["step"]:
            case "topic":
                topic = pressed.get(_TOPIC) or self._named_topic(said)
                return self._ask_text(state["key"], topic) if topic in self._topics() else None
            case "text":
                return self._take_text(state, said, message)
            case "contact":
                return self._take_contact(state, said, pressed, message)
            case _:
                return await self._take_decision(state, said, pressed, message)

    def _take_text(self, state: State, said: str, message: IncomingMessage) -> FlowTurn | None:
        if not said:
            return None
        if len(said) < _SHORTEST:
            return self._turn(state, self._wording.say("too_short"), expect="text")
        return self._ask_contact({**state, "step": "contact", "text": self._sealed(said, state)}, message)

    def _take_contact(
        self, state: State, said: str, pressed: Mapping[str, str], message: IncomingMessage
    ) -> FlowTurn | None:
        chosen, word = pressed.get(_REPLY), fold(said).strip(" .!")
        if chosen == _NONE or word in _NO_CONTACT:
            return self._ask_decision({**state, "reply_to": _NONE}, None)
        if message.sender and (chosen == _HERE or word in _HERE_WORDS):
            sealed = self._sealed(message.sender, state)
            return self._ask_decision({**state, "reply_to": _HERE, "contact": sealed}, None)
        if address := read_address(said):
            sealed = self._sealed(address.value, state)
            return self._ask_decision({**state, "reply_to": address.kind, "contact": sealed}, address)
        if looks_like_address(said):
            return self._turn(state, self._wording.say("bad_contact"), self._ways(message), expect="contact")
        return None

    async def _take_decision(
        self, state: State, said: str, pressed: Mapping[str, str], message: IncomingMessage
    ) -> FlowTurn | None:
        word = fold(said).strip(" .!")
        if pressed.get(CONFIRMED) == "yes" or word in _SEND:
            return await self._send(state, message)
        return self._end("not_sent") if word in _DO_NOT_SEND else None

    async def _send(self, state: State, message: IncomingMessage) -> FlowTurn:
        try:
            new = NewHandoff(
                request_key=state["key"],
                channel=message.channel,
                topic=state["topic"],
                owner=Person.of(message).owner,
                text=self._unsealed(state["text"], state),
                reply_to=state["reply_to"],
                contact=self._unsealed(state["contact"], state) if "contact" in state else None,
            )
            async with self._database.write() as session:
                reference = await self._handoffs.create(session, new)
        except UnsealError:
            # The key was taken away while the draft waited.
            return self._end("stale")
        except TooManyOpenError:
            return self._end("too_many", limit=MAX_OPEN)
        return self._end("done", reference=reference)

    def _ask_topic(self, key: str) -> FlowTurn:
        topics = self._topics()
        buttons = tuple(Button(title, to_payload(self.intent, topic=topic)) for topic, title in topics.items())
        text = f"{self._wording.text}\n{self._wording.say('topics', topics=', '.join(topics.values()))}"
        state = {"step": "topic", "key": key}
        return FlowTurn(Answer(text, buttons=buttons), state, self._wording.say("expect_topic"))

    def _ask_text(self, key: str, topic: str) -> FlowTurn:
        asked = self._wording.say("ask_text", topic=self._topics()[topic])
        return self._turn({"step": "text", "key": key, "topic": topic}, asked, expect="text")

    def _ask_contact(self, state: State, message: IncomingMessage) -> FlowTurn:
        asked = self._wording.say("ask_contact_here" if message.sender else "ask_contact")
        return self._turn(state, asked, self._ways(message), expect="contact")

    def _ask_decision(self, state: State, address: ReplyAddress | None) -> FlowTurn:
        reply = self._wording.say(f"reply_{state['reply_to']}", **(address.hint if address else {}))
        topic = self._topics()[state["topic"]]
        asked = self._wording.say("confirm", topic=topic, reply=reply, days=after_days(self._kept.handoff_days))
        send = Button(self._wording.say("send_button"), confirmation(self.intent))
        return self._turn({**state, "step": "confirm"}, asked, (send,), expect="confirm")

    def _turn(self, state: State, text: str, buttons: tuple[Button, ...] = (), *, expect: str) -> FlowTurn:
        return FlowTurn(Answer(text, buttons=buttons), state, self._wording.say(f"expect_{expect}"))

    def _end(self, name: str, **fields: object) -> FlowTurn:
        return FlowTurn(Answer(self._wording.say(name, **fields), buttons=self._wording.answer().buttons))

    def _ways(self, message: IncomingMessage) -> tuple[Button, ...]:
        ways = (_HERE, _NONE) if message.sender else (_NONE,)
        return tuple(Button(self._wording.say(f"{way}_button"), to_payload(self.intent, reply=way)) for way in ways)

    def _topics(self) -> dict[str, str]:
        """Return the titles of the topics to choose from, by their ids."""
        more = self._wording.more
        return {name.removeprefix("topic_"): title for name, title in more.items() if name.startswith("topic_")}

    def _named_topic(self, said: str) -> str | None:
        word = fold(said).strip(" .!")
        topics = self._topics()
        if word.isdecimal():
            return dict(enumerate(topics, start=1)).get(int(word))
        return next((topic for topic, title in topics.items() if fold(title) == word), None)

    def _sealed(self, plain: str, state: State) -> str:
        return b64encode(self._vault.seal(plain, _place(state))).decode()

    def _unsealed(self, sealed: str, state: State) -> str:
        return self._vault.open(b64decode(sealed), _place(state))

    def _pressed(self, message: IncomingMessage) -> dict[str, str]:
        return dict(pressed_values(message, self.intent))


def _place(state: State) -> str:
    """Return the context that ties a sealed draft to its own conversation."""
    return f"leave_message:{state['key']}"
