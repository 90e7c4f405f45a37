"""Whether a message is meant for the bot: in a group only what names it or answers it, and never another bot's."""

from aiogram.enums import MessageEntityType
from aiogram.types import Message, User

# Telegram writes under this account for admins who hide their names.
_ANONYMOUS_ADMIN = 1087968824


def is_from_a_bot(message: Message) -> bool:
    """Check whether a program wrote a message; so did Telegram itself when it copied a post of a channel."""
    if message.is_automatic_forward:
        return True
    author = message.from_user
    return author is not None and author.is_bot and author.id != _ANONYMOUS_ADMIN


def is_addressed(message: Message, me: User) -> bool:
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


def without_mention(text: str, me: User | None) -> str:
    """Return a text without the bot's name; `me` is None where it need not be named."""
    if me is None:
        return text
    start = text.lower().find(_mention(me))
    return text if start < 0 else f"{text[:start]} {text[start + len(_mention(me)) :]}"


def _mention(me: User) -> str:
    return f"@{me.username or ''}".lower()
