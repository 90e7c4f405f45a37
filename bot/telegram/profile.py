"""How the bot presents itself in Telegram: its commands and descriptions, and where updates are delivered."""

import asyncio
from dataclasses import dataclass
from typing import Self

from aiogram import Bot
from aiogram.methods import (
    GetMyCommands,
    GetMyDescription,
    GetMyShortDescription,
    SetMyCommands,
    SetMyDescription,
    SetMyShortDescription,
    SetWebhook,
)
from aiogram.types import BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeDefault, BotCommandScopeUnion

from bot.telegram.commands import GROUP_MENU, MENU
from bot.telegram.intake import ALLOWED_UPDATES
from bot.telegram.polling import Trouble
from content.texts import Wording
from core.stopping import rest
from notifier.channels.telegram.text import beginning

# Telegram's limits; staff may write longer texts.
_COMMAND_UNITS, _DESCRIPTION_UNITS, _SHORT_UNITS = 256, 512, 120


@dataclass(frozen=True)
class Webhook:
    """Where Telegram is to deliver, and the secret by which its calls are known."""

    url: str
    secret: str


@dataclass(frozen=True)
class Profile:
    """What residents see before they write: the menu, also that of groups, and two descriptions."""

    menu: tuple[BotCommand, ...]
    group_menu: tuple[BotCommand, ...]
    description: str
    short_description: str

    @classmethod
    def of(cls, wording: Wording) -> Self:
        """Return the profile in the words of the city."""

        def commands(names: tuple[str, ...]) -> tuple[BotCommand, ...]:
            said = {name: beginning(wording.say(f"command_{name}"), _COMMAND_UNITS) for name in names}
            return tuple(BotCommand(command=name, description=description) for name, description in said.items())

        description = beginning(wording.say("description"), _DESCRIPTION_UNITS)
        return cls(commands(MENU), commands(GROUP_MENU), description, beginning(wording.say("about"), _SHORT_UNITS))


async def introduce(bot: Bot, profile: Profile, webhook: Webhook | None, stop: asyncio.Event) -> None:
    """Tell Telegram where to deliver, in webhook mode, and what of the profile has changed; try until it took all."""
    trouble = Trouble()
    while not stop.is_set():
        try:
            if webhook:
                await bot(
                    SetWebhook(url=webhook.url, secret_token=webhook.secret, allowed_updates=list(ALLOWED_UPDATES))
                )
            await _show(bot, profile)
        except Exception as error:
            await rest(stop, trouble.seconds(error))
        else:
            trouble.over()
            return


async def _show(bot: Bot, profile: Profile) -> None:
    """Set what differs: Telegram allows few changes of a profile in a day."""
    await _show_menu(bot, profile.menu, BotCommandScopeDefault())
    await _show_menu(bot, profile.group_menu, BotCommandScopeAllGroupChats())
    if (await bot(GetMyDescription())).description != profile.description:
        await bot(SetMyDescription(description=profile.description))
    if (await bot(GetMyShortDescription())).short_description != profile.short_description:
        await bot(SetMyShortDescription(short_description=profile.short_description))


async def _show_menu(bot: Bot, menu: tuple[BotCommand, ...], scope: BotCommandScopeUnion) -> None:
    shown = await bot(GetMyCommands(scope=scope))
    # Not as objects: those that came from Telegram know their bot.
    if [(each.command, each.description) for each in shown] != [(each.command, each.description) for each in menu]:
        await bot(SetMyCommands(commands=list(menu), scope=scope))
