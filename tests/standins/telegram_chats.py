"""What residents see: the messages of every chat with their keyboards, and the bot's profile."""

import json
from typing import Any

SHOWING = frozenset({"sendMessage", "sendPhoto", "sendVenue", "editMessageText"})
"""The calls that show something in a chat."""

_FIRST_ID = 1000
_CHANNEL_ID = -1009001
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
_RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories"),
    *("can_edit_stories", "can_delete_stories", "can_send_welcome_messages"),
)
_PROFILE = {
    "MyCommands": ("commands", []),
    "MyDescription": ("description", ""),
    "MyShortDescription": ("short_description", ""),
}


class Chats:
    """The state behind the calls; a refusal is returned as its description."""

    def __init__(self, bot: dict[str, Any]) -> None:
        self._bot = bot
        self._messages: dict[tuple[int | str, int], dict[str, Any]] = {}
        self._profile: dict[str, Any] = {}
        self.last_id = _FIRST_ID
        # Public channels by their names, and what the bot is there: "member", "administrator" or "left".
        self.channels: dict[str, str] = {}

    def keyboards(self, chat: int) -> int:
        """Return how many messages of a chat have buttons below them."""
        return sum(bool(values.get("reply_markup")) for (of, _), values in self._messages.items() if of == chat)

    def result(self, method: str, values: dict[str, Any]) -> dict[str, Any] | list[Any] | bool | str:
        """Return the result of a call that breaks no rule, or why it is refused all the same."""
        if method == "getMe":
            return self._bot
        if method[:3] in {"get", "set"} and method[3:] in _PROFILE:
            return self._shown_profile(method, values)
        if method in {"getChat", "getChatMember"}:
            return self._channel(method, values)
        if method.startswith("edit"):
            return self._edited(method, values)
        return self._sent(values) if method in SHOWING else True

    def _channel(self, method: str, values: dict[str, Any]) -> dict[str, Any] | str:
        name = next((each for each in self.channels if each.lower() == str(values["chat_id"]).lower()), None)
        if name is None:
            return "chat not found"
        if method == "getChat":
            gifts = dict.fromkeys(_GIFTS, False)
            about = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
            return {"id": _CHANNEL_ID, "type": "channel", "title": "Miasto", "username": name[1:], **about}
        status = self.channels[name]
        rights = {**dict.fromkeys(_RIGHTS, False), "can_post_messages": True} if status == "administrator" else {}
        return {"status": status, "user": self._bot, **rights}

    def _shown_profile(self, method: str, values: dict[str, Any]) -> dict[str, Any] | list[Any] | bool:
        field, empty = _PROFILE[method[3:]]
        key = f"{method[3:]} {json.dumps(values.get('scope'), sort_keys=True)}"
        if method.startswith("set"):
            self._profile[key] = values.get(field, empty)
            return True
        kept = self._profile.get(key, empty)
        return kept if method == "getMyCommands" else {field: kept}

    def _sent(self, values: dict[str, Any]) -> dict[str, Any]:
        self.last_id += 1
        self._messages[values["chat_id"], self.last_id] = values
        return self._message(values["chat_id"], self.last_id, values)

    def _edited(self, method: str, values: dict[str, Any]) -> dict[str, Any] | str:
        place = values["chat_id"], values["message_id"]
        before = self._messages.get(place)
        if before is None:
            return "message to edit not found"
        if method == "editMessageText" and "text" not in before:
            return "there is no text in the message to edit"
        after = {**before, "reply_markup": values.get("reply_markup"), "text": values.get("text", before.get("text"))}
        if all(after.get(name) == before.get(name) for name in ("text", "reply_markup")):
            return "message is not modified: specified new message content and reply markup are exactly the same"
        self._messages[place] = after
        return self._message(*place, after)

    def _message(self, chat: int | str, message_id: int, values: dict[str, Any]) -> dict[str, Any]:
        kind = "channel" if isinstance(chat, str) else "private" if chat > 0 else "supergroup"
        number = _CHANNEL_ID if isinstance(chat, str) else chat
        message = {"message_id": message_id, "date": 1, "chat": {"id": number, "type": kind}}
        return {**message, "text": values["text"]} if values.get("text") else message
