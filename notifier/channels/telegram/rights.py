"""Whether the bot may post to a channel, asked before the city relies on it."""

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError, TelegramBadRequest, TelegramForbiddenError, TelegramUnauthorizedError
from aiogram.types import ChatMemberAdministrator, ChatMemberOwner

from core.errors import HubError
from notifier.channels.telegram.bot import open_bot
from notifier.channels.telegram.channel import CHANNEL_NAME, REQUEST_SECONDS


class CannotPostError(HubError):
    """The bot cannot post there; the text says what to do."""


async def channel_to_post_to(token: str, api_base: str, name: str) -> str:
    """Return the name of a public channel as Telegram writes it, once it is sure that the bot may post there.

    Raises:
        CannotPostError: there is no such channel, it lets the bot not post, or Telegram did not answer.
        ConfigurationError: the token does not look like one.
    """
    if not CHANNEL_NAME.fullmatch(name):
        message = f"{name} is no name of a channel: write it as in Telegram, such as @miasto_info."
        raise CannotPostError(message)
    async with open_bot(token, api_base, REQUEST_SECONDS) as bot:
        try:
            return await _checked(bot, name)
        except TelegramUnauthorizedError as error:
            raise CannotPostError("Telegram refuses TELEGRAM_BOT_TOKEN: copy it again from BotFather.") from error
        except (TelegramBadRequest, TelegramForbiddenError) as error:
            message = (
                f"Telegram knows no channel {name} with this bot in it: make the bot an administrator there first."
            )
            raise CannotPostError(message) from error
        except AiogramError as error:
            raise CannotPostError("Telegram did not answer; nothing was changed. Try again later.") from error


async def _checked(bot: Bot, name: str) -> str:
    chat = await bot.get_chat(name)
    if chat.type != ChatType.CHANNEL or not chat.username:
        raise CannotPostError(f"{name} is a group or a person: only a public channel can be added.")
    member = await bot.get_chat_member(name, (await bot.me()).id)
    may_post = isinstance(member, ChatMemberOwner) or (
        isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    )
    if not may_post:
        message = f"The bot may not post to {name}: make it an administrator with the right to post messages."
        raise CannotPostError(message)
    return f"@{chat.username}"
