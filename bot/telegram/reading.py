"""What a resident said in an update, in the assistant's terms; everything else is told apart kindly or passed over."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import CallbackQuery, Message, Update, User

from bot.message import MAX_TEXT, clean_text
from bot.telegram.group_talk import is_addressed, is_from_a_bot, without_mention
from content.answer import Coordinates

_C = ContentType
_REFUSALS: Mapping[ContentType, str] = {
    **dict.fromkeys((_C.PHOTO, _C.LIVE_PHOTO, _C.VIDEO, _C.ANIMATION), "picture"),
    **dict.fromkeys((_C.DOCUMENT, _C.PAID_MEDIA, _C.STORY), "picture"),
    **dict.fromkeys((_C.VOICE, _C.AUDIO, _C.VIDEO_NOTE), "voice"),
    **dict.fromkeys((_C.STICKER, _C.DICE, _C.GAME), "sticker"),
    _C.CONTACT: "contact",
    _C.POLL: "poll",
    **dict.fromkeys((_C.CHECKLIST, _C.INVOICE, _C.RICH_MESSAGE, _C.UNKNOWN), "other"),
}
"""Name of the sentence that says what is not read, by kind of message; kinds that are not here need no answer."""


@dataclass(frozen=True)
class Address:
    """Where an answer goes: the chat, its topic where it has topics, and in groups the message that is answered."""

    chat_id: int
    is_private: bool
    thread_id: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True)
class Press:
    """A pressed button: its data, the press that Telegram waits to hear about, and the message it stands below.

    `message_id` is None where that message can no longer be changed; `is_text` where its text can be.
    """

    data: str
    callback_id: str
    message_id: int | None
    is_text: bool


@dataclass(frozen=True)
class Heard:
    """One thing said: a text, a command with its argument, a press, a position, or what cannot be read.

    `refusal` names the sentence that says what is not read; with a text it goes before the answer. `album` is the same
    for all pictures that were sent together; `bot_name` is how the bot is mentioned in this group. `quoted` is the
    bot's own message that a text answers.
    """

    address: Address
    text: str | None = None
    command: str | None = None
    argument: str = ""
    press: Press | None = None
    position: Coordinates | None = None
    refusal: str | None = None
    album: str | None = None
    bot_name: str = ""
    quoted: str | None = None


def is_in_group(update: Update) -> bool:
    """Check whether an update belongs to a group, where the bot must know its own name."""
    pressed = update.callback_query.message if update.callback_query else None
    message = update.message or update.edited_message or pressed
    return message is not None and message.chat.type != ChatType.PRIVATE


def move_of(update: Update) -> tuple[int, int] | None:
    """Return the old and the new id of a group that has become another chat, else None."""
    message = update.message
    if message is None:
        return None
    if message.migrate_to_chat_id:
        return message.chat.id, message.migrate_to_chat_id
    return (message.migrate_from_chat_id, message.chat.id) if message.migrate_from_chat_id else None


def departed(update: Update) -> int | None:
    """Return the private chat whose owner has just blocked the bot, else None."""
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.PRIVATE:
        return None
    return change.chat.id if change.new_chat_member.status == ChatMemberStatus.KICKED else None


def lost_channel(update: Update) -> str | None:
    """Return the name of the public channel that the bot has just been taken off, else None."""
    change = update.my_chat_member
    if change is None or change.chat.type != ChatType.CHANNEL or not change.chat.username:
        return None
    is_off = change.new_chat_member.status in {ChatMemberStatus.KICKED, ChatMemberStatus.LEFT}
    return f"@{change.chat.username}" if is_off else None


def read(update: Update, me: User | None) -> Heard | None:
    """Return what was said, or None when there is nothing to answer; `me` is needed for groups only."""
    heard = _pressed(update.callback_query) if update.callback_query else _written(update, me)
    return replace(heard, bot_name=f"@{me.username}") if heard and me else heard


def _pressed(query: CallbackQuery) -> Heard | None:
    below = query.message
    if below is None:
        return None
    if isinstance(below, Message):
        return Heard(_address(below), press=Press(query.data or "", query.id, below.message_id, below.text is not None))
    address = Address(below.chat.id, below.chat.type == ChatType.PRIVATE)
    return Heard(address, press=Press(query.data or "", query.id, None, is_text=False))


def _written(update: Update, me: User | None) -> Heard | None:
    message = update.message or update.edited_message
    if message is None or is_from_a_bot(message):
        return None
    if is_in_group(update) and not (me and is_addressed(message, me)):
        return None
    # A position that is shared live arrives as a stream of edits.
    if update.edited_message and not message.text:
        return None
    address = _address(message)
    if message.location:
        return Heard(address, position=Coordinates(message.location.latitude, message.location.longitude))
    if message.text and message.text.startswith("/"):
        command, _, argument = message.text[1:].partition(" ")
        return Heard(address, command=command.partition("@")[0].lower(), argument=clean_text(argument)[:MAX_TEXT])
    return _said(message, address, me)


def _said(message: Message, address: Address, me: User | None) -> Heard | None:
    refusal, album = _REFUSALS.get(ContentType(message.content_type)), message.media_group_id
    text = message.text or message.caption
    if text is None:
        return Heard(address, refusal=refusal, album=album) if refusal else None
    text = clean_text(without_mention(text, me))
    if not text or len(text) > MAX_TEXT:
        return Heard(address, refusal="too_long" if text else "empty")
    quoted = _quoted(message) if address.is_private else None
    return Heard(address, text=text, refusal=refusal, album=album, quoted=quoted)


def _quoted(message: Message) -> str | None:
    answered = message.reply_to_message
    is_ours = answered is not None and answered.from_user is not None and answered.from_user.is_bot
    return answered.text if answered and is_ours else None


def _address(message: Message) -> Address:
    thread_id = message.message_thread_id if message.is_topic_message else None
    if message.chat.type == ChatType.PRIVATE:
        return Address(message.chat.id, is_private=True, thread_id=thread_id)
    return Address(message.chat.id, is_private=False, thread_id=thread_id, reply_to=message.message_id)
