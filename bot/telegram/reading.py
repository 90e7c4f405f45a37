"""What a resident said in an update, in the assistant's terms; everything else is told apart kindly or passed over."""

from dataclasses import dataclass

from aiogram.enums import ChatType, ContentType, MessageEntityType
from aiogram.types import CallbackQuery, Message, Update, User

from bot.message import MAX_TEXT, clean_text
from bot.telegram import wording
from content.answer import Coordinates

_REFUSALS = {
    ContentType.PHOTO: wording.PICTURE,
    ContentType.VIDEO: wording.PICTURE,
    ContentType.ANIMATION: wording.PICTURE,
    ContentType.DOCUMENT: wording.PICTURE,
    ContentType.PAID_MEDIA: wording.PICTURE,
    ContentType.STORY: wording.PICTURE,
    ContentType.VOICE: wording.VOICE,
    ContentType.AUDIO: wording.VOICE,
    ContentType.VIDEO_NOTE: wording.VOICE,
    ContentType.STICKER: wording.STICKER,
    ContentType.DICE: wording.STICKER,
    ContentType.GAME: wording.STICKER,
    ContentType.CONTACT: wording.CONTACT,
    ContentType.POLL: wording.OTHER,
    ContentType.CHECKLIST: wording.OTHER,
    ContentType.INVOICE: wording.OTHER,
    ContentType.UNKNOWN: wording.OTHER,
}


@dataclass(frozen=True)
class Address:
    """Where an answer goes: the chat, in groups also the topic and the message that is answered."""

    chat_id: int
    is_private: bool
    thread_id: int | None = None
    reply_to: int | None = None


@dataclass(frozen=True)
class Heard:
    """One thing said: a text, a command with its argument, a pressed button, a position, or what cannot be read.

    `note` goes before the answer to a text; `callback_id` is the press that Telegram waits to hear about.
    """

    address: Address
    text: str | None = None
    command: str | None = None
    argument: str = ""
    button: str | None = None
    position: Coordinates | None = None
    refusal: str | None = None
    note: str | None = None
    callback_id: str | None = None


def is_in_group(update: Update) -> bool:
    """Check whether an update is a message in a group, which is answered only when the bot is addressed."""
    message = update.message or update.edited_message
    return message is not None and message.chat.type != ChatType.PRIVATE


def read(update: Update, me: User | None) -> Heard | None:
    """Return what was said, or None when there is nothing to answer; `me` is needed for groups only."""
    if update.callback_query:
        return _pressed(update.callback_query)
    message = update.message or update.edited_message
    if message is None or (message.from_user and message.from_user.is_bot):
        return None
    if is_in_group(update) and not (me and _is_addressed(message, me)):
        return None
    address = _address(message)
    if update.edited_message:
        # A position that is shared live arrives as a stream of edits.
        return Heard(address, refusal=wording.EDITED) if message.text else None
    return _said(message, address, me)


def _pressed(query: CallbackQuery) -> Heard | None:
    if query.message is None or query.data is None:
        return None
    chat = query.message.chat
    thread_id = query.message.message_thread_id if isinstance(query.message, Message) else None
    address = Address(chat.id, chat.type == ChatType.PRIVATE, thread_id)
    return Heard(address, button=query.data, callback_id=query.id)


def _said(message: Message, address: Address, me: User | None) -> Heard | None:
    if message.location:
        position = Coordinates(message.location.latitude, message.location.longitude)
        return Heard(address, position=position)
    if message.text and message.text.startswith("/"):
        command, _, argument = message.text[1:].partition(" ")
        return Heard(address, command=command.partition("@")[0].lower(), argument=argument.strip())
    refusal = _REFUSALS.get(ContentType(message.content_type))
    text = message.text or message.caption
    if text is None:
        return Heard(address, refusal=f"{refusal} {wording.PLEASE_WRITE}") if refusal else None
    text = clean_text(_without_mention(text, me))
    if not text or len(text) > MAX_TEXT:
        return Heard(address, refusal=wording.TOO_LONG if text else wording.EMPTY)
    return Heard(address, text=text, note=refusal)


def _address(message: Message) -> Address:
    if message.chat.type == ChatType.PRIVATE:
        return Address(message.chat.id, is_private=True)
    thread_id = message.message_thread_id if message.is_topic_message else None
    return Address(message.chat.id, is_private=False, thread_id=thread_id, reply_to=message.message_id)


def _is_addressed(message: Message, me: User) -> bool:
    """Check whether a message in a group answers the bot or names it."""
    answered = message.reply_to_message
    if answered and answered.from_user and answered.from_user.id == me.id:
        return True
    text = message.text or message.caption or ""
    for entity in message.entities or message.caption_entities or ():
        if entity.type == MessageEntityType.TEXT_MENTION and entity.user and entity.user.id == me.id:
            return True
        named = entity.extract_from(text).lower().endswith(_mention(me))
        if named and entity.type in {MessageEntityType.MENTION, MessageEntityType.BOT_COMMAND}:
            return True
    return False


def _without_mention(text: str, me: User | None) -> str:
    if me is None:
        return text
    start = text.lower().find(_mention(me))
    return text if start < 0 else f"{text[:start]} {text[start + len(_mention(me)) :]}"


def _mention(me: User) -> str:
    return f"@{me.username or ''}".lower()
