"""Updates as Telegram sends them; each has an id of its own, in order."""

from itertools import count
from typing import Any

from tests.standins.telegram import BOT

ANNA, JAN, GROUP = 1001, 1002, -100200
_ids = count(5000)

Json = dict[str, Any]


def said(text: str, chat: int = ANNA, **more: object) -> Json:
    """A text message; in a group its mention and command are marked as Telegram marks them."""
    return message(chat, text=text, entities=_entities(text), **more)


def message(chat: int = ANNA, **content: object) -> Json:
    """A message of any kind."""
    number = next(_ids)
    return {"update_id": number, "message": _message(number, chat, **content)}


def edited(chat: int = ANNA, **content: object) -> Json:
    """A message that was changed after it was sent."""
    number = next(_ids)
    return {"update_id": number, "edited_message": {**_message(number, chat, **content), "edit_date": 1795000001}}


def pressed(data: str, chat: int = ANNA, below: int | None = None, **content: object) -> Json:
    """A press of an inline button below one of the bot's messages, by default one of long ago."""
    number = next(_ids)
    message = {**_message(number, chat, **content or {"text": "…"}), "from": BOT}
    message["message_id"] = below or message["message_id"]
    query = {"id": f"press-{number}", "from": _person(chat), "chat_instance": "1", "data": data, "message": message}
    return {"update_id": number, "callback_query": query}


def _message(number: int, chat: int, **content: object) -> Json:
    where = {"id": chat, "type": "private", "first_name": "Anna"} if chat > 0 else {"id": chat, "type": "supergroup"}
    return {"message_id": number, "date": 1795000000, "chat": where, "from": _person(chat), **content}


def _person(chat: int) -> Json:
    return {"id": abs(chat), "is_bot": False, "first_name": "Anna"}


def _entities(text: str) -> list[Json]:
    found = []
    for word in text.split():
        kind = {"@": "mention", "/": "bot_command"}.get(word[0])
        if kind:
            found.append({"type": kind, "offset": text.index(word), "length": len(word)})
    return found


def taken_off(channel: str, status: str = "left") -> Json:
    """The bot is no longer an administrator of a channel, nor in it."""
    change = {
        "chat": {"id": -1009001, "type": "channel", "title": "Miasto", "username": channel.removeprefix("@")},
        "from": _person(ANNA),
        "date": 1795000000,
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})},
    }
    return {"update_id": next(_ids), "my_chat_member": change}


def blocked(chat: int = ANNA, status: str = "kicked") -> Json:
    """The resident blocked the bot, or took that back ("member")."""
    number = next(_ids)
    where = {"id": chat, "type": "private", "first_name": "Anna"}
    change = {
        "chat": where,
        "from": _person(chat),
        "date": 1795000000,
        "old_chat_member": {"user": BOT, "status": "member"},
        "new_chat_member": {"user": BOT, "status": status, **({"until_date": 0} if status == "kicked" else {})},
    }
    return {"update_id": number, "my_chat_member": change}
