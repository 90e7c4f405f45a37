"""Words that work without the model: STOP, START, TAK while a confirmation waits, ANULUJ while a flow does."""

import re
from collections.abc import Mapping, Sequence

from content.answer import Answer
from content.question import from_payload, to_payload
from core.text import fold
from notifier.subscriptions.topics import Topic

CONFIRMED = "confirm"
"""Name of the value in a payload that says whether the resident saw the text and agreed."""

AGREED = "yes"
"""The only value that is a consent."""

CANCEL = "cancel"
"""Payload of the button that ends the running flow."""

# The English ones make Twilio block the number at once, so they must end the subscription here, too.
_STOP = frozenset(
    {"stop", "stopp", "стоп", "zatrzymaj", "rezygnuje", "rezygnacja", "wypisz", "wypisz mnie", "koniec"}
    | {"stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}
)
_STOP_ONE = frozenset({"stop", "rezygnuje", "wypisz"})
_CANCEL = frozenset(
    {"anuluj", "anulowac", "przerwij", "przerwac", "wyjdz", "wyjscie", "zakoncz", "dosc"}
    | {"inna sprawa", "mam inna sprawe", "cos innego", "inne pytanie", "mam inne pytanie", "niewazne", "nie wazne"}
    | {"jednak nie"}
)
_BACK = frozenset({"wstecz", "cofnij", "wroc", "poprzednie", "poprzednie pytanie"})
_TOPIC_OF: Mapping[str, Topic] = {
    **dict.fromkeys(("alarm", "alarmy", "alert", "alerty", "smog"), "smog"),
    **dict.fromkeys(("info", "komunikat", "komunikaty"), "announcements"),
    **dict.fromkeys(("wydarzenie", "wydarzenia"), "events"),
}

_WORD = re.compile(r"\w+")
_KIND = frozenset({"prosze", "please"})
# „Dziękuję, koniec” only ends a talk; whoever is kind after the word has said it.
_KIND_AFTER = frozenset({"dziekuje", "dzieki", "pozdrawiam"})


def command(text: str, offered: Sequence[str]) -> str | None:
    """Return the payload that a message of one command stands for; `offered` are payloads that wait for a yes.

    Ask it only where the sender is known, and after the danger rule.
    """
    word = _word(text)
    if word in _STOP:
        return "alerts_unsubscribe"
    if topic := _stopped(word):
        return to_payload("alerts_unsubscribe", end=topic)
    if word == "start":
        return "alerts_subscribe"
    if word == "tak":
        return next((payload for payload in offered if is_confirmation(payload)), None)
    return None


def cancels(text: str) -> bool:
    """Whether a text of one command ends the running flow; where nobody can be unsubscribed, STOP does, too."""
    return _word(text) in _CANCEL | _STOP


def goes_back(text: str) -> bool:
    """Whether a text of one command takes the last step of a flow back; where there is none to take back, it ends."""
    return _word(text) in _BACK


def confirmation(intent: str) -> str:
    """Return the payload of the button that agrees to `intent`."""
    return to_payload(intent, **{CONFIRMED: AGREED})


def is_confirmation(payload: str) -> bool:
    """Whether the payload agrees to something."""
    return (CONFIRMED, AGREED) in from_payload(payload)[1]


def waiting(answer: Answer) -> tuple[str, ...]:
    """Return the payloads of an answer that a plain TAK agrees to."""
    return tuple(button.payload for button in answer.buttons if is_confirmation(button.payload))


def _stopped(word: str) -> Topic | None:
    """Return the topic of „ALARM STOP” and „stop info”."""
    words = word.split()
    if len(words) != 2 or not _STOP_ONE.intersection(words):
        return None
    return next((_TOPIC_OF[each] for each in words if each in _TOPIC_OF), None)


def _word(text: str) -> str:
    """Return the bare words of a text without kind ones; a question is no command."""
    words = [] if "?" in text else [word for word in _WORD.findall(fold(text)) if word not in _KIND]
    while words and words[-1] in _KIND_AFTER:
        words.pop()
    return " ".join(words)
